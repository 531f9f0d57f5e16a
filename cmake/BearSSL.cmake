# BearSSL 0.6: hashes, ECDSA and RSA arithmetic. Only the files that verification needs are compiled;
# a missing one is a link error. No clock, no randomness, no intrinsics: native and wasm run the same code.
include(Dependency)
assay_dependency(BEARSSL PROBE inc/bearssl.h
  URL "https://bearssl.org/bearssl-0.6.tar.gz"
  SHA256 6705bba1714961b41a728dfc5debbe348d2966c117649392f8c8139efc83ff14)
set(src "${BEARSSL_SOURCE_DIR}/src")
file(GLOB bearssl_sources
  "${src}/codec/ccopy.c" "${src}/codec/dec*.c" "${src}/codec/enc*.c"
  "${src}/hash/sha1.c" "${src}/hash/sha2small.c" "${src}/hash/sha2big.c"
  "${src}/int/i31_*.c" "${src}/int/i32_div32.c"
  "${src}/ec/ec_p256_m31.c" "${src}/ec/ec_prime_i31.c" "${src}/ec/ec_secp*.c"
  "${src}/ec/ecdsa_i31_vrfy_raw.c" "${src}/ec/ecdsa_i31_bits.c"
  "${src}/rsa/rsa_i31_pub.c")
add_library(bearssl STATIC ${bearssl_sources})
target_include_directories(bearssl SYSTEM PUBLIC "${BEARSSL_SOURCE_DIR}/inc" PRIVATE "${src}")
target_compile_definitions(bearssl PRIVATE BR_USE_URANDOM=0 BR_USE_UNIX_TIME=0 BR_USE_WIN32_RAND=0
  BR_USE_WIN32_TIME=0 BR_RDRAND=0 BR_SSE2=0 BR_AES_X86NI=0)
target_compile_options(bearssl PRIVATE ${ASSAY_HOT_OPT} -w)
