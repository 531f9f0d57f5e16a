// Summary: the verdict in plain sentences. They speak about the record and the file, never about
// whether a picture is true (threats H-1…H-4, ux-rules §2.1).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/facets.h"

namespace assay::report {

struct Sentence {
  std::string id;                                           // stable, for translations
  std::string text;                                         // English
  std::vector<std::pair<std::string, std::string>> values;  // what `text` contains, untrusted text
};

// First the sentence that explains the headline.
std::vector<Sentence> summarise(const validate::Verdict& verdict, const Facets& facets,
                                std::string_view headline);

// The name that a verified certificate gives its subject: organization, else common name.
std::string display_name(const pki::Name& name);
// "vouched for by {root}, on {list}" or "on no list you use".
std::string vouched_by(const validate::SignatureResult& signature);

}  // namespace assay::report
