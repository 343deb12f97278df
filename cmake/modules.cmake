# SPDX-License-Identifier: Apache-2.0

# alphacity_module(<folder> USES <public targets> PRIVATE <private targets>): the static library of
# one folder, named after it (engine/base -> engine_base). Sources are the folder's own .cpp files,
# sub-folders included.
function(alphacity_module folder)
  cmake_parse_arguments(ARG "" "" "USES;PRIVATE" ${ARGN})
  string(REPLACE "/" "_" name ${folder})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC alphacity_options ${ARG_USES} PRIVATE ${ARG_PRIVATE})
  else() # a folder of headers only
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE alphacity_options ${ARG_USES} ${ARG_PRIVATE})
  endif()
endfunction()

# alphacity_program(<name> <source> [WITH <more sources>] USES <targets>): an executable, placed in the build folder's root.
function(alphacity_program name source)
  cmake_parse_arguments(ARG "" "" "WITH;USES" ${ARGN})
  if(NOT EXISTS ${PROJECT_SOURCE_DIR}/${source})
    return()
  endif()
  list(TRANSFORM ARG_WITH PREPEND ${PROJECT_SOURCE_DIR}/)
  add_executable(${name} ${PROJECT_SOURCE_DIR}/${source} ${ARG_WITH})
  target_link_libraries(${name} PRIVATE alphacity_options ${ARG_USES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
endfunction()

# GTFS-Realtime's protobuf schema, compiled once.
set(gtfs_proto ${PROJECT_SOURCE_DIR}/twin/feeds/gtfs-realtime.proto)
if(EXISTS ${gtfs_proto})
  set(gtfs_out ${PROJECT_BINARY_DIR}/generated)
  file(MAKE_DIRECTORY ${gtfs_out})
  add_custom_command(
    OUTPUT ${gtfs_out}/gtfs-realtime.pb.cc ${gtfs_out}/gtfs-realtime.pb.h
    COMMAND protobuf::protoc --cpp_out=${gtfs_out} -I ${PROJECT_SOURCE_DIR}/twin/feeds ${gtfs_proto}
    DEPENDS ${gtfs_proto} COMMENT "protoc gtfs-realtime.proto")
  add_library(gtfs_realtime_pb STATIC ${gtfs_out}/gtfs-realtime.pb.cc)
  target_include_directories(gtfs_realtime_pb SYSTEM PUBLIC ${gtfs_out})
  target_link_libraries(gtfs_realtime_pb PUBLIC protobuf::libprotobuf)
  target_link_libraries(gtfs_realtime INTERFACE gtfs_realtime_pb)
endif()
