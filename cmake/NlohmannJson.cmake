# nlohmann/json: the header alone. A private directory holding one symlink keeps the host's include
# root out of the cross compiler's search path, where it would shadow the sysroot.
find_path(NLOHMANN_JSON_ROOT nlohmann/json.hpp PATHS /usr/include NO_CMAKE_FIND_ROOT_PATH REQUIRED)
set(links "${CMAKE_BINARY_DIR}/nlohmann_only")
file(MAKE_DIRECTORY "${links}")
file(CREATE_LINK "${NLOHMANN_JSON_ROOT}/nlohmann" "${links}/nlohmann" SYMBOLIC)
add_library(nlohmann_json_only INTERFACE)
target_include_directories(nlohmann_json_only SYSTEM INTERFACE "${links}")
target_compile_definitions(nlohmann_json_only INTERFACE JSON_NOEXCEPTION)
