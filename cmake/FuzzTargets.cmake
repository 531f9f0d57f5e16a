# One libFuzzer binary per tests/fuzz/<name>_fuzz.cpp: fuzz_<name>. A new file is picked up by itself,
# so no target can exist without being built and run. Everything it links is instrumented. A target
# named after a layer links that layer, every other one links them all.
function(assay_fuzz_targets)
  get_property(layers GLOBAL PROPERTY ASSAY_LAYERS)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/fuzz/*_fuzz.cpp")
  foreach(source IN LISTS sources)
    get_filename_component(name "${source}" NAME_WE)
    string(REGEX REPLACE "_fuzz$" "" name "${name}")
    set(links ${layers})
    foreach(layer IN ITEMS assay_codec_${name} assay_${name})
      if(TARGET ${layer})
        set(links ${layer})
      endif()
    endforeach()
    add_executable(fuzz_${name} "${source}")
    target_include_directories(fuzz_${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
    target_link_libraries(fuzz_${name} PRIVATE assay_flags ${links})
    target_compile_options(fuzz_${name} PRIVATE ${ASSAY_COLD_OPT})
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  endforeach()
endfunction()
assay_fuzz_targets()

# What signs, which the product never does.
add_library(bearssl_signing STATIC "${BEARSSL_SOURCE_DIR}/src/ec/ecdsa_i31_sign_raw.c"
            "${BEARSSL_SOURCE_DIR}/src/rand/hmac_drbg.c" "${BEARSSL_SOURCE_DIR}/src/mac/hmac.c")
target_include_directories(bearssl_signing PRIVATE "${BEARSSL_SOURCE_DIR}/src")
target_link_libraries(bearssl_signing PUBLIC bearssl)
target_compile_options(bearssl_signing PRIVATE -w)
target_link_libraries(fuzz_resigned PRIVATE bearssl_signing)
