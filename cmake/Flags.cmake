# Compiler flags of our own code. Third-party sources get none of the warnings.
add_library(assay_flags INTERFACE)
target_compile_options(assay_flags INTERFACE -fno-exceptions -fno-rtti -Wall -Wextra -Wconversion
                       -Wshadow -Wswitch-enum -Wimplicit-fallthrough -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees it where an optional vector becomes a view; clang and valgrind do not.
  target_compile_options(assay_flags INTERFACE -Wno-maybe-uninitialized)
endif()
if(ASSAY_SANITIZE)
  # vptr checks need RTTI on both sides of a link; our layers have none.
  add_compile_options(-fsanitize=${ASSAY_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all
                      -fno-omit-frame-pointer -gline-tables-only)
  add_link_options(-fsanitize=${ASSAY_SANITIZE})
  # Unsigned arithmetic that wraps and values that change by conversion are defined, and still have
  # no place in a parser: sizes and offsets come from the file.
  target_compile_options(assay_flags INTERFACE -fsanitize=integer -fno-sanitize=unsigned-shift-base
                         -fno-sanitize-recover=integer
                         "-fsanitize-ignorelist=${CMAKE_CURRENT_LIST_DIR}/integer-ignore.txt")
endif()
# Hot layers (hashing, curves) are compiled for speed, everything else for size; the level is per
# target because an -O inherited through an interface target would be appended last and win.
set(ASSAY_HOT_OPT -O3)
# em++ 3.1 adds -fno-inline-functions to -Os and -Oz, with which clang 14 inlines nothing at all: not even
# size() of a string. Undone, the core is 6 % smaller and almost twice as fast.
set(ASSAY_COLD_OPT -Oz -finline-functions)
if(NOT EMSCRIPTEN)
  set(ASSAY_COLD_OPT -O2)
endif()
if(EMSCRIPTEN)
  # Optimised as one program when it is linked, libraries included: 8 % smaller. What every supported engine
  # has is used: SIMD makes copies shorter everywhere, and the message schedule of SHA-256 fast.
  foreach(level IN ITEMS ASSAY_HOT_OPT ASSAY_COLD_OPT)
    list(APPEND ${level} -flto -mbulk-memory -msign-ext -msimd128)
  endforeach()
endif()
if(ASSAY_SANITIZE)
  set(ASSAY_HOT_OPT -O1)
  set(ASSAY_COLD_OPT -O1)
endif()
