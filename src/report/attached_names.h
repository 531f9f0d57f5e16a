// AttachedNames: keeps the names that a record attaches out of the data of its assertions (T-09,
// R-1007). Whoever is named there did not sign, so the name stands in the report once: in its entry
// of `attached`, which says so.
#pragma once

#include <map>
#include <string>

#include "codec/json/json.h"
#include "validate/verdict.h"

namespace assay::report {

class AttachedNames {
 public:
  // Of the manifest with this index.
  AttachedNames(const validate::Verdict& verdict, size_t manifest);

  // `url` without the label of a credential, which names its subject.
  static std::string_view without_subject(std::string_view url);

  // `data` with {"$attached": position} in place of each text that is the name or the identifier of
  // somebody attached, or a reference to their credential.
  json::Value set_apart(const json::Value& data) const;

 private:
  std::map<std::string, int64_t, std::less<>> positions_;
};

}  // namespace assay::report
