// SPDX-License-Identifier: Apache-2.0
// Every structure that C++ and GLSL share, compiled by both with scalar layout.
// tests/gpu/offsets_test.cpp compares the SPIR-V offsets with offsetof.
#ifndef ALPHACITY_GPU_TYPES_H
#define ALPHACITY_GPU_TYPES_H
#ifdef __cplusplus
#include <cstdint>
#include "engine/math/glm.h"
namespace gpu_types {
using uint = uint32_t;
using glm::mat4;
using glm::vec2;
using glm::vec3;
using glm::vec4;
#define GPU_CONST constexpr uint
#else
#define GPU_CONST const uint
#endif

// Surface kinds: how a fragment is shaded (low 8 bits of Vertex.surface; bits 8..15 = `param`,
// bits 16..31 = `seed`).
GPU_CONST kSurfacePlain = 0u;       // albedo as given
GPU_CONST kSurfaceTerrain = 1u;     // ground: albedo with broad variation
GPU_CONST kSurfaceRoad = 2u;        // uv = (metres right of the centre line, metres along); seed = lanes and markings, see packRoadSeed
GPU_CONST kSurfaceJunction = 3u;    // asphalt without markings
GPU_CONST kSurfaceCrosswalk = 4u;   // uv = (metres across the carriageway, metres along the road within the band)
GPU_CONST kSurfacePaving = 5u;      // sidewalks, plazas: slab joints
GPU_CONST kSurfaceFacade = 6u;      // uv = (metres along the wall, metres above the ground); param = use (kUse...), seed = building
GPU_CONST kSurfaceRoof = 7u;
GPU_CONST kSurfaceWater = 8u;       // transparent pass
GPU_CONST kSurfaceFoliage = 9u;     // param = 0 evergreen, 1 deciduous (autumn colour by instance seed)
GPU_CONST kSurfaceGlass = 10u;      // reflects the sky
GPU_CONST kSurfaceBody = 11u;       // albedo is multiplied by the instance colour (vehicles, bins)
GPU_CONST kSurfaceHeadlight = 12u;  // lit by kStateHeadlights
GPU_CONST kSurfaceTaillight = 13u;  // dim with headlights, bright with kStateBrake
GPU_CONST kSurfaceLens = 14u;       // signal lens: param = lens index, lit when bit `param` of the level is set
GPU_CONST kSurfaceLampHead = 15u;   // lit by kStateLampOn times level
GPU_CONST kSurfacePitch = 16u;      // mown stripes
GPU_CONST kSurfaceSeats = 17u;      // stadium rows
GPU_CONST kSurfaceScreen = 18u;     // media wall: glows in the instance colour by level
GPU_CONST kSurfaceBlob = 19u;       // soft contact shadow quad under a vehicle: transparent pass, uv -1..1 metres
GPU_CONST kSurfaceStatus = 20u;     // data mark: emissive in the instance colour, hollow when dead
GPU_CONST kSurfaceGauge = 21u;      // fill gauge: uv.y 0..1 m, emissive in the instance colour below level
GPU_CONST kSurfaceGhost = 22u;      // proposal buildings: translucent white with a fine edge
GPU_CONST kSurfaceParking = 23u;    // asphalt with bay lines, uv in metres
GPU_CONST kSurfaceIndicator = 24u;  // param 0 left, 1 right
GPU_CONST kSurfaceZone = 25u;       // area on the ground in its own colour, hatched: transparent pass, uv in metres

// Building use, for windows at night (Vertex.surface param of facades).
GPU_CONST kUseOffice = 0u;
GPU_CONST kUseApartment = 1u;
GPU_CONST kUseDetached = 2u;
GPU_CONST kUseShop = 3u;
GPU_CONST kUseMall = 4u;
GPU_CONST kUsePublic = 5u;
GPU_CONST kUseCulture = 6u;         // few windows
GPU_CONST kUseParking = 7u;         // open decks
GPU_CONST kUsePlant = 8u;           // blank walls

// Instance and object state bits.
GPU_CONST kStateAgeMask = 0xffu;        // age in sixteenths of the expected period, saturated
GPU_CONST kStateQualityShift = 8u;      // two bits: 0 good, 1 stale, 2 dead, 3 bad
GPU_CONST kStateHeadlights = 1u << 10;
GPU_CONST kStateBrake = 1u << 11;
GPU_CONST kStateIndicatorLeft = 1u << 12;
GPU_CONST kStateIndicatorRight = 1u << 13;
GPU_CONST kStateLampOn = 1u << 14;
GPU_CONST kStateBlink = 1u << 15;       // unacknowledged alarm: only the symbol blinks
GPU_CONST kStateLevelShift = 16u;       // eight bits: dimming, fill, or lit lenses
GPU_CONST kStateSelected = 1u << 24;
GPU_CONST kStateHovered = 1u << 25;
GPU_CONST kStateHidden = 1u << 26;
GPU_CONST kStateGhost = 1u << 27;
GPU_CONST kStateTinted = 1u << 28;      // objects: colour replaces the albedo (data layers)

// Pick ids in the R32_UINT id attachment: 0 nothing, static objects index + 1, instances slot | kPickInstance.
GPU_CONST kPickInstance = 0x80000000u;
GPU_CONST kNoObject = 0xffffffffu;
GPU_CONST kMaxCascades = 4u;

struct Vertex {        // 32 bytes
  vec3 position;       // metres, city frame (statics) or model frame (x forward, y left, z up)
  uint normal;         // octahedral, 2 x snorm16
  uint color;          // sRGB albedo, alpha = baked openness (255 open, 0 occluded)
  uint uv;             // 2 x 16 bits, (value + 512 m) * 64
  uint surface;        // kind | param << 8 | seed << 16
  uint object;         // index into the object table, or kNoObject
};

struct Instance {      // 64 bytes
  vec3 position0;      // pose at time0
  float yaw0;          // radians, counter-clockwise from +x
  vec3 position1;      // pose at time1
  float yaw1;
  uint time0;          // milliseconds of the scene clock, modulo 2^32
  uint time1;
  float pitch;         // radians, nose up
  uint scale;          // 2 x half: horizontal, vertical
  uint color;          // sRGB, alpha = emission
  uint state;          // kState...
  uint pick;           // value for the id attachment
  uint seed;           // procedural variety
};

struct Object {        // 8 bytes: state of one static object (a building, a road)
  uint state;
  uint color;          // sRGB tint when kStateTinted
};

struct Light {         // 32 bytes: one lamp that lights the ground
  vec3 position;       // of the light source
  float radius;        // metres, on the ground
  vec3 color;          // linear
  float intensity;     // 0 off .. 1 full
};

struct LinePoint {     // 32 bytes; the attributes of line.vert
  vec3 position;
  float along;         // metres from the line's start
  uint color;          // sRGB + alpha
  float width;         // pixels at 1080p; negative: metres
  float flow;          // m/s of the moving dashes, 0 = solid
  uint flags;          // bit 0: first point of its line, bit 1: last, bit 2: seen through buildings, bit 3: dashed
};

struct FrameData {     // one per view and frame
  mat4 view;           // world to view
  mat4 projection;     // reverse-z
  mat4 viewProjection;
  mat4 inverseViewProjection;
  mat4 cascade[kMaxCascades];  // world to shadow texture space (xy 0..1, z reverse)
  vec4 cascadeRadius;  // metres of each cascade's half side; 0 = unused
  vec3 cameraPosition;
  float nearPlane;
  vec3 sunDirection;   // towards the sun or moon that casts the shadow
  float sunVisibility; // 0 below the horizon .. 1
  vec3 sunColor;       // linear radiance scale
  float exposure;
  vec3 skyZenith;
  float nightFactor;   // 0 day .. 1 night: windows, lamps
  vec3 skyHorizon;
  float hour;          // local time of day 0..24, for windows
  vec3 skyGlow;        // colour round the sun at the horizon
  float autumn;        // 0 summer .. 1 deep autumn
  vec3 groundAmbient;
  float wetness;       // 0 dry .. 1 wet road
  vec3 fogColor;
  float fogDensity;    // 1/m
  vec2 fieldOrigin;    // ground field texture: world xy of its corner
  vec2 fieldInverseSize;  // 1 / metres
  vec2 viewportSize;   // pixels
  vec2 inverseViewport;
  uint timeMs;         // scene clock, modulo 2^32
  uint frameIndex;
  uint cascadeCount;
  uint selectedPick;   // 0 none
  uint hoveredPick;
  float fogBase;       // elevation where fog density is fogDensity
  float fogFalloff;    // 1/m
  float rain;          // 0..1
};

#ifdef __cplusplus
static_assert(sizeof(Vertex) == 32 && sizeof(Instance) == 64 && sizeof(Object) == 8 && sizeof(Light) == 32 &&
              sizeof(LinePoint) == 32);
/// Markings of a road, in the 16-bit seed of kSurfaceRoad vertices.
constexpr uint packRoadSeed(uint lanesForward, uint lanesBackward, bool median, bool busLane, uint laneWidthDm, uint roadClass) {
  return (lanesForward & 7u) | (lanesBackward & 7u) << 3 | (median ? 64u : 0u) | (busLane ? 128u : 0u) |
         ((laneWidthDm - 24u) & 15u) << 8 | (roadClass & 15u) << 12;
}
constexpr uint packSurface(uint kind, uint param = 0, uint seed = 0) { return kind | (param & 255u) << 8 | (seed & 0xffffu) << 16; }
}  // namespace gpu_types
#endif
#undef GPU_CONST
#endif  // ALPHACITY_GPU_TYPES_H
