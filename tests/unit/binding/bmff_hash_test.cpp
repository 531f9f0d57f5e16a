#include <gtest/gtest.h>

#include "binding/planners.h"
#include "support/bind.h"
#include "support/bmff_files.h"
#include "support/cbor_items.h"

namespace assay::binding {
namespace {

using test::array;
using test::box;
using test::bytes_of;
using test::check_binding;
using test::code_of;
using test::ftyp;
using test::full_box;
using test::has_code;
using test::item;
using test::join;
using test::map;
using test::store_box;
using test::store_of;

using Pairs = std::vector<std::pair<const char*, Bytes>>;

const Bytes kUuid = to_bytes(container::kC2paBoxUuid);

Bytes entry(const char* xpath, Pairs more = {}) {
  more.insert(more.begin(), {"xpath", item(xpath)});
  return map(more);
}
Bytes c2pa_entry() {
  return entry("/uuid", {{"data", array({map({{"offset", item(8)}, {"value", item(kUuid)}})})}});
}
Bytes range_item(uint64_t offset, uint64_t length) {
  return map({{"offset", item(offset)}, {"length", item(length)}});
}
std::vector<Bytes> usual(const std::vector<Bytes>& more = {}) {
  std::vector<Bytes> list = {c2pa_entry(), entry("/ftyp"), entry("/mfra")};
  list.insert(list.end(), more.begin(), more.end());
  return list;
}

Bytes marker(uint64_t offset) {
  Bytes out;
  append_be64(out, offset);
  return out;
}
Bytes sha256(ByteView bytes) { return crypto::digest(crypto::DigestAlg::sha256, bytes); }

Bytes assertion(const std::vector<Bytes>& exclusions, const Bytes& hash) {
  return map({{"exclusions", array(exclusions)}, {"alg", item("sha256")}, {"hash", item(hash)}});
}

// ftyp, store, moov, mdat: what the hash is made of is written out by hand.
struct File {
  Bytes head = join(ftyp(), store_box("manifest", store_of(box("jumb"))));
  Bytes moov = box("moov", full_box("mvhd", 0, bytes_of("movie header")));
  Bytes mdat = box("mdat", bytes_of("some media data that fills a few blocks"));

  uint64_t moov_at() const { return head.size(); }
  uint64_t mdat_at() const { return head.size() + moov.size(); }
  Bytes bytes() const { return join(head, moov, mdat); }
  Bytes hash() const { return sha256(join(marker(moov_at()), moov, marker(mdat_at()), mdat)); }
};

Code verdict(const Bytes& file, const Bytes& assertion_bytes) {
  return code_of(check_binding(plan_bmff, file, assertion_bytes));
}

// offsets of the root boxes and their bytes, without the usual exclusions.
TEST(BmffHash, WholeFile) {
  const File file;
  const auto outcome = check_binding(plan_bmff, file.bytes(), assertion(usual(), file.hash()));
  EXPECT_EQ(code_of(outcome), Code::match);
  EXPECT_FALSE(has_code(outcome, Code::additional_exclusions));
  EXPECT_FALSE(outcome.partial);
  ASSERT_EQ(outcome.uncovered.size(), 2u);  // T-33: the brands are not covered
  EXPECT_EQ(outcome.uncovered[0].kind, "manifestStore");
  EXPECT_EQ(outcome.uncovered[1].kind, "box:ftyp");
  EXPECT_EQ(outcome.uncovered[1].range, (Range{0, ftyp().size()}));
}

// T-34: every byte outside the exclusions counts, inserted and appended boxes too.
TEST(BmffHash, AnyChangeIsAMismatch) {
  const File file;
  const Bytes good = file.bytes();
  const Bytes rules = assertion(usual(), file.hash());
  for (size_t i = file.head.size(); i < good.size(); ++i) {
    Bytes changed = good;
    changed[i] ^= 1;
    EXPECT_EQ(verdict(changed, rules), Code::mismatch) << i;
  }
  for (const Bytes& extra : {box("free"), box("skip"), box("mdat"), box("moov"), box("uuid"),
                             box("styp"), Bytes(8, 0), Bytes(1, 0)}) {
    EXPECT_EQ(verdict(join(good, extra), rules), Code::mismatch);
    EXPECT_EQ(verdict(join(extra, good), rules), Code::mismatch);
    EXPECT_EQ(verdict(join(file.head, extra, file.moov, file.mdat), rules), Code::mismatch);
  }
  EXPECT_EQ(verdict(Bytes(good.begin(), good.end() - 1), rules), Code::mismatch);
}

// a root box that moves changes the hash although its bytes stay.
TEST(BmffHash, MovedBoxIsAMismatch) {
  const File file;
  const Bytes moved = join(file.head, file.mdat, file.moov);
  EXPECT_EQ(verdict(moved, assertion(usual(), file.hash())), Code::mismatch);
  Bytes more_padding =
      join(ftyp(), store_box("manifest", store_of(box("jumb")), 4), file.moov, file.mdat);
  EXPECT_EQ(verdict(more_padding, assertion(usual(), file.hash())), Code::mismatch);
}

// bytes behind the last box are hashed, without an offset.
TEST(BmffHash, TrailingBytesAreHashed) {
  const File file;
  const Bytes hash = sha256(
      join(marker(file.moov_at()), file.moov, marker(file.mdat_at()), file.mdat, Bytes(20, 0)));
  EXPECT_EQ(verdict(join(file.bytes(), Bytes(20, 0)), assertion(usual(), hash)), Code::match);
  EXPECT_EQ(verdict(join(file.bytes(), Bytes(21, 0)), assertion(usual(), hash)), Code::mismatch);
}

// assertions that say too little or too much.
TEST(BmffHash, MalformedAssertions) {
  const File file;
  const Bytes hash = item(file.hash());
  const Bytes list = array(usual());
  EXPECT_EQ(verdict(file.bytes(), map({{"hash", hash}})), Code::malformed);
  EXPECT_EQ(verdict(file.bytes(), map({{"hash", hash}, {"exclusions", array({})}})),
            Code::malformed);
  EXPECT_EQ(verdict(file.bytes(), map({{"hash", hash}, {"exclusions", item("x")}})),
            Code::malformed);
  EXPECT_EQ(verdict(file.bytes(), map({{"exclusions", list}})), Code::malformed);
  EXPECT_EQ(verdict(file.bytes(), map({{"exclusions", list}, {"hash", item("x")}})),
            Code::malformed);
  EXPECT_EQ(verdict(file.bytes(), assertion(usual({entry("//moov")}), file.hash())),
            Code::malformed);
  EXPECT_EQ(verdict(file.bytes(), assertion(usual({map({})}), file.hash())), Code::malformed);
  const Pairs sha1 = {{"exclusions", list}, {"hash", hash}, {"alg", item("sha1")}};
  EXPECT_EQ(verdict(file.bytes(), map(sha1)), Code::unsupported_algorithm);
  const Pairs inherited = {{"exclusions", list}, {"hash", hash}};
  EXPECT_EQ(verdict(file.bytes(), map(inherited)), Code::match);
}

// writers spell "no condition" as null.
TEST(BmffHash, NullConditionsAreAbsent) {
  const File file;
  const Bytes nulls = entry("/mfra", {{"length", test::null_item()},
                                      {"data", test::null_item()},
                                      {"subset", test::null_item()},
                                      {"version", test::null_item()},
                                      {"flags", test::null_item()},
                                      {"exact", test::null_item()}});
  EXPECT_EQ(verdict(file.bytes(), assertion({c2pa_entry(), entry("/ftyp"), nulls}, file.hash())),
            Code::match);
}

// The file with one tfhd of version 1 and flags 0x000103; `excluded`: whether the entry applies.
void check_condition(const Pairs& conditions, bool excluded) {
  const Bytes tfhd = full_box("tfhd", 0x01000103, bytes_of("12345678"));
  const Bytes moof = box("moof", box("traf", tfhd));
  const Bytes file = join(ftyp(), moof);
  const uint64_t at = ftyp().size();
  const Bytes kept(moof.begin(), moof.end() - static_cast<ptrdiff_t>(tfhd.size()));
  const Bytes hash = sha256(join(marker(at), excluded ? kept : moof));
  const auto outcome = check_binding(
      plan_bmff, file, assertion(usual({entry("/moof/traf/tfhd", conditions)}), hash), "video/mp4");
  EXPECT_EQ(code_of(outcome), Code::match);
  EXPECT_TRUE(has_code(outcome, Code::additional_exclusions));
}

// an entry applies only to boxes that meet all its conditions.
TEST(BmffHash, Conditions) {
  const auto flags = [](uint8_t a, uint8_t b, uint8_t c) { return item(Bytes{a, b, c}); };
  const auto data = [](uint64_t offset, const char* value) {
    return array({map({{"offset", item(offset)}, {"value", item(bytes_of(value))}})});
  };
  check_condition({}, true);
  check_condition({{"length", item(20)}}, true);
  check_condition({{"length", item(19)}}, false);
  check_condition({{"version", item(1)}}, true);
  check_condition({{"version", item(uint64_t{0})}}, false);
  check_condition({{"flags", flags(0, 1, 3)}}, true);
  check_condition({{"flags", flags(0, 0, 3)}}, false);
  check_condition({{"flags", flags(0, 0, 3)}, {"exact", test::truth(false)}}, true);
  check_condition({{"flags", flags(0, 0, 7)}, {"exact", test::truth(false)}}, false);
  check_condition({{"data", data(4, "tfhd")}}, true);
  check_condition({{"data", data(4, "tfhx")}}, false);
  check_condition({{"data", data(12, "12345678")}}, true);
  check_condition({{"data", data(13, "12345678")}}, false);  // past the end of the box
  check_condition({{"data", array({})}}, true);
}

// version and flags never match a box that has none.
TEST(BmffHash, VersionNeedsAFullBox) {
  const Bytes file = join(ftyp(), box("free", bytes_of("1234")));
  const uint64_t at = ftyp().size();
  const Bytes hash = sha256(join(marker(at), box("free", bytes_of("1234"))));
  const auto list = usual({entry("/free", {{"version", item(uint64_t{0})}})});
  EXPECT_EQ(verdict(file, assertion(list, hash)), Code::match);
}

// conditions on bytes far into a box are read before anything is hashed.
TEST(BmffHash, ConditionsFarIntoABox) {
  const Bytes far = box("skip", join(Bytes(100, 7), bytes_of("needle")));
  const Bytes file = join(ftyp(), far);
  const auto list = [](const char* value) {
    return usual({entry(
        "/skip",
        {{"data", array({map({{"offset", item(108)}, {"value", item(bytes_of(value))}})})}})});
  };
  EXPECT_EQ(verdict(file, assertion(list("needle"), sha256({}))), Code::match);
  const Bytes kept = sha256(join(marker(ftyp().size()), far));
  EXPECT_EQ(verdict(file, assertion(list("nEedle"), kept)), Code::match);
  // the prose calls the field `bytes`.
  const Bytes prose =
      entry("/skip",
            {{"data", array({map({{"offset", item(108)}, {"bytes", item(bytes_of("needle"))}})})}});
  EXPECT_EQ(verdict(file, assertion(usual({prose}), sha256({}))), Code::match);
}

// subsets cut parts out; a box wholly covered by one is still announced.
TEST(BmffHash, Subsets) {
  const Bytes payload = bytes_of("0123456789");
  const Bytes file = join(ftyp(), box("skip", payload));
  const uint64_t at = ftyp().size();
  const auto with = [](const std::vector<Bytes>& ranges) {
    return usual({entry("/skip", {{"subset", array(ranges)}})});
  };
  const Bytes head = box("skip", payload);
  const auto cut = [&](size_t from, size_t to) {
    Bytes rest(head.begin(), head.begin() + static_cast<ptrdiff_t>(from));
    rest.insert(rest.end(), head.begin() + static_cast<ptrdiff_t>(to), head.end());
    return sha256(join(marker(at), rest));
  };
  EXPECT_EQ(verdict(file, assertion(with({range_item(8, 4)}), cut(8, 12))), Code::match);
  EXPECT_EQ(verdict(file, assertion(with({range_item(9, 0)}), cut(9, 18))), Code::match);
  EXPECT_EQ(verdict(file, assertion(with({range_item(16, 100)}), cut(16, 18))), Code::match);
  EXPECT_EQ(verdict(file, assertion(with({range_item(18, 5)}), cut(18, 18))), Code::match);
  EXPECT_EQ(verdict(file, assertion(with({range_item(8, 2), range_item(10, 2)}), cut(8, 12))),
            Code::match);
  EXPECT_EQ(verdict(file, assertion(with({range_item(0, 0)}), sha256(marker(at)))), Code::match);
  EXPECT_EQ(verdict(file, assertion(usual({entry("/skip")}), sha256({}))), Code::match);
  for (const auto& bad : {std::vector{range_item(8, 4), range_item(10, 2)},
                          {range_item(10, 2), range_item(8, 2)},
                          {range_item(8, 0), range_item(10, 1)},
                          {map({{"offset", item("x")}})}}) {
    EXPECT_EQ(verdict(file, assertion(with(bad), cut(8, 12))), Code::malformed);
  }
}

// when several entries match one box the union is excluded.
TEST(BmffHash, SeveralEntriesOnOneBox) {
  const Bytes skip = box("skip", bytes_of("0123456789"));
  const Bytes file = join(ftyp(), skip);
  const auto list = usual({entry("/skip", {{"subset", array({range_item(8, 4)})}}),
                           entry("/skip", {{"subset", array({range_item(10, 4)})}})});
  const Bytes kept(skip.begin(), skip.begin() + 8);
  const Bytes rest(skip.begin() + 14, skip.end());
  const Bytes hash = sha256(join(marker(ftyp().size()), kept, rest));
  EXPECT_EQ(verdict(file, assertion(list, hash)), Code::match);
}

// R-524, T-34: an exclusion of real content is said aloud, even when it matches.
TEST(BmffHash, AdditionalExclusionsAreReported) {
  const File file;
  const Bytes hash = sha256(join(marker(file.moov_at()), file.moov));
  const auto outcome =
      check_binding(plan_bmff, file.bytes(), assertion(usual({entry("/mdat")}), hash));
  EXPECT_EQ(code_of(outcome), Code::match);
  EXPECT_TRUE(has_code(outcome, Code::additional_exclusions));
  EXPECT_EQ(outcome.uncovered.back().kind, "box:mdat");
  const auto free =
      check_binding(plan_bmff, file.bytes(), assertion(usual({entry("/free")}), file.hash()));
  EXPECT_FALSE(has_code(free, Code::additional_exclusions));
}

// A uuid box that is not C2PA's is content, whatever the exclusion's conditions let through.
TEST(BmffHash, ForeignUuidBoxExcludedIsReported) {
  const Bytes foreign = box("uuid", Bytes(40, 9));
  const Bytes file = join(ftyp(), foreign);
  const auto outcome =
      check_binding(plan_bmff, file, assertion({entry("/ftyp"), entry("/uuid")}, sha256({})));
  EXPECT_EQ(code_of(outcome), Code::match);
  EXPECT_TRUE(has_code(outcome, Code::additional_exclusions));
}

// A binding that the format cannot satisfy is a mismatch.
TEST(BmffHash, NotABmffFile) {
  const File file;
  EXPECT_EQ(verdict(bytes_of("GIF89a and nothing else"), assertion(usual(), file.hash())),
            Code::mismatch);
}

// when not every box was seen nothing matches.
TEST(BmffHash, IncompleteWalkNeverMatches) {
  const File file;
  Limits limits;
  limits.bmff_boxes = 3;
  const auto outcome =
      check_binding(plan_bmff, file.bytes(), assertion(usual(), file.hash()), "", limits);
  EXPECT_NE(code_of(outcome), Code::match);
}

}  // namespace
}  // namespace assay::binding
