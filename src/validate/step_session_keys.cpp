// Session keys of live video (spec §Session keys assertion; R-593): each has to prove that it
// belongs to whoever signed the claim. What they sign themselves is not checked (docs/adr/0012).
#include "base/time.h"
#include "cose/key.h"
#include "cose/sign1.h"
#include "manifest/details.h"
#include "validate/context.h"

namespace assay::validate {
namespace {

using cbor::Value;

constexpr std::string_view kLabel = "c2pa.session-keys";

class SessionKeys {
 public:
  SessionKeys(Context& context, const ManifestResult& result, AssertionResult& assertion)
      : context_(context), result_(result), assertion_(assertion) {}

  void check() {
    const auto details = manifest::details_of(assertion_.base_label, assertion_.content,
                                              assertion_.parsed, context_.policy.limits);
    const Value keys = assertion_.parsed.root().get("keys");
    if (!details || !details->unread.empty() || keys.size() == 0) {
      const bool named = details && !details->unread.empty();
      invalid(named ? "missing or of the wrong type: " + details->unread.front()
                    : "the assertion lists no key");
      return;
    }
    for (size_t i = 0; i < keys.size(); ++i) {
      assertion_.session_keys.push_back(binding_of(keys.at(i)));
    }
  }

  void invalid(std::string text) {
    context_.add(StatusCode::live_session_key_invalid, assertion_.url, result_.manifest->index,
                 std::move(text));
  }

 private:
  KeyBinding binding_of(const Value& key) {
    const auto created = key.get("createdAt").untagged().as_text();
    if (!created || !parse_rfc3339(*created)) {
      invalid("a key does not say when it was made");
      return KeyBinding::failed;
    }
    // Without a signer there is nobody whom the key could belong to; that is said elsewhere.
    if (result_.signature.state != SignatureState::validated) {
      return KeyBinding::not_checked;
    }
    const Value binding = key.get("signerBinding");
    const auto wrapped = binding.as_bytes();
    const auto sign1 = cose::parse(wrapped ? *wrapped : binding.encoded(), context_.policy.limits,
                                   context_.budget);
    if (!binding.present() || !sign1.ok() || !is_usable(*sign1)) {
      invalid("the signature that binds a key to the signer is missing or malformed");
      return KeyBinding::failed;
    }
    return verify(*sign1, cose::key_of(key.get("key")));
  }

  // an empty payload counts as a detached one.
  static bool is_usable(const cose::Sign1& sign1) {
    const bool detached = sign1.payload_nil || (sign1.payload && sign1.payload->empty());
    return detached && sign1.alg && !sign1.has(cose::Rule::crit_unknown) &&
           !sign1.has(cose::Rule::crit_malformed);
  }

  // The payload is the signer's certificate as a byte string: its bytes, or its bytes with the CBOR
  // head before them.
  KeyBinding verify(const cose::Sign1& sign1, const crypto::PublicKey& key) {
    if (cose::key_unfit(*sign1.alg, key)) {
      invalid("a key is not supported, or not one for the algorithm of its signature");
      return KeyBinding::failed;
    }
    const ByteView certificate = result_.signature.leaf->der;
    Bytes with_head;
    cbor::write_bytes(with_head, certificate);
    for (const ByteView payload : {certificate, ByteView(with_head)}) {
      const auto verified = context_.engine.signatures.verify(
          *sign1.alg, key, cose::sig_structure(cose::kSignature1, sign1.protected_bytes, payload),
          sign1.signature, context_.budget);
      if (!verified.ok()) {
        context_.add(StatusCode::general_error, context_.store.url_of(*result_.manifest, ""),
                     result_.manifest->index, "there are too many signatures to check");
        return KeyBinding::not_checked;
      }
      if (*verified == crypto::Verified::yes) {
        return KeyBinding::proven;
      }
    }
    invalid("the signature that binds a key to the signer does not fit the key and the signer");
    return KeyBinding::failed;
  }

  Context& context_;
  const ManifestResult& result_;
  AssertionResult& assertion_;
};

}  // namespace

void check_session_keys(Context& context, ManifestResult& result) {
  size_t found = 0;
  for (AssertionResult& assertion : result.assertions) {
    if (assertion.base_label != kLabel || assertion.integrity != Integrity::ok ||
        !assertion.parsed.cbor) {
      continue;
    }
    SessionKeys keys(context, result, assertion);
    keys.check();
    if (++found > 1) {
      keys.invalid("there is more than one assertion with session keys");
    }
  }
}

}  // namespace assay::validate
