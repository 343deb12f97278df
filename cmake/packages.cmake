# SPDX-License-Identifier: Apache-2.0
# Debian packages, each as one imported target. tools/setup installs them.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Vulkan REQUIRED)
find_package(glfw3 REQUIRED)
find_package(glm REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(simdjson REQUIRED)
find_package(CURL REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(PNG REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PROJ REQUIRED)
find_package(assimp REQUIRED)
find_package(pugixml REQUIRED)
find_package(Protobuf REQUIRED)
find_package(EXPAT REQUIRED)
find_package(BZip2 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(PostgreSQL REQUIRED) # the client library
find_package(Freetype REQUIRED)

find_library(IMGUI_LIBRARY imgui REQUIRED)
add_library(imgui_all INTERFACE)
target_include_directories(imgui_all SYSTEM INTERFACE /usr/include/imgui /usr/include/imgui/backends)
# The archive's parts need their libraries after it.
target_link_libraries(imgui_all INTERFACE ${IMGUI_LIBRARY} stb glfw Vulkan::Vulkan Freetype::Freetype)
add_library(imgui::imgui ALIAS imgui_all)

if(NOT TARGET assimp::assimp)
  add_library(assimp::assimp ALIAS assimp)
endif()
if(NOT TARGET pugixml::pugixml)
  add_library(pugixml::pugixml ALIAS pugixml)
endif()

add_library(vma INTERFACE)
find_path(VMA_INCLUDE vk_mem_alloc.h REQUIRED)
target_include_directories(vma SYSTEM INTERFACE ${VMA_INCLUDE})

add_library(osmium INTERFACE) # header only; decoders of .gz, .bz2, .pbf
target_link_libraries(osmium INTERFACE EXPAT::EXPAT BZip2::BZip2 ZLIB::ZLIB Threads::Threads)

add_library(geos INTERFACE)
target_link_libraries(geos INTERFACE geos_c)

add_library(libzip INTERFACE)
target_link_libraries(libzip INTERFACE zip)

add_library(gtfs_realtime INTERFACE) # filled in cmake/modules.cmake once the .proto is generated

# A broken TOML file is data, not an exception; without exceptions the library is header-only.
set_property(TARGET tomlplusplus::tomlplusplus APPEND PROPERTY INTERFACE_COMPILE_DEFINITIONS TOML_EXCEPTIONS=0 TOML_HEADER_ONLY=1)
set_property(TARGET tomlplusplus::tomlplusplus PROPERTY INTERFACE_COMPILE_OPTIONS "") # Debian's ask for the shared library

find_library(ZSTD_LIBRARY zstd REQUIRED)
add_library(zstd INTERFACE)
target_link_libraries(zstd INTERFACE ${ZSTD_LIBRARY})
