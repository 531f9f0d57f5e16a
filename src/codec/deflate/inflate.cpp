#include "codec/deflate/inflate.h"

#include <algorithm>
#include <array>
#include <optional>

namespace assay::deflate {
namespace {

constexpr size_t kMostCodeBits = 15;
constexpr size_t kLiterals = 288;
constexpr size_t kDistances = 30;
constexpr uint16_t kEndOfBlock = 256;

struct Extra {
  uint16_t base;
  uint8_t bits;
};
// RFC 1951 §3.2.5, symbols 257…285 and distances 0…29.
constexpr std::array<Extra, 29> kLengths = {
    {{3, 0},  {4, 0},  {5, 0},  {6, 0},   {7, 0},   {8, 0},   {9, 0},   {10, 0},  {11, 1}, {13, 1},
     {15, 1}, {17, 1}, {19, 2}, {23, 2},  {27, 2},  {31, 2},  {35, 3},  {43, 3},  {51, 3}, {59, 3},
     {67, 4}, {83, 4}, {99, 4}, {115, 4}, {131, 5}, {163, 5}, {195, 5}, {227, 5}, {258, 0}}};
constexpr std::array<Extra, kDistances> kDistanceCodes = {
    {{1, 0},     {2, 0},     {3, 0},     {4, 0},      {5, 1},      {7, 1},
     {9, 2},     {13, 2},    {17, 3},    {25, 3},     {33, 4},     {49, 4},
     {65, 5},    {97, 5},    {129, 6},   {193, 6},    {257, 7},    {385, 7},
     {513, 8},   {769, 8},   {1025, 9},  {1537, 9},   {2049, 10},  {3073, 10},
     {4097, 11}, {6145, 11}, {8193, 12}, {12289, 12}, {16385, 13}, {24577, 13}}};
constexpr std::array<uint8_t, 19> kCodeLengthOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                      11, 4,  12, 3, 13, 2, 14, 1, 15};

// Bits of the stream, least significant first.
class BitReader {
 public:
  explicit BitReader(ByteView data) : data_(data) {}

  Result<uint32_t> bits(uint32_t count) {
    while (held_ < count) {
      if (next_ == data_.size()) {
        return Fault::truncated;
      }
      buffer_ |= static_cast<uint32_t>(data_[next_++]) << held_;
      held_ += 8;
    }
    const uint32_t value = buffer_ & ((1U << count) - 1);
    buffer_ >>= count;
    held_ -= count;
    return value;
  }

  // Drops the rest of the current byte and takes whole bytes.
  Result<ByteView> bytes(size_t count) {
    buffer_ = held_ = 0;
    if (count > data_.size() - next_) {
      return Fault::truncated;
    }
    const ByteView taken = data_.subspan(next_, count);
    next_ += count;
    return taken;
  }

 private:
  ByteView data_;
  size_t next_ = 0;
  uint32_t buffer_ = 0;
  uint32_t held_ = 0;
};

// Canonical Huffman code (§3.2.2): how many codes there are of each length, and the symbols in code
// order.
class Code {
 public:
  // False when the lengths describe more codes than there are, or a code with gaps that is not the
  // single code that the format allows.
  bool build(std::span<const uint8_t> lengths) {
    counts_.fill(0);
    for (const uint8_t length : lengths) {
      ++counts_.at(length);
    }
    std::array<uint16_t, kMostCodeBits + 1> offsets{};
    int left = 1;
    for (size_t length = 1; length <= kMostCodeBits; ++length) {
      left = left * 2 - counts_.at(length);
      if (left < 0) {
        return false;
      }
      offsets.at(length) =
          static_cast<uint16_t>(offsets.at(length - 1) + (length > 1 ? counts_.at(length - 1) : 0));
    }
    const size_t used = lengths.size() - counts_[0];
    if (left > 0 && used > 1) {
      return false;
    }
    for (size_t symbol = 0; symbol < lengths.size(); ++symbol) {
      if (lengths[symbol] != 0) {
        symbols_.at(offsets.at(lengths[symbol])++) = static_cast<uint16_t>(symbol);
      }
    }
    return true;
  }

  Result<uint16_t> read(BitReader& reader) const {
    int code = 0;
    int first = 0;
    int index = 0;
    for (size_t length = 1; length <= kMostCodeBits; ++length) {
      ASSAY_TRY(bit, reader.bits(1));
      code |= static_cast<int>(bit);
      const int count = counts_.at(length);
      if (code - first < count) {
        return symbols_.at(static_cast<size_t>(index + code - first));
      }
      index += count;
      first = (first + count) * 2;
      code *= 2;
    }
    return Fault::malformed;
  }

 private:
  std::array<uint16_t, kMostCodeBits + 1> counts_{};
  std::array<uint16_t, kLiterals> symbols_{};
};

class Inflater {
 public:
  Inflater(ByteView data, uint64_t most_bytes) : reader_(data), most_bytes_(most_bytes) {}

  Status run() {
    uint32_t final = 0;
    while (final == 0) {
      ASSAY_TRY(is_final, reader_.bits(1));
      ASSAY_TRY(type, reader_.bits(2));
      final = is_final;
      ASSAY_CHECK(block(type));
    }
    return {};
  }
  Bytes take() { return std::move(out_); }

 private:
  Status block(uint32_t type) {
    switch (type) {
      case 0:
        return stored();
      case 1:
        return fixed();
      case 2:
        return dynamic();
      default:
        return Fault::malformed;
    }
  }

  Status stored() {
    ASSAY_TRY(header, reader_.bytes(4));
    const uint32_t length = header[0] | static_cast<uint32_t>(header[1]) << 8;
    const uint32_t inverse = header[2] | static_cast<uint32_t>(header[3]) << 8;
    if ((length ^ inverse) != 0xFFFF) {
      return Fault::malformed;
    }
    ASSAY_TRY(content, reader_.bytes(length));
    if (out_.size() + length > most_bytes_) {
      return Fault::limit;
    }
    append(out_, content);
    return {};
  }

  Status fixed() {
    std::array<uint8_t, kLiterals> lengths{};
    for (size_t symbol = 0; symbol < kLiterals; ++symbol) {
      lengths.at(symbol) = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
    }
    literals_.build(lengths);
    std::array<uint8_t, 32> distances{};
    distances.fill(5);
    distances_.build(distances);
    return symbols();
  }

  Status dynamic() {
    ASSAY_TRY(literal_bits, reader_.bits(5));
    ASSAY_TRY(distance_bits, reader_.bits(5));
    ASSAY_TRY(code_bits, reader_.bits(4));
    const size_t literal_count = literal_bits + 257;
    const size_t distance_count = distance_bits + 1;
    if (literal_count > 286 || distance_count > kDistances) {
      return Fault::malformed;
    }
    std::array<uint8_t, kCodeLengthOrder.size()> code_lengths{};
    for (size_t i = 0; i < code_bits + 4; ++i) {
      ASSAY_TRY(length, reader_.bits(3));
      code_lengths.at(kCodeLengthOrder.at(i)) = static_cast<uint8_t>(length);
    }
    Code code;
    if (!code.build(code_lengths)) {
      return Fault::malformed;
    }
    std::array<uint8_t, 286 + kDistances> lengths{};
    ASSAY_CHECK(read_lengths(code, std::span(lengths).first(literal_count + distance_count)));
    const std::span<const uint8_t> all(lengths);
    if (all[kEndOfBlock] == 0 || !literals_.build(all.first(literal_count)) ||
        !distances_.build(all.subspan(literal_count, distance_count))) {
      return Fault::malformed;
    }
    return symbols();
  }

  // §3.2.7: lengths, with codes for repeats.
  Status read_lengths(const Code& code, std::span<uint8_t> lengths) {
    for (size_t at = 0; at < lengths.size();) {
      ASSAY_TRY(symbol, code.read(reader_));
      if (symbol < 16) {
        lengths[at++] = static_cast<uint8_t>(symbol);
        continue;
      }
      if (symbol == 16 && at == 0) {
        return Fault::malformed;
      }
      const uint8_t value = symbol == 16 ? lengths[at - 1] : uint8_t{0};
      const uint32_t bits = symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
      const uint32_t base = symbol == 18 ? 11 : 3;
      ASSAY_TRY(more, reader_.bits(bits));
      const size_t repeat = base + more;
      if (repeat > lengths.size() - at) {
        return Fault::malformed;
      }
      std::fill_n(lengths.begin() + static_cast<ptrdiff_t>(at), repeat, value);
      at += repeat;
    }
    return {};
  }

  Status symbols() {
    for (;;) {
      ASSAY_TRY(symbol, literals_.read(reader_));
      if (symbol == kEndOfBlock) {
        return {};
      }
      if (symbol < kEndOfBlock) {
        if (out_.size() >= most_bytes_) {
          return Fault::limit;
        }
        out_.push_back(static_cast<uint8_t>(symbol));
        continue;
      }
      ASSAY_CHECK(copy(symbol - 257U));
    }
  }

  Status copy(size_t length_code) {
    if (length_code >= kLengths.size()) {
      return Fault::malformed;
    }
    ASSAY_TRY(length_more, reader_.bits(kLengths.at(length_code).bits));
    const size_t length = kLengths.at(length_code).base + length_more;
    ASSAY_TRY(distance_code, distances_.read(reader_));
    if (distance_code >= kDistances) {
      return Fault::malformed;
    }
    ASSAY_TRY(distance_more, reader_.bits(kDistanceCodes.at(distance_code).bits));
    const size_t distance = kDistanceCodes.at(distance_code).base + distance_more;
    if (distance > out_.size()) {
      return Fault::malformed;
    }
    if (out_.size() + length > most_bytes_) {
      return Fault::limit;
    }
    for (size_t i = 0; i < length; ++i) {
      out_.push_back(out_[out_.size() - distance]);
    }
    return {};
  }

  BitReader reader_;
  uint64_t most_bytes_;
  Code literals_;
  Code distances_;
  Bytes out_;
};

// RFC 1952 §2.3: the header, with the optional fields that its flags announce.
Status skip_gzip_header(ByteReader& reader) {
  ASSAY_TRY(magic, reader.be16());
  ASSAY_TRY(method, reader.u8());
  ASSAY_TRY(flags, reader.u8());
  if (magic != 0x1F8B || method != 8 || (flags & 0xE0) != 0) {
    return Fault::malformed;
  }
  ASSAY_CHECK(reader.skip(6));  // time, extra flags, operating system
  if ((flags & 0x04) != 0) {
    ASSAY_TRY(length, reader.le16());
    ASSAY_CHECK(reader.skip(length));
  }
  for (const int text : {0x08, 0x10}) {  // name, comment
    if ((flags & text) != 0) {
      ASSAY_TRY(skipped, reader.take_until_nul());
      static_cast<void>(skipped);
    }
  }
  return (flags & 0x02) != 0 ? reader.skip(2) : Status();
}

}  // namespace

Result<Bytes> inflate_gzip(ByteView data, uint64_t most_bytes) {
  ByteReader reader(data);
  ASSAY_CHECK(skip_gzip_header(reader));
  Inflater inflater(reader.rest(), most_bytes);
  ASSAY_CHECK(inflater.run());
  return inflater.take();
}

Result<Bytes> inflate_zlib(ByteView data, uint64_t most_bytes) {
  ByteReader reader(data);
  ASSAY_TRY(header, reader.be16());
  const bool is_deflate = (header >> 8 & 0x0F) == 8 && header % 31 == 0;
  const bool has_dictionary = (header & 0x20) != 0;
  if (!is_deflate || has_dictionary) {
    return Fault::malformed;
  }
  Inflater inflater(reader.rest(), most_bytes);
  ASSAY_CHECK(inflater.run());
  return inflater.take();
}

}  // namespace assay::deflate
