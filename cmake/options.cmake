# SPDX-License-Identifier: Apache-2.0
# Warnings, hardening, linker and compiler cache for our own targets.
add_library(alphacity_options INTERFACE)
target_compile_options(alphacity_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wno-sign-conversion
                       -Wno-missing-field-initializers) # designated initialisers leave the rest at their defaults
# GCC 12 sees overlaps in std::string's operator+ that are not there (GCC bug 105651).
target_compile_options(alphacity_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
if(ALPHACITY_WERROR)
  target_compile_options(alphacity_options INTERFACE -Werror)
endif()
target_compile_options(alphacity_options INTERFACE -fstack-protector-strong -fno-plt)
if(CMAKE_BUILD_TYPE MATCHES "Rel" AND NOT ALPHACITY_SANITIZE)
  target_compile_definitions(alphacity_options INTERFACE _FORTIFY_SOURCE=2)
endif()
target_include_directories(alphacity_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
if(ALPHACITY_SANITIZE)
  add_compile_options(-fsanitize=${ALPHACITY_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${ALPHACITY_SANITIZE})
endif()
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Clones in different folders share what was compiled.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()
