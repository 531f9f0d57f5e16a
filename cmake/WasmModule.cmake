# The wasm core: build/wasm/assay-core.mjs and assay-core.wasm (architecture.md, Boundary).
function(assay_wasm_core name)
  add_executable(${name} "${CMAKE_SOURCE_DIR}/bindings/wasm/embind.cpp"
                         "${CMAKE_SOURCE_DIR}/bindings/wasm/wire.cpp")
  set_target_properties(${name} PROPERTIES SUFFIX ".mjs" RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/bindings/wasm")
  target_link_libraries(${name} PRIVATE assay_flags assay_report assay_validate)
  # EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0: Embind without RTTI.
  target_compile_definitions(${name} PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  target_compile_options(${name} PRIVATE ${ASSAY_COLD_OPT})
  target_link_options(${name} PRIVATE
    -Oz -flto --bind -fno-rtti -fno-exceptions
    -sSTRICT=1 -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createCore
    -sENVIRONMENT=web,worker -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0 -sASSERTIONS=0
    -sMALLOC=emmalloc -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=1MB -sMAXIMUM_MEMORY=512MB
    -sTOTAL_STACK=256KB -sSUPPORT_ERRNO=0 -sTEXTDECODER=2
    --no-entry ${ARGN})
endfunction()
# The stack lies below the data: one that overflows traps at address 0 instead of writing over them.
set(stack_first "SHELL:-Wl,--stack-first")
# A function that is called once becomes part of its caller, unless it is large: a browser compiles a
# function when it is called first, so what one file needs must not wait for what other files need.
assay_wasm_core(assay-core ${stack_first}
  "-sBINARYEN_EXTRA_PASSES=--one-caller-inline-max-function-size=300")
# For `npm run size`: the same program with the names of its functions, which would be lost where a
# function with one caller becomes part of it.
assay_wasm_core(assay-core-named ${stack_first} --profiling-funcs
  "-sBINARYEN_EXTRA_PASSES=--one-caller-inline-max-function-size=0")
set_target_properties(assay-core-named PROPERTIES EXCLUDE_FROM_ALL ON)
# For tests: every access to memory and every growth of the stack is checked, which takes a stack at its usual
# place.
assay_wasm_core(assay-core-checked -sASSERTIONS=2 -sSAFE_HEAP=1 -sSTACK_OVERFLOW_CHECK=2
                -sENVIRONMENT=node,web,worker)
set_target_properties(assay-core-checked PROPERTIES EXCLUDE_FROM_ALL ON)
