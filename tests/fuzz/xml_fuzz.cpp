// Any bytes: tokens tile the text, elements nest, and a fault is final.
#include "base/text.h"
#include "codec/xml/scan.h"
#include "fuzz/require.h"

namespace assay {
namespace {

using fuzz::require;
using xml::Kind;
using xml::Token;

void check_attributes(const Token& token) {
  for (const xml::Attribute& attribute : token.attributes) {
    require(!attribute.name.local.empty());
    require(!attribute.name.undeclared || attribute.name.uri.empty());
    const auto decoded = xml::decode(attribute.raw);
    const bool has_reference = attribute.raw.find('&') != std::string_view::npos;
    require(has_reference || decoded == attribute.raw);
  }
}

// The number of open elements after `token`.
size_t depth_after(const Token& token, size_t depth) {
  if (token.kind == Kind::start_element) {
    return depth + 1;
  }
  return token.kind == Kind::end_element ? depth - 1 : depth;
}

void run(std::string_view text) {
  const Limits limits;
  Budget budget(limits);
  xml::Scanner scanner(text, limits, budget);
  size_t position = starts_with(text, "\xEF\xBB\xBF") ? 3 : 0;
  size_t depth = 0;
  while (true) {
    const auto token = scanner.next();
    if (!token) {
      require(scanner.next().fault() == token.fault());
      return;
    }
    require(token->begin == position && token->end >= token->begin && token->end <= text.size());
    position = token->end;
    require(token->kind != Kind::end_element || depth > 0);
    depth = depth_after(*token, depth);
    require(scanner.open_elements().size() == depth);
    check_attributes(*token);
    if (token->kind == Kind::end_of_input) {
      require(depth == 0 && position == text.size());
      return;
    }
  }
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run(assay::as_text({data, size}));
  return 0;
}
