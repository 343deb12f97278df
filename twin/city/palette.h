// SPDX-License-Identifier: Apache-2.0
// The quiet colours of the ground, sRGB as 0xRRGGBB; the calm architectural model in which data glow.
#pragma once

#include <cstdint>

namespace city::palette {

constexpr uint32_t kPaving = 0xD9D4CA;
constexpr uint32_t kKerb = 0xC6C1B7;
constexpr uint32_t kMeadow = 0xA9B58C;
constexpr uint32_t kLawn = 0x9DAE7E;
constexpr uint32_t kWoodFloor = 0x7D8C66;
constexpr uint32_t kFarmland = 0xB9B78D;
constexpr uint32_t kPlaza = 0xDDD8CE;
constexpr uint32_t kPitch = 0x8FA96F;
constexpr uint32_t kAsphalt = 0x4B4F55;
constexpr uint32_t kParkingAsphalt = 0x63666A;
constexpr uint32_t kMarking = 0xECEBE6;
constexpr uint32_t kWater = 0x5E8FA6;
constexpr uint32_t kWaterBed = 0x4A6B78;
constexpr uint32_t kConcrete = 0xB9B6AF;
constexpr uint32_t kBallast = 0x8B8680;
constexpr uint32_t kTownGround = 0xC6C4AC;  // between buildings: a mix of paving and green

}  // namespace city::palette
