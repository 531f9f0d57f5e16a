// RFC 5280 §4.2.1.10: which names lie in which subtree.
#include "pki/name_constraints.h"

#include "pki/named.h"

namespace assay::pki::test {
namespace {

GeneralName name(GeneralNameKind kind, std::string_view text) {
  GeneralName out;
  out.kind = kind;
  out.content = as_bytes(text);
  return out;
}

std::optional<bool> matches(GeneralNameKind kind, std::string_view text, std::string_view base,
                            bool excluding = false) {
  return name_matches(name(kind, text), name(kind, base), excluding);
}

TEST(NameConstraints, DnsNames) {
  const auto dns = [](std::string_view text, std::string_view base, bool excluding = false) {
    return matches(GeneralNameKind::dns, text, base, excluding);
  };
  EXPECT_EQ(dns("example.com", "example.com"), true);
  EXPECT_EQ(dns("WWW.Example.COM.", "example.com"), true);
  EXPECT_EQ(dns("wwwexample.com", "example.com"), false);
  EXPECT_EQ(dns("example.com", "www.example.com"), false);
  EXPECT_EQ(dns("anything", ""), true);
  EXPECT_EQ(dns("www.example.com", ".example.com"), std::nullopt);
  EXPECT_EQ(dns("*.example.com", "example.com"), true);
  EXPECT_EQ(dns("*.example.com", "a.example.com"), false);
  EXPECT_EQ(dns("*.example.com", "a.example.com", true), true);
}

TEST(NameConstraints, MailAddresses) {
  const auto mail = [](std::string_view text, std::string_view base) {
    return matches(GeneralNameKind::rfc822, text, base);
  };
  EXPECT_EQ(mail("a@example.com", "a@EXAMPLE.com"), true);
  EXPECT_EQ(mail("A@example.com", "a@example.com"), false);
  EXPECT_EQ(mail("a@example.com", "example.com"), true);
  EXPECT_EQ(mail("a@sub.example.com", "example.com"), false);
  EXPECT_EQ(mail("a@sub.example.com", ".example.com"), true);
  EXPECT_EQ(mail("a@example.com", ".example.com"), false);
  EXPECT_EQ(mail("a@example.com.", "example.com"), true);  // T-70: an exclusion must catch it
  EXPECT_EQ(mail("a@b@example.com", "example.com"), std::nullopt);
  EXPECT_EQ(mail("example.com", "example.com"), std::nullopt);
  EXPECT_EQ(mail("a@", ""), std::nullopt);
}

TEST(NameConstraints, Uris) {
  const auto uri = [](std::string_view text, std::string_view base) {
    return matches(GeneralNameKind::uri, text, base);
  };
  EXPECT_EQ(uri("http://host.example.com/path", "host.example.com"), true);
  EXPECT_EQ(uri("http://user:word@host.example.com:80?q#f", "host.example.com"), true);
  EXPECT_EQ(uri("http://host.example.com", "example.com"), false);
  EXPECT_EQ(uri("http://host.example.com", ".example.com"), true);
  EXPECT_EQ(uri("http://evil.test/@host.example.com", "host.example.com"), false);
  EXPECT_EQ(uri("http://10.0.0.1/", "10.0.0.1"), std::nullopt);
  EXPECT_EQ(uri("http://[::1]/", ""), std::nullopt);
  EXPECT_EQ(uri("urn:example", ""), std::nullopt);
  EXPECT_EQ(uri("http:///path", ""), std::nullopt);
  EXPECT_EQ(uri("http://host.example.com./", "host.example.com"), true);  // T-70: other spellings
  EXPECT_EQ(uri("http://host%2eexample.com/", "host.example.com"), std::nullopt);
  EXPECT_EQ(uri("http://host.example.com\\@evil.test/", "evil.test"), std::nullopt);
  EXPECT_EQ(uri("http://evil.test\\.example.com/", ".example.com"), std::nullopt);
}

TEST(NameConstraints, Addresses) {
  const Bytes address = {192, 168, 1, 77};
  const Bytes inside = {192, 168, 1, 0, 255, 255, 255, 0};
  const Bytes outside = {192, 168, 2, 0, 255, 255, 255, 0};
  const Bytes other_family(32, 0);
  GeneralName ip;
  ip.kind = GeneralNameKind::ip;
  ip.content = address;
  GeneralName base = ip;
  base.content = inside;
  EXPECT_EQ(name_matches(ip, base, false), true);
  base.content = outside;
  EXPECT_EQ(name_matches(ip, base, false), false);
  base.content = other_family;
  EXPECT_EQ(name_matches(ip, base, false), false);
}

TEST(NameConstraints, KindsThatCannotBeCompared) {
  for (const GeneralNameKind kind : {GeneralNameKind::other_name, GeneralNameKind::x400,
                                     GeneralNameKind::edi_party, GeneralNameKind::registered_id}) {
    EXPECT_EQ(matches(kind, "x", "x"), std::nullopt);
  }
}

// A constraint on a kind that cannot be compared forbids names of that kind, and no others.
TEST(NameConstraints, SetsIntersectAndRefuseWhatTheyCannotCompare) {
  const Limits limits;
  Certificate certificate;
  certificate.extensions.subject_alt_names = {name(GeneralNameKind::dns, "a.example.com")};
  const auto violated = [&](const std::vector<NameConstraints>& all) {
    NameConstraintSet set;
    for (const NameConstraints& constraints : all) {
      set.add(constraints);
    }
    Budget budget(limits);
    return set.violation(certificate, limits, budget).has_value();
  };
  NameConstraints example;
  example.permitted = {name(GeneralNameKind::dns, "example.com")};
  NameConstraints narrower;
  narrower.permitted = {name(GeneralNameKind::dns, "b.example.com")};
  NameConstraints excluding;
  excluding.excluded = {name(GeneralNameKind::dns, "a.example.com")};
  NameConstraints other_kind;
  other_kind.permitted = {name(GeneralNameKind::registered_id, "1")};
  EXPECT_FALSE(violated({}));
  EXPECT_FALSE(violated({example}));
  EXPECT_TRUE(violated({example, narrower}));
  EXPECT_TRUE(violated({example, excluding}));
  EXPECT_FALSE(violated({other_kind}));
  certificate.extensions.subject_alt_names.push_back(name(GeneralNameKind::registered_id, "1"));
  EXPECT_TRUE(violated({other_kind}));
}

TEST(NameConstraints, TooManyComparisonsAreRefused) {
  Limits limits;
  limits.name_comparisons = 3;
  Certificate certificate;
  certificate.extensions.subject_alt_names = {name(GeneralNameKind::dns, "a.example.com"),
                                              name(GeneralNameKind::dns, "b.example.com")};
  NameConstraints constraints;
  constraints.permitted = {name(GeneralNameKind::dns, "example.com")};
  NameConstraintSet set;
  set.add(constraints);
  Budget budget(limits);
  EXPECT_FALSE(set.violation(certificate, limits, budget).has_value());
  constraints.permitted.push_back(name(GeneralNameKind::dns, "example.org"));
  EXPECT_TRUE(set.violation(certificate, limits, budget).has_value());
}

}  // namespace
}  // namespace assay::pki::test
