# SPDX-License-Identifier: Apache-2.0
# Compiles every shader of shaders/ to SPIR-V in <build>/shaders, optimised and with its include
# paths, and embeds nothing: the program loads them beside itself (or from ALPHACITY_SHADERS).
# Those that draw instances are compiled twice (shaders/lib/instance_source.glsl).
find_program(GLSLC glslc REQUIRED)
file(GLOB shader_sources CONFIGURE_DEPENDS
     ${PROJECT_SOURCE_DIR}/shaders/*.vert ${PROJECT_SOURCE_DIR}/shaders/*.frag ${PROJECT_SOURCE_DIR}/shaders/*.comp)
set(shader_outputs)
function(add_shader source name)
  set(output ${PROJECT_BINARY_DIR}/shaders/${name}.spv)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${GLSLC} --target-env=vulkan1.3 -O -g ${ARGN} -I ${PROJECT_SOURCE_DIR}/shaders -MD -MF ${output}.d -o ${output} ${source}
    DEPENDS ${source} DEPFILE ${output}.d COMMENT "glslc ${name}")
  set(shader_outputs ${shader_outputs} ${output} PARENT_SCOPE)
endfunction()
foreach(source ${shader_sources})
  get_filename_component(file ${source} NAME)
  add_shader(${source} ${file})
  if(file MATCHES "^(instance|shadow_instance|headlight)\\.vert$")
    add_shader(${source} ${CMAKE_MATCH_1}_rows.vert -DINSTANCE_ROWS)
  endif()
endforeach()
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/shaders)
add_custom_target(alphacity_shaders ALL DEPENDS ${shader_outputs})
