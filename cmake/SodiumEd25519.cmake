# libsodium 1.0.18, Ed25519 verification only: three upstream files and a glue file that stands in for
# utils.c (which would bring mmap, signals and randomness) and takes SHA-512 from BearSSL. HAVE_TI_MODE stays undefined so that the
# native tests run the same 32-bit field code as wasm.
include(Dependency)
assay_dependency(LIBSODIUM PROBE src/libsodium/include/sodium/crypto_sign_ed25519.h
  URL "https://download.libsodium.org/libsodium/releases/libsodium-1.0.18.tar.gz"
  SHA256 6f504490b342a4f8a4c4a02fc9b866cbef8622d5df4e5452b46be121e46636c1)
set(src "${LIBSODIUM_SOURCE_DIR}/src/libsodium")
add_library(sodium_ed25519 STATIC
  "${src}/crypto_sign/ed25519/ref10/open.c"
  "${src}/crypto_core/ed25519/ref10/ed25519_ref10.c"
  "${src}/crypto_verify/sodium/verify.c"
  "${CMAKE_SOURCE_DIR}/cmake/sodium_glue.c")
set(generated "${CMAKE_BINARY_DIR}/sodium_include")
function(assay_sodium_version template output)
  # The numbers that configure would fill in for 1.0.18.
  set(VERSION 1.0.18)
  set(SODIUM_LIBRARY_VERSION_MAJOR 10)
  set(SODIUM_LIBRARY_VERSION_MINOR 3)
  set(SODIUM_LIBRARY_MINIMAL_DEF "")
  configure_file("${template}" "${output}" @ONLY)
endfunction()
assay_sodium_version("${src}/include/sodium/version.h.in" "${generated}/sodium/version.h")
target_include_directories(sodium_ed25519 SYSTEM PUBLIC "${src}/include"
  PRIVATE "${src}/include/sodium" "${src}/include/sodium/private" "${generated}" "${generated}/sodium")
target_compile_definitions(sodium_ed25519 PUBLIC SODIUM_STATIC PRIVATE CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1)
target_compile_options(sodium_ed25519 PRIVATE ${ASSAY_COLD_OPT} -w)
target_link_libraries(sodium_ed25519 PRIVATE bearssl)
