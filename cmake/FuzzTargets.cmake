# One libFuzzer binary per tests/fuzz/<name>_fuzz.cpp: fuzz_<name>. A new file is picked up by itself,
# so no target can exist without being built and run. Everything it links is instrumented.
file(GLOB fuzz_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/fuzz/*_fuzz.cpp")
foreach(source IN LISTS fuzz_sources)
  get_filename_component(name "${source}" NAME_WE)
  string(REGEX REPLACE "_fuzz$" "" name "${name}")
  add_executable(fuzz_${name} "${source}")
  target_link_libraries(fuzz_${name} PRIVATE assay_report assay_validate assay_flags)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
endforeach()
