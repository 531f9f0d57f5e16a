// T-67: odd headers are an answer of their own, never guessed around.
#include "cose/headers.h"

#include <algorithm>
#include <array>

namespace assay::cose {
namespace {

constexpr std::array<Bucket, 2> kBuckets = {Bucket::protected_header, Bucket::unprotected_header};
constexpr std::array<std::string_view, 2> kPadLabels = {"pad", "pad2"};

void note(Sign1& out, Rule rule, std::string explanation) {
  out.problems.push_back({rule, std::move(explanation)});
}

// COSE_X509 = bstr / [ 2*certs: bstr ] (RFC 9360 §2); one-element arrays are tolerated.
Result<std::vector<ByteView>> certificates(const cbor::Value& value, const Limits& limits) {
  std::vector<ByteView> out;
  if (const auto single = value.as_bytes()) {
    out.push_back(*single);
  } else if (!value.is(cbor::Type::array) || value.size() == 0) {
    return Fault::malformed;
  } else if (value.size() > limits.x5chain_certificates) {
    return limits.refuse(Limit::x5chain_certificates);
  }
  for (size_t i = 0; value.is(cbor::Type::array) && i < value.size(); ++i) {
    const auto certificate = value.at(i).as_bytes();
    if (!certificate) {
      return Fault::malformed;
    }
    out.push_back(*certificate);
  }
  size_t total = 0;
  for (const ByteView certificate : out) {
    if (certificate.empty()) {
      return Fault::malformed;
    }
    total += certificate.size();
    if (certificate.size() > limits.certificate_bytes) {
      return limits.refuse(Limit::certificate_bytes);
    }
    if (total > limits.x5chain_bytes) {
      return limits.refuse(Limit::x5chain_bytes);
    }
  }
  return out;
}

// 33 wins over the text label; a label that occurs twice names two credentials.
template <class Label>
void take_x5chain(const Headers& headers, Label label, const Limits& limits, Sign1& out) {
  if (headers.count(label) > 1) {
    note(out, Rule::x5chain_ambiguous, "The signature names its certificates more than once.");
    return;
  }
  out.x5chain_bucket = headers.count(Bucket::protected_header, label) == 1
                           ? Bucket::protected_header
                           : Bucket::unprotected_header;
  auto chain = certificates(headers.get(out.x5chain_bucket, label), limits);
  if (chain) {
    out.x5chain = std::move(*chain);
  } else if (chain.fault() == Fault::limit) {
    note(out, Rule::x5chain_limit, "The certificate chain is larger than this validator reads.");
  } else {
    note(out, Rule::x5chain_malformed, "The certificate chain is not a list of byte strings.");
  }
  if (out.x5chain_bucket == Bucket::unprotected_header) {
    note(out, Rule::x5chain_unprotected,
         "The certificates are in the unprotected header: the signature does not cover them.");
  }
}

// {"tstTokens": [{"val": bstr}]}
void take_tokens(const cbor::Value& value, const Limits& limits, TimestampContainer& out) {
  const cbor::Value list = value.get("tstTokens");
  if (!list.is(cbor::Type::array)) {
    return;
  }
  const bool too_many = limits.exceeded(Limit::timestamp_tokens, list.size());
  const size_t count = too_many ? limits.timestamp_tokens : list.size();
  for (size_t i = 0; i < count; ++i) {
    if (const auto token = list.at(i).get("val").as_bytes()) {
      out.tokens.push_back(*token);
    }
  }
  out.well_formed = list.size() == 1 && out.tokens.size() == 1;
}

void take_container(const Headers& headers, std::string_view label, TimestampHeader kind,
                    const Limits& limits, Sign1& out) {
  if (headers.count(label) == 0) {
    return;
  }
  TimestampContainer container;
  container.header = kind;
  for (const Bucket bucket : kBuckets) {
    if (headers.count(bucket, label) > 0) {
      container.bucket = bucket;
      take_tokens(headers.get(bucket, label), limits, container);
    }
  }
  if (headers.count(label) > 1) {
    container.well_formed = false;
  }
  if (!container.well_formed) {
    note(out, Rule::timestamp_container,
         std::string(label) + " does not hold exactly one time-stamp token.");
  }
  out.timestamps.push_back(std::move(container));
}

void take_answers(const cbor::Value& list, const Limits& limits, Sign1& out, bool& complete) {
  size_t total = 0;
  for (size_t i = 0; i < list.size(); ++i) {
    const auto answer = list.at(i).as_bytes();
    if (!answer) {
      complete = false;
      continue;
    }
    total += answer->size();
    if (limits.exceeded(Limit::ocsp_answers, out.ocsp_responses.size() + 1) ||
        limits.exceeded(Limit::ocsp_bytes, total)) {
      complete = false;
      return;
    }
    out.ocsp_responses.push_back(*answer);
  }
}

Range place_of(ByteView part, ByteView whole) {
  return {static_cast<uint64_t>(part.data() - whole.data()), part.size()};
}

// Whether something is read from an unprotected header of this label and shape.
bool is_read(const cbor::Value& label, const cbor::Value& value, const Sign1& out) {
  const auto number = label.as_int();
  const auto text = label.as_text();
  if (text == kTextX5chain) {
    return !out.has(Rule::x5chain_label_ignored);
  }
  if (text && std::find(kPadLabels.begin(), kPadLabels.end(), *text) != kPadLabels.end()) {
    return value.is(cbor::Type::bytes);
  }
  return number == kLabelX5chain || text == "sigTst" || text == "sigTst2" || text == "rVals";
}

}  // namespace

void read_x5chain(const Headers& headers, const Limits& limits, Sign1& out) {
  const bool by_number = headers.count(kLabelX5chain) > 0;
  const bool by_text = headers.count(kTextX5chain) > 0;
  if (by_number) {
    take_x5chain(headers, kLabelX5chain, limits, out);
    if (by_text) {  // T-65
      note(out, Rule::x5chain_label_ignored,
           "A second certificate chain under the text label x5chain was ignored.");
    }
  } else if (by_text) {
    take_x5chain(headers, kTextX5chain, limits, out);
  } else {
    note(out, Rule::x5chain_missing, "The signature carries no certificate.");
  }
}

void read_timestamps(const Headers& headers, const Limits& limits, Sign1& out) {
  take_container(headers, "sigTst2", TimestampHeader::sig_tst2, limits, out);
  take_container(headers, "sigTst", TimestampHeader::sig_tst, limits, out);
}

// {"ocspVals": [bstr, ...]}
void read_revocation(const Headers& headers, const Limits& limits, Sign1& out) {
  bool complete = true;
  for (const Bucket bucket : kBuckets) {
    const size_t count = headers.count(bucket, std::string_view("rVals"));
    if (count == 0) {
      continue;
    }
    const cbor::Value list = headers.get(bucket, std::string_view("rVals")).get("ocspVals");
    complete = complete && count == 1 && list.is(cbor::Type::array);
    if (list.is(cbor::Type::array)) {
      take_answers(list, limits, out, complete);
    }
  }
  if (!complete) {
    note(out, Rule::revocation_container, "The stapled revocation answers could not all be read.");
  }
}

// R-613, T-68: padding is outside the signature, so anything in it is nobody's statement.
void read_padding(const Headers& headers, ByteView sign1_bytes, Sign1& out) {
  for (const std::string_view label : kPadLabels) {
    const auto pad = headers.get(Bucket::unprotected_header, label).as_bytes();
    if (!pad || all_zero(*pad)) {
      continue;
    }
    const auto first = std::find_if(pad->begin(), pad->end(), [](uint8_t b) { return b != 0; });
    const Range whole = place_of(*pad, sign1_bytes);
    const auto skipped = static_cast<uint64_t>(first - pad->begin());
    out.nonzero_padding.push_back({whole.offset + skipped, whole.length - skipped});
  }
  if (!out.nonzero_padding.empty()) {
    note(out, Rule::pad_not_zero, "Unsigned padding beside the signature is not empty.");
  }
}

// T-68: what nobody signed and nobody reads is named, however harmless it looks.
void read_unknown(cbor::Value unprotected_map, ByteView sign1_bytes, Sign1& out) {
  for (size_t i = 0; i < unprotected_map.size(); ++i) {
    const cbor::Value label = unprotected_map.key(i);
    const cbor::Value value = unprotected_map.at(i);
    if (!is_read(label, value, out)) {
      const Range begin = place_of(label.encoded(), sign1_bytes);
      const Range end = place_of(value.encoded(), sign1_bytes);
      out.unknown_headers.push_back({begin.offset, end.end() - begin.offset});
    }
  }
}

}  // namespace assay::cose
