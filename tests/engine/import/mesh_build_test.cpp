// SPDX-License-Identifier: Apache-2.0
#include "engine/import/mesh_build.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace {

using importing::MeshBuilder;
using importing::Ring;

float areaOf(const std::vector<glm::vec2>& points, const std::vector<uint32_t>& triangles) {
  float sum = 0;
  for (size_t i = 0; i < triangles.size(); i += 3) {
    const glm::vec2 a = points[triangles[i]];
    const glm::vec2 b = points[triangles[i + 1]] - a;
    const glm::vec2 c = points[triangles[i + 2]] - a;
    EXPECT_GT(b.x * c.y - b.y * c.x, 0.f);
    sum += (b.x * c.y - b.y * c.x) / 2;
  }
  return sum;
}

float volumeOf(const scene::Mesh& mesh) {
  float sum = 0;
  for (size_t i = 0; i < mesh.indices.size(); i += 3) {
    const glm::vec3 a = mesh.vertices[mesh.indices[i]].position;
    const glm::vec3 b = mesh.vertices[mesh.indices[i + 1]].position;
    const glm::vec3 c = mesh.vertices[mesh.indices[i + 2]].position;
    sum += glm::dot(a, glm::cross(b, c)) / 6;
  }
  return sum;
}

TEST(Triangulate, CoversConcaveRingsOfEitherTurn) {
  Ring ring{{0, 0}, {4, 0}, {4, 3}, {2, 1}, {0, 3}};
  EXPECT_NEAR(areaOf(ring, importing::triangulate(ring)), importing::signedArea(ring), 1e-5);
  std::reverse(ring.begin(), ring.end());
  EXPECT_LT(importing::signedArea(ring), 0);
  EXPECT_NEAR(areaOf(ring, importing::triangulate(ring)), -importing::signedArea(ring), 1e-5);
}

TEST(Triangulate, LeavesHolesOpen) {
  const Ring outer{{0, 0}, {10, 0}, {10, 10}, {0, 10}};
  const std::vector<Ring> holes{{{1, 1}, {3, 1}, {3, 3}, {1, 3}}, {{6, 2}, {6, 4}, {8, 4}, {8, 2}}, {{4, 6}, {6, 6}, {5, 8}}};
  std::vector<glm::vec2> points(outer);
  for (const Ring& hole : holes) points.insert(points.end(), hole.begin(), hole.end());
  EXPECT_NEAR(areaOf(points, importing::triangulate(outer, holes)), 100 - 4 - 4 - 2, 1e-4);
}

TEST(Triangulate, CoversRandomStarsWithAHole) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> radius(5.f, 10.f);
  for (int round = 0; round < 50; ++round) {
    Ring outer;
    Ring hole;
    for (int i = 0; i < 40; ++i) {
      const float angle = 6.2831853f * static_cast<float>(i) / 40.f;
      outer.push_back(glm::vec2(std::cos(angle), std::sin(angle)) * radius(random));
      hole.push_back(glm::vec2(std::cos(angle), std::sin(angle)) * radius(random) * 0.4f);
    }
    std::vector<glm::vec2> points(outer);
    points.insert(points.end(), hole.begin(), hole.end());
    const double expected = importing::signedArea(outer) - importing::signedArea(hole);
    EXPECT_NEAR(areaOf(points, importing::triangulate(outer, std::vector<Ring>{hole})), expected, 1e-2);
  }
}

TEST(Triangulate, SurvivesBrokenRings) {
  EXPECT_TRUE(importing::triangulate(Ring{}).empty());
  EXPECT_TRUE(importing::triangulate(Ring{{1, 1}, {1, 1}, {1, 1}}).empty());
  EXPECT_TRUE(importing::triangulate(Ring{{0, 0}, {1, 0}, {2, 0}}).empty());
  const Ring bow{{0, 0}, {2, 2}, {2, 0}, {0, 2}};
  importing::triangulate(bow);  // ends
  const Ring closed{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};
  EXPECT_EQ(importing::triangulate(closed).size(), 6u);
}

TEST(MeshBuilder, BoxesAndPrismsAreClosedAndFaceOut) {
  scene::Mesh mesh;
  MeshBuilder(mesh).addBox({5, 6, 7}, {1, 2, 3}, 0.7f, true);
  EXPECT_NEAR(volumeOf(mesh), 48.f, 1e-2);
  scene::Mesh prism;
  MeshBuilder builder(prism);
  const Ring ring{{0, 0}, {0, 4}, {4, 4}, {4, 0}};  // clockwise on purpose
  builder.addPrism(ring, 0, 5, {}, std::vector<Ring>{{{1, 1}, {2, 1}, {2, 2}, {1, 2}}});
  EXPECT_NEAR(volumeOf(prism), (16.f - 1.f) * 5.f, 1e-2);  // the floor lies in z = 0 and adds nothing
}

TEST(MeshBuilder, RoundBodiesFaceOut) {
  scene::Mesh column;
  MeshBuilder(column).addColumn({0, 0, 0}, 1, 1, 2, 64);
  EXPECT_NEAR(volumeOf(column), 6.28f, 0.03f);
  scene::Mesh ball;
  MeshBuilder(ball).addEllipsoid({0, 0, 0}, {1, 1, 1}, 48, 24);
  EXPECT_NEAR(volumeOf(ball), 4.19f, 0.05f);
}

TEST(MeshBuilder, WallUvStaysPackable) {
  scene::Mesh mesh;
  MeshBuilder builder(mesh);
  const Ring ring{{0, 0}, {400, 0}, {400, 300}, {0, 300}};
  builder.addWalls(ring, 0, 10);
  ASSERT_EQ(mesh.vertices.size(), 16u);
  for (size_t wall = 0; wall < 4; ++wall) {
    const auto u = [&](size_t i) { return static_cast<float>(mesh.vertices[wall * 4 + i].uv & 0xffffu) / 64.f - 512.f; };
    EXPECT_NEAR(u(1) - u(0), wall % 2 == 0 ? 400.f : 300.f, 0.05f);
  }
}

TEST(MeshBuilder, LongStripsKeepTheirLengthInUv) {
  scene::Mesh mesh;
  MeshBuilder builder(mesh);
  std::vector<glm::vec3> left;
  std::vector<glm::vec3> right;
  std::vector<float> along;
  for (int i = 0; i <= 100; ++i) {
    const float y = 20.f * static_cast<float>(i);
    left.push_back({-3, y, 0});
    right.push_back({3, y, 0});
    along.push_back(y);
  }
  builder.addStrip(left, right, along, -3, 3);
  EXPECT_EQ(mesh.indices.size(), 600u);
  for (size_t i = 0; i < mesh.indices.size(); i += 3) {
    float low = 1e9f;
    float high = -1e9f;
    for (size_t k = 0; k < 3; ++k) {
      const float v = static_cast<float>(mesh.vertices[mesh.indices[i + k]].uv >> 16) / 64.f - 512.f;
      low = std::min(low, v);
      high = std::max(high, v);
    }
    EXPECT_NEAR(high - low, 20.f, 0.05f);
    const glm::vec3 a = mesh.vertices[mesh.indices[i]].position;
    const glm::vec3 n = glm::cross(mesh.vertices[mesh.indices[i + 1]].position - a, mesh.vertices[mesh.indices[i + 2]].position - a);
    EXPECT_GT(n.z, 0);
  }
}

}  // namespace
