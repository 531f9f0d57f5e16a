# One GoogleTest binary per layer: tests/unit/<layer>/*_test.cpp -> test_<layer>.
include(GoogleTest)
if(EMSCRIPTEN)
  # The glue of a test program is a CommonJS script; the package around the build tree is not.
  file(WRITE "${CMAKE_BINARY_DIR}/package.json" "{ \"type\": \"commonjs\" }\n")
  # Debian ships GoogleTest's sources; the wasm32 tests compile them with the same tool chain.
  add_subdirectory(/usr/src/googletest "${CMAKE_BINARY_DIR}/googletest" EXCLUDE_FROM_ALL)
  set(ASSAY_GTEST gtest gtest_main)
else()
  find_package(GTest REQUIRED)
  set(ASSAY_GTEST GTest::gtest GTest::gtest_main)
endif()

function(assay_unit_tests folder library)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/unit/${folder}/*_test.cpp")
  if(NOT sources)
    return()
  endif()
  string(REPLACE "/" "_" id "${folder}")
  add_executable(test_${id} ${sources})
  target_include_directories(test_${id} PRIVATE "${CMAKE_SOURCE_DIR}/tests/unit")
  target_link_libraries(test_${id} PRIVATE ${library} ${ASSAY_GTEST})
  if(TARGET assay_codec_json)  # public test vectors and the index of the corpus are JSON
    target_link_libraries(test_${id} PRIVATE assay_codec_json)
  endif()
  target_compile_options(test_${id} PRIVATE -Wall -Wextra -Werror)
  if(EMSCRIPTEN)
    # An overflowing stack traps because it comes first in memory; the check by cookie would look in
    # the wrong place.
    target_link_options(test_${id} PRIVATE -sNODERAWFS=1 -sALLOW_MEMORY_GROWTH=1 -sEXIT_RUNTIME=1
                        -sTOTAL_STACK=1MB -Wl,--stack-first -sSTACK_OVERFLOW_CHECK=0
                        "SHELL:--pre-js ${CMAKE_SOURCE_DIR}/cmake/test-environment.js")
    add_test(NAME ${id} COMMAND node --no-experimental-fetch $<TARGET_FILE:test_${id}>)
  else()
    add_test(NAME ${id} COMMAND test_${id})
  endif()
  set_tests_properties(${id} PROPERTIES LABELS unit
                       ENVIRONMENT "ASSAY_SOURCE_DIR=${CMAKE_SOURCE_DIR}")
endfunction()
