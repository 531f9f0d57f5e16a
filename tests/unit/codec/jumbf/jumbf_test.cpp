#include "codec/jumbf/jumbf.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "codec/jumbf/boxes.h"
#include "support/hex.h"

namespace assay::jumbf {
namespace {

using assay::test::hex;
using test::box;
using test::description;
using test::join;
using test::labelled;
using test::nul_terminated;
using test::superbox;

struct Parsed {
  explicit Parsed(Bytes bytes_, const Limits& limits = {})
      : bytes(std::move(bytes_)), budget(limits) {
    result = Tree::parse(bytes, limits, budget, &defect);
  }
  Fault fault() const { return result.fault(); }
  const Tree* operator->() const { return &*result; }

  Bytes bytes;
  Budget budget;
  Defect defect;
  Result<Tree> result = Fault::none;
};

Bytes cbor_assertion(std::string_view label) {
  return superbox("cbor", label, {box("cbor", {0xA0})});
}

Bytes store() {
  return superbox(
      "c2pa", "c2pa",
      {superbox("c2ma", "urn:c2pa:1",
                {superbox("c2as", "c2pa.assertions",
                          {cbor_assertion("c2pa.actions"), cbor_assertion("c2pa.hash.data")}),
                 superbox("c2cl", "c2pa.claim", {box("cbor", {0xA0})})})});
}

TEST(Jumbf, ReadsAStore) {
  const Parsed parsed(store());
  ASSERT_EQ(parsed.fault(), Fault::none);
  const Box& root = parsed->root();
  EXPECT_EQ(root.label(), "c2pa");
  EXPECT_TRUE(root.has_type(type_uuid("c2pa")));
  EXPECT_FALSE(root.has_type(type_uuid("c2ma")));
  EXPECT_TRUE(root.description->requestable());
  EXPECT_FALSE(root.parent.has_value());
  EXPECT_TRUE(parsed->trailing().empty());
  EXPECT_EQ(parsed->size(), 9u);

  const auto manifests = parsed->children_of(root);
  ASSERT_EQ(manifests.size(), 1u);
  const auto stores = parsed->children_labelled(*manifests[0], "c2pa.assertions");
  ASSERT_EQ(stores.size(), 1u);
  const auto found = parsed->children_labelled(*stores[0], "c2pa.hash.data");
  ASSERT_EQ(found.size(), 1u);
  const Box& content = *parsed->children_of(*found[0]).at(0);
  EXPECT_EQ(content.type, fourcc("cbor"));
  EXPECT_FALSE(content.is_superbox());
  EXPECT_EQ(to_hex(content.payload), "a0");
  EXPECT_EQ(content.offset + 8,
            static_cast<uint64_t>(content.payload.data() - parsed.bytes.data()));
  EXPECT_TRUE(parsed->children_labelled(content, "c2pa.hash.data").empty());
}

// what a box hash covers begins with the description box, header included.
TEST(Jumbf, R207_PayloadOfASuperboxBeginsWithItsDescription) {
  const Parsed parsed(cbor_assertion("c2pa.actions"));
  ASSERT_EQ(parsed.fault(), Fault::none);
  const Box& root = parsed->root();
  EXPECT_EQ(root.payload.size() + 8, root.bytes.size());
  EXPECT_EQ(as_text(root.payload.subspan(4, 4)), "jumd");
  EXPECT_EQ(root.payload.data() + root.payload.size(), parsed.bytes.data() + parsed.bytes.size());
}

TEST(Jumbf, R209_TypeUuids) {
  const Uuid expected = {0x63, 0x62, 0x6F, 0x72, 0x00, 0x11, 0x00, 0x10,
                         0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71};
  EXPECT_EQ(type_uuid("cbor"), expected);
}

// T-49, R-201: LBox.
TEST(Jumbf, T49_BoxLengths) {
  struct Case {
    const char* name;
    Bytes child;
    Fault fault;
  };
  const std::vector<Case> cases = {
      {"exact", hex("00000009 63626f72 a0"), Fault::none},
      {"empty payload", hex("00000008 63626f72"), Fault::none},
      {"to the end", hex("00000000 63626f72 a0"), Fault::none},
      {"XLBox", hex("00000001 63626f72 0000000000000011 a0"), Fault::none},
      {"LBox 2", hex("00000002 63626f72 a0"), Fault::malformed},
      {"LBox 7", hex("00000007 63626f72 a0"), Fault::malformed},
      {"beyond its parent", hex("0000000a 63626f72 a0"), Fault::malformed},
      {"2^32 - 1", hex("ffffffff 63626f72 a0"), Fault::malformed},
      {"XLBox 2^64 - 1", hex("00000001 63626f72 ffffffffffffffff a0"), Fault::malformed},
      {"XLBox 2^32", hex("00000001 63626f72 0000000100000000 a0"), Fault::malformed},
      {"XLBox inside its own header", hex("00000001 63626f72 000000000000000f a0"),
       Fault::malformed},
      {"XLBox 0", hex("00000001 63626f72 0000000000000000 a0"), Fault::malformed},
      {"XLBox cut off", hex("00000001 63626f72 00000000"), Fault::malformed},
      {"header cut off", hex("00000009 636262"), Fault::malformed},
      {"one stray byte behind", hex("00000008 63626f72 a0"), Fault::malformed},
  };
  for (const auto& [name, child, fault] : cases) {
    const Parsed parsed(superbox("cbor", "c2pa.actions", {child}));
    EXPECT_EQ(parsed.fault(), fault) << name;
    if (fault != Fault::none && std::string_view(name) != "one stray byte behind") {
      EXPECT_EQ(parsed.defect.offset, parsed.bytes.size() - child.size()) << name;
      EXPECT_EQ(parsed.defect.fault, fault) << name;
    }
  }
}

TEST(Jumbf, R201_LengthZeroEndsWithTheParentOnly) {
  // The second child reaches to the end of its parent, so what looks like a third is its payload.
  const Parsed parsed(join({superbox(
      "c2as", "s",
      {hex("00000008 66726565"), hex("00000000 63626f72 a0"), hex("00000008 66726565")})}));
  ASSERT_EQ(parsed.fault(), Fault::none);
  ASSERT_EQ(parsed->root().children.size(), 2u);
  EXPECT_EQ(parsed->at(parsed->root().children[1]).payload.size(), 9u);

  Bytes open_ended = cbor_assertion("a");
  open_ended[0] = open_ended[1] = open_ended[2] = open_ended[3] = 0;
  const Parsed root(open_ended);
  ASSERT_EQ(root.fault(), Fault::none);
  EXPECT_EQ(root->root().bytes.size(), open_ended.size());
}

TEST(Jumbf, R201_SuperboxesMayHaveLongHeaders) {
  const Bytes payload = join({labelled("c2as", "s"), cbor_assertion("a")});
  Bytes bytes = hex("00000001 6a756d62");
  append_be64(bytes, payload.size() + 16);
  append(bytes, payload);
  const Parsed parsed(bytes);
  ASSERT_EQ(parsed.fault(), Fault::none);
  EXPECT_EQ(to_hex(parsed->root().payload), to_hex(payload));
  EXPECT_EQ(parsed->children_labelled(parsed->root(), "a").size(), 1u);
}

TEST(Jumbf, RootMustBeAWholeSuperbox) {
  EXPECT_EQ(Parsed(Bytes()).fault(), Fault::truncated);
  EXPECT_EQ(Parsed(hex("00000008")).fault(), Fault::truncated);
  EXPECT_EQ(Parsed(box("cbor", {0xA0})).fault(), Fault::malformed);
  Bytes cut = store();
  cut.pop_back();
  EXPECT_EQ(Parsed(cut).fault(), Fault::truncated);
}

// what follows the root is kept apart.
TEST(Jumbf, R227_BytesBehindTheRootAreTrailing) {
  const Parsed parsed(join({store(), hex("000000ff")}));
  ASSERT_EQ(parsed.fault(), Fault::none);
  EXPECT_EQ(to_hex(parsed->trailing()), "000000ff");
}

TEST(Jumbf, R201_ASuperboxBeginsWithItsDescription) {
  const Bytes content = box("cbor", {0xA0});
  EXPECT_EQ(Parsed(box("jumb", {})).fault(), Fault::malformed);
  EXPECT_EQ(Parsed(box("jumb", content)).fault(), Fault::malformed);
  EXPECT_EQ(Parsed(box("jumb", join({content, labelled("cbor", "a")}))).fault(), Fault::malformed);
  EXPECT_EQ(Parsed(superbox("c2as", "s", {box("jumb", content)})).fault(), Fault::malformed);
  EXPECT_EQ(Parsed(box("jumb", labelled("cbor", "a"))).fault(), Fault::none);
  const Bytes disguised = box("juma", description(type_uuid("cbor"), 3, nul_terminated("a")));
  EXPECT_EQ(Parsed(box("jumb", join({disguised, content}))).fault(), Fault::malformed);
}

// every combination of toggles, with the fields it announces, one byte less, one byte more.
TEST(Jumbf, R202_TogglesAnnounceExactlyTheFieldsThatFollow) {
  for (unsigned toggles = 0; toggles < 32; ++toggles) {
    Bytes fields;
    if ((toggles & 2) != 0) {
      append(fields, nul_terminated("c2pa.actions"));
    }
    if ((toggles & 4) != 0) {
      append_be32(fields, 0x01020304);
    }
    if ((toggles & 8) != 0) {
      fields.insert(fields.end(), 32, 0x5A);
    }
    if ((toggles & 16) != 0) {
      append(fields, box("c2sh", Bytes(16, 0x77)));
    }
    const auto parse = [&](const Bytes& with) {
      const Bytes jumd =
          box("jumd", description(type_uuid("cbor"), static_cast<uint8_t>(toggles), with));
      return Parsed(box("jumb", join({jumd, box("cbor", {0xA0})})));
    };
    const Parsed parsed = parse(fields);
    ASSERT_EQ(parsed.fault(), Fault::none) << toggles;
    const Description& read = *parsed->root().description;
    EXPECT_EQ(read.requestable(), (toggles & 1) != 0);
    EXPECT_EQ(read.label.has_value(), (toggles & 2) != 0);
    EXPECT_EQ(read.id, (toggles & 4) != 0 ? std::optional<uint32_t>(0x01020304) : std::nullopt);
    EXPECT_EQ(read.signature.has_value(), (toggles & 8) != 0);
    EXPECT_EQ(read.salt.has_value(), (toggles & 16) != 0);
    EXPECT_EQ(parse(join({fields, {0x00}})).fault(), Fault::malformed) << toggles;
    if (!fields.empty()) {
      Bytes cut = fields;
      cut.pop_back();
      EXPECT_EQ(parse(cut).fault(), Fault::malformed) << toggles;
    }
  }
}

// a salt has 16 or 32 bytes; other private boxes are tolerated and say nothing.
TEST(Jumbf, R205_PrivateBoxes) {
  const auto parse = [](const Bytes& private_box) {
    const Bytes fields = join({nul_terminated("a"), private_box});
    return Parsed(box("jumb", box("jumd", description(type_uuid("cbor"), 0x13, fields))));
  };
  for (const size_t size :
       {size_t{0}, size_t{15}, size_t{16}, size_t{17}, size_t{31}, size_t{32}, size_t{33}}) {
    const Parsed parsed = parse(box("c2sh", Bytes(size, 1)));
    ASSERT_EQ(parsed.fault(), Fault::none) << size;
    EXPECT_EQ(parsed->root().description->salt.has_value(), size == 16 || size == 32) << size;
  }
  const Parsed other = parse(box("abcd", Bytes(16, 1)));
  ASSERT_EQ(other.fault(), Fault::none);
  EXPECT_FALSE(other->root().description->salt.has_value());
  EXPECT_EQ(parse(hex("00000018 63327368")).fault(), Fault::malformed);
  EXPECT_EQ(parse(join({box("c2sh", Bytes(16, 1)), box("c2sh", Bytes(16, 2))})).fault(),
            Fault::malformed);
}

// a box whose label breaks the rules stays in the tree but cannot be referenced.
TEST(Jumbf, R204_LabelCharacters) {
  const std::vector<std::pair<std::string, bool>> cases = {
      {"c2pa.actions__1", true},
      {"urn:uuid:F9168C5E-CEB2-4FAA-B6BF-329BF39FA1E4", true},
      {"urn:c2pa:a:b:2_1", true},
      {"a b\\\"<>", true},
      {"\xE6\xB0\xB4", true},
      {"", false},
      {"a/b", false},
      {"a;b", false},
      {"a?b", false},
      {"a#b", false},
      {"a\x01", false},
      {"a\x1F", false},
      {"a\x7F", false},
      {"a\xC2\x80", false},
      {"a\xC2\x9F", false},
      {"a\xC2\xA0", true},
      {"\xEF\xBB\xBF"
       "a",
       false},
      {"a\xEF\xBF\xBF", false},
      {"a\xED\xA0\x80", false},
      {"a\xFF", false},
  };
  for (const auto& [label, allowed] : cases) {
    const Parsed parsed(superbox("c2as", "c2pa.assertions", {cbor_assertion(label)}));
    ASSERT_EQ(parsed.fault(), Fault::none) << label;
    const Box& child = parsed->at(parsed->root().children[0]);
    EXPECT_EQ(child.description->label.has_value(), allowed) << label;
    EXPECT_EQ(parsed->children_labelled(parsed->root(), label).size(), allowed ? 1u : 0u) << label;
  }
}

TEST(Jumbf, T49_LabelWithoutEndAndOfAMegabyte) {
  const Bytes endless =
      box("jumd", description(type_uuid("cbor"), 3, to_bytes(as_bytes("c2pa.actions"))));
  EXPECT_EQ(Parsed(box("jumb", join({endless, hex("00000008 66726565")}))).fault(),
            Fault::malformed);
  EXPECT_EQ(Parsed(cbor_assertion(std::string(1024, 'a'))).fault(), Fault::none);
  EXPECT_EQ(Parsed(cbor_assertion(std::string(1025, 'a'))).fault(), Fault::limit);
  EXPECT_EQ(Parsed(cbor_assertion(std::string(1 << 20, 'a'))).fault(), Fault::limit);
}

// labels of a 1.x credential store are URIs.
TEST(Jumbf, R226_CredentialLabelsMayContainSlashes) {
  const std::string id = "https://example.com/people/42#key?x;y";
  const Bytes credential = superbox("json", id, {box("json", {'{', '}'})});
  const Parsed parsed(superbox("c2ma", "m",
                               {superbox("c2vc", "c2pa.credentials", {credential}),
                                superbox("c2as", "other", {credential})}));
  ASSERT_EQ(parsed.fault(), Fault::none);
  const auto stores = parsed->children_of(parsed->root());
  EXPECT_EQ(parsed->children_labelled(*stores[0], id).size(), 1u);
  EXPECT_TRUE(parsed->children_labelled(*stores[1], id).empty());
  const Parsed control(superbox("c2vc", "c2pa.credentials", {cbor_assertion("a/\x01")}));
  EXPECT_FALSE(control->at(1).description->label.has_value());
}

// more than one child of a label; the caller sees them all and resolves none.
TEST(Jumbf, R208_AllChildrenOfALabelAreFound) {
  const Parsed parsed(superbox(
      "c2as", "c2pa.assertions",
      {cbor_assertion("b"), cbor_assertion("a"),
       superbox("c2as", "a", {cbor_assertion("a"), cbor_assertion("b")}), cbor_assertion("ab")}));
  ASSERT_EQ(parsed.fault(), Fault::none);
  const auto found = parsed->children_labelled(parsed->root(), "a");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_LT(found[0]->offset, found[1]->offset);
  EXPECT_EQ(parsed->children_labelled(parsed->root(), "b").size(), 1u);
  EXPECT_EQ(parsed->children_labelled(*found[1], "b").size(), 1u);
  EXPECT_TRUE(parsed->children_labelled(parsed->root(), "").empty());
  EXPECT_TRUE(parsed->children_labelled(parsed->root(), "c").empty());
}

// foreign boxes are kept, their content is not looked at.
TEST(Jumbf, R206_UnknownBoxesAreKept) {
  const Parsed parsed(
      superbox("c2as", "s",
               {box("free", Bytes(5, 0)), superbox("zzzz", "foreign", {box("????", {1, 2, 3})}),
                box("jumd", {1, 2, 3})}));
  ASSERT_EQ(parsed.fault(), Fault::none);
  EXPECT_EQ(parsed->root().children.size(), 3u);
  EXPECT_EQ(parsed->children_labelled(parsed->root(), "foreign").size(), 1u);
  EXPECT_FALSE(parsed->at(parsed->root().children[2]).is_superbox());
}

Bytes nested(size_t depth) {
  const Bytes jumd = labelled("c2as", "s");
  const size_t level = jumd.size() + 8;
  Bytes bytes;
  bytes.reserve(level * depth);
  for (size_t i = depth; i > 0; --i) {
    append_be32(bytes, static_cast<uint32_t>(level * i));
    append_be32(bytes, fourcc("jumb"));
    append(bytes, jumd);
  }
  return bytes;
}

TEST(Jumbf, T78_DepthEndsAtTheLimit) {
  for (const size_t depth : {size_t{10}, size_t{16}}) {
    EXPECT_EQ(Parsed(nested(depth)).fault(), Fault::none) << depth;
  }
  for (const size_t depth : {size_t{17}, size_t{1000}, size_t{100000}}) {
    EXPECT_EQ(Parsed(nested(depth)).fault(), Fault::limit) << depth;
  }
}

TEST(Jumbf, T49_CountsEndAtTheLimit) {
  const auto with_children = [](size_t count) {
    Bytes payload = labelled("c2as", "s");
    for (size_t i = 0; i < count; ++i) {
      append(payload, hex("00000008 66726565"));
    }
    return box("jumb", payload);
  };
  EXPECT_EQ(Parsed(with_children(Limits().jumbf_children)).fault(), Fault::none);
  EXPECT_EQ(Parsed(with_children(Limits().jumbf_children + 1)).fault(), Fault::limit);
  Limits limits;
  limits.jumbf_boxes = 100;
  EXPECT_EQ(Parsed(with_children(99), limits).fault(), Fault::none);
  EXPECT_EQ(Parsed(with_children(100), limits).fault(), Fault::limit);
  limits.work_steps = 50;
  EXPECT_EQ(Parsed(with_children(99), limits).fault(), Fault::limit);
}

TEST(Jumbf, LooksUpEveryChildOfAFullSuperbox) {
  Bytes payload = labelled("c2as", "c2pa.assertions");
  for (size_t i = 0; i < 4096; ++i) {
    append(payload, cbor_assertion("assertion " + std::to_string(i * 2731 % 4096)));
  }
  const Parsed parsed(box("jumb", payload));
  ASSERT_EQ(parsed.fault(), Fault::none);
  for (size_t i = 0; i < 4096; ++i) {
    const std::string label = "assertion " + std::to_string(i);
    const auto found = parsed->children_labelled(parsed->root(), label);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0]->label(), label);
  }
}

// T-49: every byte of a small store, every value; boxes stay inside their parents.
TEST(Jumbf, T49_EveryByteFlip) {
  const Bytes original = superbox("c2as", "s", {cbor_assertion("a")});
  const Limits limits;
  for (size_t position = 0; position < original.size(); ++position) {
    for (unsigned value = 0; value < 256; ++value) {
      Bytes bytes = original;
      bytes[position] = static_cast<uint8_t>(value);
      Budget budget(limits);
      const auto tree = Tree::parse(bytes, limits, budget);
      if (!tree) {
        continue;
      }
      for (BoxIndex index = 1; index < tree->size(); ++index) {
        const Box& child = tree->at(index);
        const Box& parent = tree->at(*child.parent);
        ASSERT_GE(child.offset, parent.offset);
        ASSERT_LE(child.offset + child.bytes.size(), parent.offset + parent.bytes.size());
      }
    }
  }
}

}  // namespace
}  // namespace assay::jumbf
