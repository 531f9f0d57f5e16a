#include "container/xmp.h"

#include <string_view>

#include "base/text.h"
#include "codec/xml/scan.h"

// R-127: the packet is searched for a provenance URL and nothing else.
namespace assay::container {
namespace {

constexpr std::string_view kDcTerms = "http://purl.org/dc/terms/";
constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

std::string trimmed(std::string_view raw) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t first = raw.find_first_not_of(kSpace);
  if (first == std::string_view::npos) {
    return {};
  }
  raw = raw.substr(first, raw.find_last_not_of(kSpace) - first + 1);
  return xml::decode(raw).value_or(std::string());
}

std::string attribute_value(const xml::Token& token, std::string_view uri, std::string_view local) {
  for (const xml::Attribute& attribute : token.attributes) {
    if (attribute.name.is(uri, local)) {
      return trimmed(attribute.raw);
    }
  }
  return {};
}

}  // namespace

std::string xmp_provenance(std::string_view packet, const Limits& limits, Budget& budget) {
  // The packet may be padded with NUL bytes by its carrier.
  packet = packet.substr(0, packet.find('\0'));
  xml::Scanner scanner(packet, limits, budget);
  bool inside = false;
  for (auto token = scanner.next(); token.ok() && token->kind != xml::Kind::end_of_input;
       token = scanner.next()) {
    std::string found;
    if (token->kind == xml::Kind::start_element) {
      inside = token->name.is(kDcTerms, "provenance");
      found = inside ? attribute_value(*token, kRdf, "resource")
                     : attribute_value(*token, kDcTerms, "provenance");
    } else if (inside && token->kind == xml::Kind::text) {
      found = trimmed(token->raw);
    } else if (token->kind == xml::Kind::end_element) {
      inside = false;
    }
    if (!found.empty()) {
      return found;
    }
  }
  return {};
}

}  // namespace assay::container
