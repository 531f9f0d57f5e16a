# The wasm core: build/wasm/assay-core.mjs and assay-core.wasm (architecture.md, Boundary).
add_executable(assay-core "${CMAKE_SOURCE_DIR}/bindings/wasm/embind.cpp"
                          "${CMAKE_SOURCE_DIR}/bindings/wasm/wire.cpp")
set_target_properties(assay-core PROPERTIES SUFFIX ".mjs"
                      RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
target_include_directories(assay-core PRIVATE "${CMAKE_SOURCE_DIR}/bindings/wasm")
target_link_libraries(assay-core PRIVATE assay_flags assay_report assay_validate)
# EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0: Embind without RTTI.
target_compile_definitions(assay-core PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
target_compile_options(assay-core PRIVATE ${ASSAY_COLD_OPT})
target_link_options(assay-core PRIVATE
  -Os --bind -fno-rtti -fno-exceptions
  -sSTRICT=1 -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createCore
  -sENVIRONMENT=web,worker -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0 -sASSERTIONS=0
  -sMALLOC=emmalloc -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=1MB -sMAXIMUM_MEMORY=512MB
  -sTOTAL_STACK=256KB -sSUPPORT_ERRNO=0 -sTEXTDECODER=2
  "SHELL:-Wl,--stack-first" --no-entry)
