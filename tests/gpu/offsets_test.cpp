// SPDX-License-Identifier: Apache-2.0
// The structures that C++ and GLSL share have the same layout in both: what the compiled shaders say
// is compared with offsetof.
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>

#include "engine/gpu/shader.h"
#include "engine/render/push.h"
#include "shaders/shared/gpu_types.h"
#include "tests/gpu/spirv.h"

namespace {

using Offsets = std::map<std::string, uint32_t>;

#define MEMBER(type, member) {#member, static_cast<uint32_t>(offsetof(type, member))}

using namespace gpu_types;

const Offsets kFrameData{
    MEMBER(FrameData, view), MEMBER(FrameData, projection), MEMBER(FrameData, viewProjection),
    MEMBER(FrameData, inverseViewProjection), MEMBER(FrameData, cascade), MEMBER(FrameData, cascadeRadius),
    MEMBER(FrameData, cameraPosition), MEMBER(FrameData, nearPlane), MEMBER(FrameData, sunDirection),
    MEMBER(FrameData, sunVisibility), MEMBER(FrameData, sunColor), MEMBER(FrameData, exposure),
    MEMBER(FrameData, skyZenith), MEMBER(FrameData, nightFactor), MEMBER(FrameData, skyHorizon),
    MEMBER(FrameData, hour), MEMBER(FrameData, skyGlow), MEMBER(FrameData, autumn), MEMBER(FrameData, groundAmbient),
    MEMBER(FrameData, wetness), MEMBER(FrameData, fogColor), MEMBER(FrameData, fogDensity),
    MEMBER(FrameData, fieldOrigin), MEMBER(FrameData, fieldInverseSize), MEMBER(FrameData, viewportSize),
    MEMBER(FrameData, inverseViewport), MEMBER(FrameData, timeMs), MEMBER(FrameData, frameIndex),
    MEMBER(FrameData, cascadeCount), MEMBER(FrameData, selectedPick), MEMBER(FrameData, hoveredPick),
    MEMBER(FrameData, fogBase), MEMBER(FrameData, fogFalloff), MEMBER(FrameData, rain)};
const Offsets kInstance{MEMBER(Instance, position0), MEMBER(Instance, yaw0), MEMBER(Instance, position1),
                        MEMBER(Instance, yaw1), MEMBER(Instance, time0), MEMBER(Instance, time1),
                        MEMBER(Instance, pitch), MEMBER(Instance, scale), MEMBER(Instance, color),
                        MEMBER(Instance, state), MEMBER(Instance, pick), MEMBER(Instance, seed)};
const Offsets kObject{MEMBER(Object, state), MEMBER(Object, color)};
const Offsets kLight{MEMBER(Light, position), MEMBER(Light, radius), MEMBER(Light, color), MEMBER(Light, intensity)};
const Offsets kPush{MEMBER(render::Push, shadowMatrix), MEMBER(render::Push, layer), MEMBER(render::Push, flags)};

/// Every structure of that name in every shader agrees; at least one shader has it.
void expectSame(const std::string& name, const Offsets& expected) {
  int found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(gpu::shaderFolder())) {
    if (entry.path().extension() != ".spv") continue;
    const base::Result<std::vector<uint32_t>> words = gpu::loadShader(entry.path().stem().string());
    ASSERT_TRUE(words.ok()) << words.error();
    const std::map<std::string, spirv::Struct> structs = spirv::readStructs(*words);
    const auto it = structs.find(name);
    if (it == structs.end()) continue;
    ++found;
    EXPECT_EQ(it->second.offsets, expected) << name << " in " << entry.path();
  }
  EXPECT_GT(found, 0) << name << " is in no shader";
}

TEST(Offsets, FrameData) { expectSame("FrameData", kFrameData); }
TEST(Offsets, Instance) { expectSame("Instance", kInstance); }
TEST(Offsets, Object) { expectSame("Object", kObject); }
TEST(Offsets, Light) { expectSame("Light", kLight); }
TEST(Offsets, PushConstants) { expectSame("PushBlock", kPush); }

TEST(Offsets, TheReaderSeesADifference) {
  Offsets wrong = kObject;
  wrong["color"] = 8;
  EXPECT_NE(wrong, kObject);
}

}  // namespace
