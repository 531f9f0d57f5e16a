#include "identity/stated_names.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "identity/credential.h"
#include "identity/name.h"

namespace assay::identity {
namespace {

constexpr std::string_view kSchema = "schema:";
constexpr std::string_view kAccount = "account";

struct Field {
  std::string_view name;
  std::string_view kind;
};

// Fields whose value is a name. Free text that may contain one (dc:rights, tiff:Copyright,
// dc:description) is none of them.
constexpr std::array kFields = {
    // schema.org; in its own assertions without prefix
    Field{"schema:author", "creativeWorkAuthor"},
    Field{"schema:creator", "creator"},
    Field{"schema:contributor", "contributor"},
    Field{"schema:editor", "contributor"},
    Field{"schema:producer", "contributor"},
    Field{"schema:publisher", "publisher"},
    Field{"schema:copyrightHolder", "rightsHolder"},
    Field{"schema:CopyrightHolder", "rightsHolder"},  // so written by cameras
    Field{"schema:accountablePerson", "credited"},
    // Exif 3.0 and its XMP form (CIPA DC-008, DC-010); without prefix as in the file format
    Field{"tiff:Artist", "artist"},
    Field{"exif:Artist", "artist"},
    Field{"Artist", "artist"},
    Field{"exifEX:Photographer", "artist"},
    Field{"exifEX:ImageEditor", "contributor"},
    Field{"exifEX:CameraOwnerName", "cameraOwner"},
    Field{"exif:CameraOwnerName", "cameraOwner"},
    Field{"aux:OwnerName", "cameraOwner"},
    // Dublin Core and DCMI Metadata Terms
    Field{"dc:creator", "creator"},
    Field{"dc:contributor", "contributor"},
    Field{"dc:publisher", "publisher"},
    Field{"dcterms:creator", "creator"},
    Field{"dcterms:contributor", "contributor"},
    Field{"dcterms:publisher", "publisher"},
    Field{"dcterms:rightsHolder", "rightsHolder"},
    // XMP (ISO 16684-1): rights management, dynamic media
    Field{"xmpRights:Owner", "rightsHolder"},
    Field{"xmpDM:artist", "artist"},
    Field{"xmpDM:composer", "contributor"},
    Field{"xmpDM:director", "contributor"},
    // IPTC Photo Metadata Standard
    Field{"photoshop:Credit", "credited"},
    Field{"photoshop:Source", "credited"},
    Field{"photoshop:CaptionWriter", "contributor"},
    Field{"Iptc4xmpCore:CiEmailWork", kAccount},
    Field{"Iptc4xmpCore:CiUrlWork", kAccount},
    Field{"Iptc4xmpExt:PersonInImage", "shown"},
    Field{"Iptc4xmpExt:PersonName", "shown"},
    Field{"Iptc4xmpExt:OrganisationInImageName", "shown"},
    Field{"Iptc4xmpExt:AOCreator", "artworkCreator"},
    Field{"Iptc4xmpExt:AOCurrentCopyrightOwnerName", "rightsHolder"},
    // PLUS licence data format
    Field{"plus:ImageCreatorName", "creator"},
    Field{"plus:CopyrightOwnerName", "rightsHolder"},
    Field{"plus:ImageSupplierName", "credited"},
    Field{"plus:LicensorName", "licensor"},
    Field{"plus:LicensorEmail", kAccount},
    Field{"plus:LicensorURL", kAccount},
};

// What a person is reached by or known under, in an object that describes one.
constexpr std::array<std::string_view, 6> kAccountMembers = {"@id",        "id",  "sameAs",
                                                             "identifier", "url", "email"};

// Members under which a text stands in JSON-LD, besides the name of a person.
constexpr std::array<std::string_view, 6> kValueMembers = {"@value", "@list",     "@set",
                                                           "value",  "rdf:value", "x-default"};

template <size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "en", "en-GB": one language of a text in several.
bool is_language(std::string_view member) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return member.size() >= 2 && is_letter(member[0]) && is_letter(member[1]) &&
         (member.size() == 2 || member[2] == '-');
}

std::string_view without_schema(std::string_view name) {
  return starts_with(name, kSchema) ? name.substr(kSchema.size()) : name;
}

const Field* field_of(std::string_view member, bool of_work) {
  const auto found = std::find_if(kFields.begin(), kFields.end(), [&](const Field& field) {
    return field.name == member || (of_work && starts_with(field.name, kSchema) &&
                                    field.name.substr(kSchema.size()) == member);
  });
  return found == kFields.end() ? nullptr : &*found;
}

class Reader {
 public:
  Reader(bool of_work, const std::function<bool(StatedName)>& take)
      : of_work_(of_work), take_(take) {}

  // Fields count at any depth: structures and graphs hold them too.
  void read(const json::Value& root) {
    std::vector<const json::Value*> open = {&root};
    while (!open.empty() && !done_) {
      const json::Value& value = *open.back();
      open.pop_back();
      for (const auto& [name, member] : value.members()) {
        if (const Field* field = field_of(name, of_work_)) {
          read_field(*field, member);
        }
      }
      push_children(value, open);
    }
  }

 private:
  struct Part {
    const json::Value* value;
    bool is_account;
    size_t holder;  // in holders_
  };

  static void push_children(const json::Value& value, std::vector<const json::Value*>& open) {
    for (auto item = value.items().rbegin(); item != value.items().rend(); ++item) {
      open.push_back(&*item);
    }
    for (auto item = value.members().rbegin(); item != value.members().rend(); ++item) {
      if (item->first != "@context") {  // says what fields mean, and nothing of its own
        open.push_back(&item->second);
      }
    }
  }

  // A text, a person, or any number of either.
  void read_field(const Field& field, const json::Value& value) {
    std::vector<Part> open = {{&value, field.kind == kAccount, 0}};
    while (!open.empty() && !done_) {
      const Part part = open.back();
      open.pop_back();
      if (const auto text = part.value->as_text()) {
        state(field, part, *text);
      }
      for (auto item = part.value->items().rbegin(); item != part.value->items().rend(); ++item) {
        open.push_back({&*item, part.is_account, part.holder});
      }
      push_members(part, open);
    }
  }

  void push_members(const Part& part, std::vector<Part>& open) {
    const auto& members = part.value->members();
    const size_t holder = part.is_account ? part.holder : holder_in(*part.value);
    for (auto member = members.rbegin(); member != members.rend(); ++member) {
      const std::string_view name = without_schema(member->first);
      if (is_one_of(kAccountMembers, name)) {
        open.push_back({&member->second, true, holder});
      } else if (name == "name" ? !part.is_account  // of a kind of identifier
                                : is_one_of(kValueMembers, name) || is_language(name)) {
        open.push_back({&member->second, part.is_account, part.holder});
      }
    }
  }

  size_t holder_in(const json::Value& person) {
    std::string name = shown_name(text_member(person, "name"));
    if (name.empty()) {
      return 0;
    }
    holders_.push_back(std::move(name));
    return holders_.size() - 1;
  }

  void state(const Field& field, const Part& part, std::string_view text) {
    // A blank node's label means nothing outside the file.
    if (part.is_account && starts_with(text, "_:")) {
      return;
    }
    std::string name = shown_name(text);
    if (!name.empty()) {
      const std::string_view kind = part.is_account ? kAccount : field.kind;
      done_ = !take_({kind, field.name, std::move(name), holders_[part.holder]});
    }
  }

  bool of_work_;
  const std::function<bool(StatedName)>& take_;
  std::vector<std::string> holders_ = {""};  // names, the first of nobody
  bool done_ = false;
};

// Some writers encode metadata in CBOR. Texts and what holds them; depth is capped by Limits.
json::Value texts_of(const cbor::Value& raw) {
  const cbor::Value value = raw.untagged();
  json::Value out;
  if (const auto text = value.as_text()) {
    return json::Value::string(*text);
  }
  for (size_t i = 0; value.is(cbor::Type::array) && i < value.size(); ++i) {
    out.push(texts_of(value.at(i)));
  }
  for (size_t i = 0; value.is(cbor::Type::map) && i < value.size(); ++i) {
    if (const auto name = value.key(i).as_text()) {
      out.set(*name, texts_of(value.at(i)));
    }
  }
  return out;
}

bool is_metadata(std::string_view label) {
  // Any organisation may have metadata of its own (spec §Custom metadata assertions).
  return label == "stds.exif" || starts_with(label, "stds.iptc") || ends_with(label, ".metadata");
}

}  // namespace

void read_stated_names(const AssertionView& assertion,
                       const std::function<bool(StatedName)>& take) {
  const bool of_work = starts_with(assertion.base_label, "stds.schema-org.");
  if (!of_work && !is_metadata(assertion.base_label)) {
    return;
  }
  Reader reader(of_work, take);
  if (assertion.json != nullptr) {
    reader.read(*assertion.json);
  } else {
    reader.read(texts_of(assertion.cbor));
  }
}

}  // namespace assay::identity
