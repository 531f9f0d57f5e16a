// AttachedNames: keeps the names that a record attaches out of the data of its assertions (T-09,
// R-1007). Whoever is named there did not sign, so the name stands in the report once: in its entry
// of `attached`, which says so.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json/json.h"
#include "validate/verdict.h"

namespace assay::report {

class AttachedNames {
 public:
  // Of the manifest with this index.
  AttachedNames(const validate::Verdict& verdict, size_t manifest);

  // `url` without the label of a credential, which names its subject.
  static std::string_view without_subject(std::string_view url);

  // `data` of the assertion at `url`, with {"$attached": position} in place of each text that is
  // the name or the identifier of somebody attached, or a reference to their credential; where that
  // is the name of a member, with "$attached position". References to other credentials go without
  // their label. {"$attached": null} stands in place of all of it if the assertion names more
  // people than are listed.
  json::Value set_apart(json::Value data, std::string_view url) const;

 private:
  std::optional<int64_t> position_of(std::string_view text) const;
  void take_names_out(json::Value& data) const;

  const std::vector<std::string>& cut_;
  std::map<std::string, int64_t, std::less<>> positions_;
};

}  // namespace assay::report
