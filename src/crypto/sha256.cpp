#include "crypto/sha256.h"

#include <algorithm>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace assay::crypto {
namespace {

using State = std::array<uint32_t, 8>;
using Words = std::array<uint32_t, 64>;

constexpr Words kRound = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

inline uint32_t rotate(uint32_t value, unsigned count) {
  return value >> count | value << (32 - count);
}

// One round (§6.2.2 step 3). The eight working variables rotate by index, so nothing is moved.
template <size_t kTurn>
[[gnu::always_inline]] inline void round(State& v, uint32_t w_plus_k) {
  const auto at = [&v](size_t name) __attribute__((always_inline))->uint32_t& {
    return v[(name - kTurn) & 7];
  };
  const uint32_t a = at(0);
  const uint32_t b = at(1);
  const uint32_t e = at(4);
  const uint32_t choose = at(6) ^ (e & (at(5) ^ at(6)));
  const uint32_t majority = b ^ ((a ^ b) & (b ^ at(2)));
  const uint32_t t1 = at(7) + w_plus_k + choose + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25));
  at(3) += t1;
  at(7) = t1 + majority + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22));
}

#if defined(__wasm_simd128__)

template <unsigned kCount>
inline v128_t rotate(v128_t value) {
  return wasm_v128_or(wasm_u32x4_shr(value, kCount), wasm_i32x4_shl(value, 32 - kCount));
}

inline v128_t small_sigma0(v128_t w) {
  return wasm_v128_xor(wasm_v128_xor(rotate<7>(w), rotate<18>(w)), wasm_u32x4_shr(w, 3));
}

inline v128_t small_sigma1(v128_t w) {
  return wasm_v128_xor(wasm_v128_xor(rotate<17>(w), rotate<19>(w)), wasm_u32x4_shr(w, 10));
}

// The next four words from the last sixteen. Words 2 and 3 depend on words 0 and 1, so sigma1 is
// taken twice, two lanes each time.
inline v128_t next_words(v128_t w0, v128_t w4, v128_t w8, v128_t w12) {
  const v128_t zero = wasm_i32x4_const(0, 0, 0, 0);
  const v128_t w1 = wasm_i32x4_shuffle(w0, w4, 1, 2, 3, 4);
  const v128_t w9 = wasm_i32x4_shuffle(w8, w12, 1, 2, 3, 4);
  v128_t sum = wasm_i32x4_add(wasm_i32x4_add(w0, small_sigma0(w1)), w9);
  const v128_t low = small_sigma1(wasm_i32x4_shuffle(w12, zero, 2, 3, 4, 4));
  sum = wasm_i32x4_add(sum, wasm_i32x4_shuffle(low, zero, 0, 1, 4, 4));
  const v128_t high = small_sigma1(sum);
  return wasm_i32x4_add(sum, wasm_i32x4_shuffle(zero, high, 0, 0, 4, 5));
}

inline v128_t load_be(ByteView block, size_t offset) {
  const v128_t raw = wasm_v128_load(block.subspan(offset, 16).data());
  return wasm_i8x16_shuffle(raw, raw, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

// Four rounds on the sums of words and constants from `sums` on.
template <size_t kTurn>
[[gnu::always_inline]] inline void four_rounds(State& v, const Words& sums, size_t t) {
  round<kTurn>(v, sums[t]);
  round<kTurn + 1>(v, sums[t + 1]);
  round<kTurn + 2>(v, sums[t + 2]);
  round<kTurn + 3>(v, sums[t + 3]);
}

inline void put(Words& sums, size_t t, v128_t words) {
  wasm_v128_store(&sums[t], wasm_i32x4_add(words, wasm_v128_load(&kRound[t])));
}

// The schedule runs beside the rounds, which wait for each other and leave the units idle. What it
// yields goes through memory: taking a vector apart costs more than loading its parts.
inline void rounds(State& v, ByteView block) {
  alignas(16) Words sums;
  v128_t w0 = load_be(block, 0);
  v128_t w4 = load_be(block, 16);
  v128_t w8 = load_be(block, 32);
  v128_t w12 = load_be(block, 48);
  put(sums, 0, w0);
  put(sums, 4, w4);
  put(sums, 8, w8);
  put(sums, 12, w12);
  for (size_t t = 0; t < 48; t += 16) {
    four_rounds<0>(v, sums, t);
    w0 = next_words(w0, w4, w8, w12);
    put(sums, t + 16, w0);
    four_rounds<4>(v, sums, t + 4);
    w4 = next_words(w4, w8, w12, w0);
    put(sums, t + 20, w4);
    four_rounds<0>(v, sums, t + 8);
    w8 = next_words(w8, w12, w0, w4);
    put(sums, t + 24, w8);
    four_rounds<4>(v, sums, t + 12);
    w12 = next_words(w12, w0, w4, w8);
    put(sums, t + 28, w12);
  }
  four_rounds<0>(v, sums, 48);
  four_rounds<4>(v, sums, 52);
  four_rounds<0>(v, sums, 56);
  four_rounds<4>(v, sums, 60);
}

#else

inline void rounds(State& v, ByteView block) {
  Words w;
  for (size_t t = 0; t < 16; ++t) {
    const ByteView b = block.subspan(4 * t, 4);
    w[t] = uint32_t{b[0]} << 24 | uint32_t{b[1]} << 16 | uint32_t{b[2]} << 8 | uint32_t{b[3]};
  }
  for (size_t t = 16; t < 64; ++t) {
    const uint32_t s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ (w[t - 15] >> 3);
    const uint32_t s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ (w[t - 2] >> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  for (size_t t = 0; t < 64; t += 8) {
    round<0>(v, w[t] + kRound[t]);
    round<1>(v, w[t + 1] + kRound[t + 1]);
    round<2>(v, w[t + 2] + kRound[t + 2]);
    round<3>(v, w[t + 3] + kRound[t + 3]);
    round<4>(v, w[t + 4] + kRound[t + 4]);
    round<5>(v, w[t + 5] + kRound[t + 5]);
    round<6>(v, w[t + 6] + kRound[t + 6]);
    round<7>(v, w[t + 7] + kRound[t + 7]);
  }
}

#endif

void compress(State& state, ByteView block) {
  State working = state;
  rounds(working, block);
  for (size_t i = 0; i < state.size(); ++i) {
    state[i] += working[i];
  }
}

}  // namespace

void Sha256::update(ByteView data) {
  length_ += data.size();
  if (buffered_ > 0) {
    const size_t count = std::min(kBlock - buffered_, data.size());
    std::copy_n(data.begin(), count, buffer_.begin() + static_cast<std::ptrdiff_t>(buffered_));
    buffered_ += count;
    data = data.subspan(count);
    if (buffered_ < kBlock) {
      return;
    }
    compress(state_, buffer_);
    buffered_ = 0;
  }
  while (data.size() >= kBlock) {
    compress(state_, data.first(kBlock));
    data = data.subspan(kBlock);
  }
  std::copy(data.begin(), data.end(), buffer_.begin());
  buffered_ = data.size();
}

std::array<uint8_t, 32> Sha256::finish() {
  const uint64_t bits = length_ * 8;
  constexpr std::array<uint8_t, kBlock> kPadding = {0x80};
  const size_t zeros = buffered_ < 56 ? 56 - buffered_ : 120 - buffered_;
  update(ByteView(kPadding).first(zeros));
  Bytes length;
  append_be64(length, bits);
  update(length);
  std::array<uint8_t, 32> out{};
  for (size_t i = 0; i < out.size(); ++i) {
    out.at(i) = static_cast<uint8_t>(state_.at(i / 4) >> (24 - 8 * (i % 4)));
  }
  return out;
}

}  // namespace assay::crypto
