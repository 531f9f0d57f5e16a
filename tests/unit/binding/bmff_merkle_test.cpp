// Merkle trees over mdat boxes and over fragments.
#include <gtest/gtest.h>

#include <algorithm>

#include "binding/merkle.h"
#include "binding/planners.h"
#include "support/bind.h"
#include "support/bmff_files.h"
#include "support/cbor_items.h"

namespace assay::binding {
namespace {

using test::array;
using test::box;
using test::bytes_of;
using test::c2pa_box;
using test::check_binding;
using test::code_of;
using test::ftyp;
using test::item;
using test::join;
using test::map;

using Pairs = std::vector<std::pair<const char*, Bytes>>;

Bytes sha256(ByteView bytes) { return crypto::digest(crypto::DigestAlg::sha256, bytes); }
Bytes node(const Bytes& left, const Bytes& right) { return sha256(join(left, right)); }
Bytes marker(uint64_t offset) {
  Bytes out;
  append_be64(out, offset);
  return out;
}
Bytes slice(const Bytes& bytes, size_t from, size_t to) {
  return Bytes(bytes.begin() + static_cast<ptrdiff_t>(from),
               bytes.begin() + static_cast<ptrdiff_t>(to));
}
Bytes row_of(const std::vector<Bytes>& digests) {
  std::vector<Bytes> items;
  for (const Bytes& digest : digests) {
    items.push_back(item(digest));
  }
  return array(items);
}

std::vector<Bytes> exclusions(bool mdat) {
  std::vector<Bytes> list = {
      map({{"xpath", item("/uuid")},
           {"data", array({map({{"offset", item(8)},
                                {"value", item(to_bytes(container::kC2paBoxUuid))}})})}}),
      map({{"xpath", item("/ftyp")}}), map({{"xpath", item("/mfra")}})};
  if (mdat) {
    list.push_back(
        map({{"xpath", item("/mdat")},
             {"subset", array({map({{"offset", item(16)}, {"length", item(uint64_t{0})}})})}}));
  }
  return list;
}

Bytes proof_box(uint64_t unique, uint64_t local, uint64_t location,
                const std::vector<Bytes>& hashes) {
  return c2pa_box("merkle", join(map({{"uniqueId", item(unique)},
                                      {"localId", item(local)},
                                      {"location", item(location)},
                                      {"hashes", row_of(hashes)}}),
                                 Bytes(7, 0)));
}

// One mdat of 8 bytes header and 58 bytes payload. Counted from byte 16 of the box, as most writers
// do, there are five blocks of ten bytes.
struct Blocks {
  Bytes mdat = box("mdat", bytes_of("a payload of 58 bytes in which no two blocks are the same!"));
  std::vector<Bytes> leaves;

  explicit Blocks(size_t start = 16, size_t block = 10) {
    for (size_t at = start; at < mdat.size(); at += block) {
      leaves.push_back(sha256(slice(mdat, at, std::min(mdat.size(), at + block))));
    }
  }
  std::vector<Bytes> row_of_three() const {
    return {node(leaves[0], leaves[1]), node(leaves[2], leaves[3]), leaves[4]};
  }
  std::vector<Bytes> root() const {
    const auto three = row_of_three();
    return {node(node(three[0], three[1]), three[2])};
  }
  Bytes file(const Bytes& after = {}) const { return join(ftyp(), mdat, after); }
  Bytes hash() const { return sha256(join(marker(ftyp().size()), slice(mdat, 0, 16))); }
};

Bytes tree_map(uint64_t count, const std::vector<Bytes>& row, Pairs more) {
  more.insert(more.begin(), {{"uniqueId", item(uint64_t{0})},
                             {"localId", item(uint64_t{0})},
                             {"count", item(count)},
                             {"hashes", row_of(row)}});
  return map(more);
}

Bytes with_trees(const Bytes& hash, const std::vector<Bytes>& maps) {
  return map(
      {{"exclusions", array(exclusions(true))}, {"hash", item(hash)}, {"merkle", array(maps)}});
}

Code verdict(const Bytes& file, const Bytes& assertion) {
  return code_of(check_binding(plan_bmff, file, assertion));
}

const Pairs kTens = {{"fixedBlockSize", item(10)}};

// P-6: every row of a flat tree, with no proofs in the file.
TEST(MdatTrees, EveryStoredRow) {
  const Blocks blocks;
  for (const auto& row : {blocks.leaves, blocks.row_of_three(), blocks.root()}) {
    const Bytes rules = with_trees(blocks.hash(), {tree_map(5, row, kTens)});
    EXPECT_EQ(verdict(blocks.file(), rules), Code::match) << row.size();
    for (size_t i = ftyp().size(); i < blocks.file().size(); ++i) {
      Bytes changed = blocks.file();
      changed[i] ^= 1;
      EXPECT_EQ(verdict(changed, rules), Code::mismatch) << row.size() << " byte " << i;
    }
  }
}

// leaves counted from the end of the header are accepted too.
TEST(MdatTrees, PayloadFromTheHeader) {
  const Blocks blocks(8, 10);
  ASSERT_EQ(blocks.leaves.size(), 6u);
  const Bytes rules = with_trees(blocks.hash(), {tree_map(6, blocks.leaves, kTens)});
  EXPECT_EQ(verdict(blocks.file(), rules), Code::match);
  Bytes changed = blocks.file();
  changed.back() ^= 1;
  EXPECT_EQ(verdict(changed, rules), Code::mismatch);
  // With blocks of 16 both starts give four leaves: the second round decides.
  const Blocks from_header(8, 16);
  const Blocks from_sixteen(16, 16);
  ASSERT_EQ(from_header.leaves.size(), from_sixteen.leaves.size());
  for (const Blocks& both : {from_header, from_sixteen}) {
    const Bytes sixteens =
        with_trees(both.hash(), {tree_map(4, both.leaves, {{"fixedBlockSize", item(16)}})});
    EXPECT_EQ(verdict(both.file(), sixteens), Code::match);
    EXPECT_EQ(verdict(changed, sixteens), Code::mismatch);
  }
}

// blocks of given sizes; one leaf without any size.
TEST(MdatTrees, BlockSizes) {
  const Blocks blocks;
  const auto variable = [](const std::vector<uint64_t>& sizes) {
    std::vector<Bytes> items;
    for (const uint64_t size : sizes) {
      items.push_back(item(size));
    }
    return Pairs{{"variableBlockSizes", array(items)}};
  };
  const std::vector<Bytes> two = {sha256(slice(blocks.mdat, 16, 23)),
                                  sha256(slice(blocks.mdat, 23, 66))};
  const auto check = [&](uint64_t count, const std::vector<Bytes>& row, const Pairs& sizes) {
    return verdict(blocks.file(), with_trees(blocks.hash(), {tree_map(count, row, sizes)}));
  };
  EXPECT_EQ(check(2, two, variable({7, 43})), Code::match);
  EXPECT_EQ(check(2, two, variable({7, 42})), Code::malformed);
  EXPECT_EQ(check(2, two, variable({7, 44})), Code::malformed);
  EXPECT_EQ(check(2, two, variable({7, 20, 23})), Code::malformed);
  EXPECT_EQ(check(1, {sha256(slice(blocks.mdat, 16, 66))}, {}), Code::match);
  EXPECT_EQ(check(2, two, {}), Code::malformed);
  EXPECT_EQ(check(2, two, {{"fixedBlockSize", item(10)}, {"variableBlockSizes", array({})}}),
            Code::malformed);
  EXPECT_EQ(check(5, blocks.leaves, {{"fixedBlockSize", item(uint64_t{0})}}), Code::malformed);
}

// counts and rows that no tree of the file has, too few and too many.
TEST(MdatTrees, CountsThatDoNotFit) {
  const Blocks blocks;
  const auto check = [&](uint64_t count, const std::vector<Bytes>& row) {
    return verdict(blocks.file(), with_trees(blocks.hash(), {tree_map(count, row, kTens)}));
  };
  EXPECT_EQ(check(4, blocks.root()), Code::malformed);
  EXPECT_EQ(check(7, blocks.root()), Code::malformed);
  EXPECT_EQ(check(UINT64_MAX, blocks.root()), Code::malformed);
  EXPECT_EQ(check(5, {}), Code::malformed);
  EXPECT_EQ(check(5, {blocks.leaves[0], blocks.leaves[1], blocks.leaves[2], blocks.leaves[3]}),
            Code::malformed);
}

// the leaves of all trees together are bounded, whatever the maps say.
TEST(MdatTrees, LeavesAreBounded) {
  const Blocks blocks;
  const auto check = [&](uint32_t most, const Bytes& file, const std::vector<Bytes>& maps) {
    Limits limits;
    limits.merkle_leaves = most;
    return code_of(check_binding(plan_bmff, file, with_trees(blocks.hash(), maps), "", limits));
  };
  const Bytes tens = tree_map(5, blocks.root(), kTens);
  EXPECT_EQ(check(5, blocks.file(), {tens}), Code::match);
  EXPECT_EQ(check(4, blocks.file(), {tens}), Code::malformed);
  const auto sizes = array({item(10), item(10), item(10), item(10), item(10)});
  const Pairs variable = {{"variableBlockSizes", sizes}};
  const Bytes listed = tree_map(5, blocks.root(), variable);
  EXPECT_EQ(check(5, blocks.file(), {listed}), Code::match);
  const Bytes twice = join(blocks.file(), blocks.mdat);
  EXPECT_EQ(check(9, twice, {listed, listed}), Code::malformed);
}

// R-528, T-34: an mdat without a tree is covered by nothing; a tree without an mdat is one too
// many.
TEST(MdatTrees, OneMapPerMdat) {
  const Blocks blocks;
  const Bytes one = tree_map(5, blocks.leaves, kTens);
  EXPECT_EQ(verdict(blocks.file(), with_trees(blocks.hash(), {one, one})), Code::mismatch);
  const Bytes appended = box("mdat", Bytes(30, 1));
  const Bytes hash = sha256(join(marker(ftyp().size()), slice(blocks.mdat, 0, 16),
                                 marker(blocks.file().size()), slice(appended, 0, 16)));
  EXPECT_EQ(verdict(blocks.file(appended), with_trees(hash, {one})), Code::mismatch);
}

// proofs in the file are checked as well.
TEST(MdatTrees, ProofsInTheFile) {
  const Blocks blocks;
  const auto three = blocks.row_of_three();
  const Bytes rules = with_trees(blocks.hash(), {tree_map(5, blocks.root(), kTens)});
  const Bytes good = proof_box(0, 0, 1, {blocks.leaves[0], three[1], three[2]});
  const Bytes wrong = proof_box(0, 0, 2, {blocks.leaves[0], three[1], three[2]});
  EXPECT_EQ(verdict(blocks.file(good), rules), Code::match);
  EXPECT_EQ(verdict(blocks.file(wrong), rules), Code::mismatch);
  EXPECT_EQ(verdict(blocks.file(proof_box(0, 0, 99, {})), rules), Code::mismatch);
}

// Kind of the bytes of the last root box in the report.
std::string last_kind(const Bytes& file, const Bytes& last, const Bytes& assertion) {
  const auto outcome = check_binding(plan_bmff, join(file, last), assertion);
  EXPECT_EQ(code_of(outcome), Code::match);
  for (const Uncovered& bytes : outcome.uncovered) {
    if (bytes.range == Range{file.size(), last.size()}) {
      return bytes.kind;
    }
  }
  return {};
}

// every hash leaves Merkle boxes out; what no tree checks must not pass for a proof, nor for
// the store.
TEST(MdatTrees, MerkleBoxesThatNothingChecks) {
  const Blocks blocks;
  const Bytes rules = with_trees(blocks.hash(), {tree_map(5, blocks.leaves, kTens)});
  const auto kind = [&](const Bytes& last) { return last_kind(blocks.file(), last, rules); };
  EXPECT_EQ(kind(proof_box(0, 0, 1, {})), "merkleProof");
  EXPECT_EQ(kind(proof_box(7, 0, 1, {})), "box:uuid");
  EXPECT_EQ(kind(c2pa_box("merkle", bytes_of("anything"))), "box:uuid");
  const Bytes more = map({{"uniqueId", item(uint64_t{0})},
                          {"localId", item(uint64_t{0})},
                          {"location", item(1)},
                          {"note", item("anything")}});
  EXPECT_EQ(kind(c2pa_box("merkle", more)), "box:uuid");
}

// trees over mdat boxes without a hash would leave the other boxes to anybody.
TEST(MdatTrees, NeedAHash) {
  const Blocks blocks;
  const Bytes rules = map({{"exclusions", array(exclusions(true))},
                           {"merkle", array({tree_map(5, blocks.leaves, kTens)})}});
  EXPECT_EQ(verdict(blocks.file(), rules), Code::malformed);
  const Bytes init =
      with_trees(blocks.hash(), {tree_map(5, blocks.leaves, {{"initHash", item(Bytes(32, 0))}})});
  EXPECT_EQ(verdict(blocks.file(), init), Code::malformed);
}

// An initialisation part and three fragments in one file.
struct Flat {
  Bytes init = join(ftyp(), box("moov", bytes_of("movie")));
  std::vector<Bytes> fragments;
  std::vector<Bytes> proofs;
  std::vector<Bytes> leaves;
  Bytes init_hash;

  Flat() {
    init_hash = sha256(join(marker(ftyp().size()), slice(init, ftyp().size(), init.size())));
    const size_t proof_size = proof_box(1, 1, 0, {Bytes(32, 0), Bytes(32, 0)}).size();
    const size_t short_size = proof_box(1, 1, 2, {Bytes(32, 0)}).size();
    uint64_t at = init.size();
    for (uint8_t i = 0; i < 3; ++i) {
      at += i < 2 ? proof_size : short_size;
      const Bytes moof = box("moof", Bytes(5, i));
      const Bytes mdat = box("mdat", Bytes(20, i));
      leaves.push_back(sha256(join(marker(at), moof, marker(at + moof.size()), mdat)));
      fragments.push_back(join(moof, mdat));
      at += fragments.back().size();
    }
    proofs = {proof_box(1, 1, 0, {leaves[1], leaves[2]}),
              proof_box(1, 1, 1, {leaves[0], leaves[2]}),
              proof_box(1, 1, 2, {node(leaves[0], leaves[1])})};
  }
  std::vector<Bytes> root() const { return {node(node(leaves[0], leaves[1]), leaves[2])}; }
  Bytes file() const {
    return join(init, proofs[0], fragments[0], proofs[1], fragments[1], proofs[2], fragments[2]);
  }
  Bytes rules(uint64_t count = 3) const {
    return map({{"exclusions", array(exclusions(false))},
                {"merkle", array({map({{"uniqueId", item(1)},
                                       {"localId", item(1)},
                                       {"count", item(count)},
                                       {"initHash", item(init_hash)},
                                       {"hashes", row_of(root())}})})}});
  }
};

// R-531…R-533: init part and fragments of one file, offsets of the boxes included.
TEST(FragmentTrees, FlatFile) {
  const Flat flat;
  const auto outcome = check_binding(plan_bmff, flat.file(), flat.rules());
  EXPECT_EQ(code_of(outcome), Code::match);
  EXPECT_FALSE(outcome.partial);
  for (size_t i = ftyp().size(); i < flat.file().size(); ++i) {
    Bytes changed = flat.file();
    changed[i] ^= 0x20;
    // A Merkle box whose size swallows all fragments leaves an init part alone.
    const auto after = check_binding(plan_bmff, changed, flat.rules());
    EXPECT_TRUE(code_of(after) != Code::match || after.partial) << i;
  }
}

// only the box before a fragment is its proof.
TEST(FragmentTrees, ProofsElsewhere) {
  const Flat flat;
  EXPECT_EQ(last_kind(flat.file(), flat.proofs[2], flat.rules()), "box:uuid");
  const auto outcome = check_binding(plan_bmff, flat.file(), flat.rules());
  const Range first{flat.init.size(), flat.proofs[0].size()};
  EXPECT_TRUE(std::any_of(outcome.uncovered.begin(), outcome.uncovered.end(),
                          [&first](const Uncovered& bytes) {
                            return bytes.range == first && bytes.kind == "merkleProof";
                          }));
}

// in a whole file no fragment may be missing, repeated or moved.
TEST(FragmentTrees, MissingFragments) {
  const Flat flat;
  const Bytes cut = join(flat.init, flat.proofs[0], flat.fragments[0]);
  EXPECT_EQ(verdict(cut, flat.rules()), Code::mismatch);
  const Bytes swapped = join(flat.init, flat.proofs[1], flat.fragments[1], flat.proofs[0],
                             flat.fragments[0], flat.proofs[2], flat.fragments[2]);
  EXPECT_EQ(verdict(swapped, flat.rules()), Code::mismatch);
  EXPECT_EQ(verdict(join(flat.file(), flat.proofs[2], flat.fragments[2]), flat.rules()),
            Code::mismatch);
  EXPECT_EQ(verdict(flat.file(), flat.rules(4)), Code::mismatch);
}

// a fragment without a readable Merkle box, or with one of another tree.
TEST(FragmentTrees, MissingProof) {
  const Flat flat;
  EXPECT_EQ(verdict(join(flat.init, flat.fragments[0]), flat.rules()), Code::malformed);
  EXPECT_EQ(
      verdict(join(flat.init, c2pa_box("merkle", bytes_of("x")), flat.fragments[0]), flat.rules()),
      Code::malformed);
  EXPECT_EQ(verdict(join(flat.init, proof_box(2, 1, 0, {}), flat.fragments[0]), flat.rules()),
            Code::mismatch);
  EXPECT_EQ(verdict(join(flat.init, proof_box(1, 1, 3, {}), flat.fragments[0]), flat.rules()),
            Code::mismatch);
  const Bytes apart = join(flat.init, flat.proofs[0], box("free"), flat.fragments[0]);
  EXPECT_EQ(verdict(apart, flat.rules()), Code::malformed);  // immediately before
}

// initHash is required, and only fragmented files have one.
TEST(FragmentTrees, InitHash) {
  const Flat flat;
  const Bytes without_init = map({{"exclusions", array(exclusions(false))},
                                  {"merkle", array({map({{"uniqueId", item(1)},
                                                         {"localId", item(1)},
                                                         {"count", item(3)},
                                                         {"hashes", row_of(flat.root())}})})}});
  EXPECT_EQ(verdict(flat.file(), without_init), Code::malformed);
  EXPECT_EQ(verdict(join(flat.init, box("mdat")), flat.rules()), Code::malformed);
}

// an init segment alone is compared, and the outcome says that it is only a part.
TEST(FragmentTrees, InitSegmentAloneIsPartial) {
  const Flat flat;
  const auto outcome = check_binding(plan_bmff, flat.init, flat.rules());
  EXPECT_EQ(code_of(outcome), Code::match);
  EXPECT_TRUE(outcome.partial);
  Bytes changed = flat.init;
  changed.back() ^= 1;
  EXPECT_EQ(verdict(changed, flat.rules()), Code::mismatch);
}

}  // namespace
}  // namespace assay::binding
