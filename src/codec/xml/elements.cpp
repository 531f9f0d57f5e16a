// Tags: names, attributes and the namespaces they stand in.
#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/sort.h"
#include "base/text.h"
#include "codec/xml/scan.h"

namespace assay::xml {
namespace {

// Markup delimiters end a name; which other characters a name may have is not checked.
bool ends_name(char c) {
  return is_space(c) || std::string_view("/>=<\"'&?").find(c) != std::string_view::npos;
}

// prefix:local; neither part may be empty and there is one colon at most (Namespaces in XML §4).
Result<Name> split(std::string_view qualified) {
  Name name;
  name.qualified = qualified;
  name.local = qualified;
  const size_t colon = qualified.find(':');
  if (colon != std::string_view::npos) {
    name.prefix = qualified.substr(0, colon);
    name.local = qualified.substr(colon + 1);
    if (name.prefix.empty() || name.local.find(':') != std::string_view::npos) {
      return Fault::malformed;
    }
  }
  if (name.local.empty()) {
    return Fault::malformed;
  }
  return name;
}

bool is_declaration(const Name& name) {
  return name.prefix == "xmlns" || (name.prefix.empty() && name.local == "xmlns");
}

// No attribute twice, neither as written nor after namespaces are resolved.
bool has_duplicates(const std::vector<Attribute>& attributes) {
  using Key = std::tuple<std::string_view, std::string_view, std::string_view>;
  std::vector<Key> keys;
  keys.reserve(attributes.size());
  for (const Attribute& attribute : attributes) {
    const Name& name = attribute.name;
    const bool by_prefix = name.undeclared;
    keys.emplace_back(by_prefix ? name.prefix : std::string_view(), name.uri, name.local);
  }
  sort_ascending(keys);
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

}  // namespace

Result<Token> Scanner::scan_start_tag() {
  Token token;
  token.kind = Kind::start_element;
  token.begin = position_;
  if (open_.empty() && root_seen_) {
    return Fault::malformed;
  }
  ++position_;
  ASSAY_TRY(name, scan_name());
  token.name = name;
  std::vector<Attribute> written;
  while (true) {
    const size_t space = skip_space();
    if (position_ == text_.size() || text_.substr(position_) == "/") {
      return Fault::truncated;
    }
    if (looking_at(">") || looking_at("/>")) {
      break;
    }
    if (space == 0) {
      return Fault::malformed;
    }
    ASSAY_TRY(attribute, scan_attribute());
    if (written.size() >= limits_.xml_attributes) {
      return limits_.refuse(Limit::xml_attributes);
    }
    written.push_back(attribute);
  }
  token.empty_element = looking_at("/>");
  position_ += token.empty_element ? 2 : 1;
  token.end = position_;
  if (open_.size() >= limits_.xml_depth) {  // T-78
    return limits_.refuse(Limit::xml_depth);
  }
  root_seen_ = true;
  close_pending_ = token.empty_element;
  open_.push_back(token.name);
  ASSAY_CHECK(resolve_all(token, written));
  open_.back() = token.name;
  return token;
}

Result<Token> Scanner::scan_end_tag() {
  const size_t begin = position_;
  position_ += 2;
  ASSAY_TRY(name, scan_name());
  skip_space();
  if (position_ == text_.size()) {
    return Fault::truncated;
  }
  if (!looking_at(">") || open_.empty() || open_.back().qualified != name.qualified) {
    return Fault::malformed;
  }
  ++position_;
  return close_element(begin);
}

Result<Token> Scanner::close_element(size_t begin) {
  Token token;
  token.kind = Kind::end_element;
  token.begin = begin;
  token.end = position_;
  token.name = open_.back();
  while (bindings_.back().depth == open_.size()) {
    bindings_.pop_back();
  }
  open_.pop_back();
  return token;
}

// Name = "value", the value without '<' (XML 1.0 §3.1).
Result<Attribute> Scanner::scan_attribute() {
  Attribute attribute;
  ASSAY_TRY(name, scan_name());
  attribute.name = name;
  skip_space();
  if (position_ < text_.size() && text_[position_] != '=') {
    return Fault::malformed;
  }
  position_ = std::min(position_ + 1, text_.size());
  skip_space();
  if (position_ == text_.size()) {
    return Fault::truncated;
  }
  const std::string_view quote = text_.substr(position_, 1);
  if (quote != "\"" && quote != "'") {
    return Fault::malformed;
  }
  const size_t content = ++position_;
  const auto end = find(quote);
  if (!end) {
    return Fault::truncated;
  }
  attribute.raw = text_.substr(content, *end - content);
  position_ = *end + 1;
  if (attribute.raw.find('<') != std::string_view::npos) {
    return Fault::malformed;
  }
  return attribute;
}

Result<Name> Scanner::scan_name() {
  const std::string_view rest = text_.substr(position_);
  const auto end = std::find_if(rest.begin(), rest.end(), ends_name);
  const std::string_view qualified = rest.substr(0, static_cast<size_t>(end - rest.begin()));
  if (end == rest.end()) {
    return Fault::truncated;
  }
  const bool starts = !qualified.empty() && std::string_view("0123456789-.!").find(qualified[0]) ==
                                                std::string_view::npos;
  if (!starts) {
    return Fault::malformed;
  }
  position_ += qualified.size();
  return split(qualified);
}

Status Scanner::declare(const Attribute& attribute) {
  const bool is_default = attribute.name.prefix.empty();
  std::string_view uri = attribute.raw;
  if (uri.find('&') != std::string_view::npos) {
    // An entity of the DTD stays unread; then the name as written stands for the namespace.
    if (auto decoded = decode(uri)) {
      uri = decoded_uris_.emplace_back(std::move(*decoded));
    }
  }
  const std::string_view prefix = is_default ? std::string_view() : attribute.name.local;
  if (prefix == "xmlns" || (prefix == "xml" && uri != kXmlNamespace) ||
      (!is_default && uri.empty())) {
    return Fault::malformed;
  }
  bindings_.push_back({prefix, uri, open_.size()});
  return {};
}

Status Scanner::resolve(Name& name, bool is_attribute) {
  if (is_attribute && name.prefix.empty()) {
    return {};  // the default namespace does not apply to attributes
  }
  if (!budget_.spend(bindings_.size())) {
    return Fault::limit;
  }
  const auto found =
      std::find_if(bindings_.rbegin(), bindings_.rend(),
                   [&name](const Binding& binding) { return binding.prefix == name.prefix; });
  if (found != bindings_.rend()) {
    name.uri = found->uri;
  } else {
    name.undeclared = !name.prefix.empty();
  }
  return {};
}

// Declarations of a tag apply to the tag itself, wherever among its attributes they stand.
Status Scanner::resolve_all(Token& token, const std::vector<Attribute>& written) {
  std::vector<Attribute> declarations;
  std::partition_copy(written.begin(), written.end(), std::back_inserter(declarations),
                      std::back_inserter(token.attributes),
                      [](const Attribute& attribute) { return is_declaration(attribute.name); });
  for (const Attribute& declaration : declarations) {
    ASSAY_CHECK(declare(declaration));
  }
  for (Attribute& attribute : token.attributes) {
    ASSAY_CHECK(resolve(attribute.name, true));
  }
  ASSAY_CHECK(resolve(token.name, false));
  if (has_duplicates(token.attributes) || has_duplicates(declarations)) {
    return Fault::malformed;
  }
  return {};
}

}  // namespace assay::xml
