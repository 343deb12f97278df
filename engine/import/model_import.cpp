// SPDX-License-Identifier: Apache-2.0
#include "engine/import/model_import.h"

#include "engine/import/confined_io.h"
#include "engine/import/model_check.h"
#include "engine/import/surface_names.h"
#include "engine/math/pack.h"

#include <assimp/BaseImporter.h>
#include <assimp/Importer.hpp>
#include <assimp/postprocess.h>
#include <assimp/scene.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <set>

namespace importing {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMaxBytes = 200ull << 20;
constexpr uint64_t kMaxVertices = 50'000'000;
constexpr int kMaxDepth = 256;
constexpr uint32_t kMaxLevels = 8;

struct Part {
  std::string model;
  uint32_t level = 0;
  bool blob = false;
};

/// What a node's name says: <model>_lod<n>, <model>_blob, or nothing of that kind.
std::optional<Part> partOf(const std::string& name) {
  if (name.size() > 5 && name.ends_with("_blob")) return Part{name.substr(0, name.size() - 5), 0, true};
  const size_t at = name.rfind("_lod");
  if (at == std::string::npos || at == 0 || at + 5 != name.size()) return std::nullopt;
  const char digit = name.back();
  if (digit < '0' || digit >= static_cast<char>('0' + kMaxLevels)) return std::nullopt;
  return Part{name.substr(0, at), static_cast<uint32_t>(digit - '0'), false};
}

uint32_t srgbByte(float linear) {
  const float c = std::clamp(std::isfinite(linear) ? linear : 0.f, 0.f, 1.f);
  const float s = c <= 0.0031308f ? c * 12.92f : 1.055f * std::pow(c, 1.f / 2.4f) - 0.055f;
  return static_cast<uint32_t>(std::lround(s * 255.f));
}

struct Material {
  glm::vec3 albedo{0.8f};  // linear
  uint32_t surface = 0;
};

class ModelReader {
 public:
  ModelReader(const aiScene& scene, std::string fallbackName, bool yUp)
      : scene_(scene), fallbackName_(std::move(fallbackName)), yUp_(yUp) {}

  base::Result<std::vector<ImportedModel>> read() {
    readMaterials();
    if (scene_.mRootNode == nullptr) return base::Error{"holds no scene"};
    anyNamed_ = namesLevels(*scene_.mRootNode, 0);
    if (!visit(*scene_.mRootNode, aiMatrix4x4(), std::nullopt, 0)) return base::Error{failure_};
    std::vector<ImportedModel> models;
    for (auto& [name, slot] : slots_) {
      ImportedModel model = finished(name, std::move(slot));
      if (!model.levels.empty()) models.push_back(std::move(model));
    }
    if (models.empty()) return base::Error{"holds no triangles"};
    base::Result<std::vector<ImportedModel>> result(std::move(models));
    result.warnings.assign(warnings_.begin(), warnings_.end());
    return result;
  }

 private:
  struct Slot {
    std::array<scene::Mesh, kMaxLevels> levels;
    scene::Mesh blob;
  };

  void readMaterials() {
    for (unsigned i = 0; i < scene_.mNumMaterials; ++i) {
      const aiMaterial& from = *scene_.mMaterials[i];
      Material material;
      aiColor4D color;
      if (from.Get("$clr.base", 0, 0, color) == aiReturn_SUCCESS || from.Get(AI_MATKEY_COLOR_DIFFUSE, color) == aiReturn_SUCCESS) {
        material.albedo = {color.r, color.g, color.b};
      }
      aiString name;
      from.Get(AI_MATKEY_NAME, name);
      material.surface = surfaceOfMaterial(name.C_Str()).value_or(gpu_types::packSurface(gpu_types::kSurfacePlain));
      if (from.GetTextureCount(aiTextureType_DIFFUSE) > 0 || from.GetTextureCount(aiTextureType_BASE_COLOR) > 0) {
        warnings_.insert("textures are not read: base colours are shown instead");
      }
      materials_.push_back(material);
    }
    if (scene_.HasAnimations()) warnings_.insert("animations are not read");
  }

  bool namesLevels(const aiNode& node, int depth) const {
    if (depth > kMaxDepth) return false;
    if (partOf(node.mName.C_Str())) return true;
    for (unsigned i = 0; i < node.mNumChildren; ++i) {
      if (namesLevels(*node.mChildren[i], depth + 1)) return true;
    }
    return false;
  }

  bool visit(const aiNode& node, const aiMatrix4x4& parent, std::optional<Part> part, int depth) {
    if (depth > kMaxDepth) return fail("nests its nodes more than 256 deep");
    const aiMatrix4x4 transform = parent * node.mTransformation;
    if (std::optional<Part> own = partOf(node.mName.C_Str())) part = std::move(own);
    for (unsigned i = 0; i < node.mNumMeshes; ++i) {
      if (node.mMeshes[i] >= scene_.mNumMeshes) return fail("names a mesh that is not there");
      const aiMesh& mesh = *scene_.mMeshes[node.mMeshes[i]];
      if (anyNamed_ && !part) {
        warnings_.insert("nodes outside every level are left out");
        continue;
      }
      Slot& slot = slots_[part ? part->model : fallbackName_];
      if (!append(mesh, transform, part && part->blob ? slot.blob : slot.levels[part ? part->level : 0])) return false;
    }
    for (unsigned i = 0; i < node.mNumChildren; ++i) {
      if (!visit(*node.mChildren[i], transform, part, depth + 1)) return false;
    }
    return true;
  }

  glm::vec3 turned(const aiVector3D& v) const { return yUp_ ? glm::vec3(v.z, v.x, v.y) : glm::vec3(v.x, v.y, v.z); }

  /// True when every vertex colour is a grey: then it is openness, not colour.
  static bool colorsAreOpenness(const aiMesh& mesh) {
    for (unsigned i = 0; i < mesh.mNumVertices; ++i) {
      const aiColor4D& c = mesh.mColors[0][i];
      if (std::abs(c.r - c.g) > 0.003f || std::abs(c.r - c.b) > 0.003f) return false;
    }
    return true;
  }

  bool append(const aiMesh& from, const aiMatrix4x4& transform, scene::Mesh& to) {
    if (!from.HasPositions() || !from.HasFaces()) return true;
    vertexCount_ += from.mNumVertices;
    if (vertexCount_ > kMaxVertices) return fail("has more than 50 million vertices");
    const auto first = static_cast<uint32_t>(to.vertices.size());
    aiMatrix3x3 normalTransform(transform);
    if (std::abs(normalTransform.Determinant()) > 1e-12f) normalTransform.Inverse().Transpose();
    const bool mirrored = aiMatrix3x3(transform).Determinant() < 0;
    const Material material = from.mMaterialIndex < materials_.size() ? materials_[from.mMaterialIndex] : Material{};
    const bool openness = from.HasVertexColors(0) && colorsAreOpenness(from);
    for (unsigned i = 0; i < from.mNumVertices; ++i) {
      const glm::vec3 position = turned(transform * from.mVertices[i]);
      if (!(glm::all(glm::lessThan(glm::abs(position), glm::vec3(1e7f))))) return fail("has a vertex that is not finite or beyond 10,000 km");
      glm::vec3 normal(0, 0, 1);
      if (from.HasNormals()) {
        const glm::vec3 n = turned(normalTransform * from.mNormals[i]);
        const float length = glm::length(n);
        if (length > 1e-12f && std::isfinite(length)) normal = n / length;
      }
      glm::vec2 uv(0);
      if (from.HasTextureCoords(0)) uv = {from.mTextureCoords[0][i].x, 1.f - from.mTextureCoords[0][i].y};
      if (!std::isfinite(uv.x) || !std::isfinite(uv.y)) uv = {};
      to.vertices.push_back({position, math::packNormal(normal), colorOf(from, i, material, openness), math::packSurfaceUv(uv),
                             material.surface, gpu_types::kNoObject});
    }
    return appendFaces(from, first, mirrored, to);
  }

  static uint32_t colorOf(const aiMesh& mesh, unsigned vertex, const Material& material, bool openness) {
    glm::vec3 albedo = material.albedo;
    uint32_t open = 255;
    if (mesh.HasVertexColors(0)) {
      const aiColor4D& c = mesh.mColors[0][vertex];
      if (openness) {
        open = static_cast<uint32_t>(std::lround(std::clamp(std::isfinite(c.r) ? c.r : 1.f, 0.f, 1.f) * 255.f));
      } else {
        albedo *= glm::vec3(c.r, c.g, c.b);
      }
    }
    return math::packColor(srgbByte(albedo.r), srgbByte(albedo.g), srgbByte(albedo.b), open);
  }

  bool appendFaces(const aiMesh& from, uint32_t first, bool mirrored, scene::Mesh& to) {
    for (unsigned f = 0; f < from.mNumFaces; ++f) {
      const aiFace& face = from.mFaces[f];
      if (face.mNumIndices < 3) continue;  // points and lines
      for (unsigned k = 0; k < face.mNumIndices; ++k) {
        if (face.mIndices[k] >= from.mNumVertices) return fail("has an index beyond its vertices");
      }
      for (unsigned k = 2; k < face.mNumIndices; ++k) {
        const std::array<uint32_t, 3> t{face.mIndices[0], face.mIndices[mirrored ? k : k - 1], face.mIndices[mirrored ? k - 1 : k]};
        for (const uint32_t index : t) to.indices.push_back(first + index);
      }
    }
    return true;
  }

  static ImportedModel finished(const std::string& name, Slot slot) {
    ImportedModel model;
    model.name = name;
    for (uint32_t i = 0; i < kMaxLevels; ++i) {
      scene::Mesh& mesh = slot.levels[i];
      if (mesh.indices.empty()) continue;
      mesh.name = name + "_lod" + std::to_string(i);
      measure(mesh);
      model.levels.push_back(std::move(mesh));
    }
    if (!slot.blob.indices.empty()) {
      slot.blob.name = name + "_blob";
      measure(slot.blob);
      model.blob = std::move(slot.blob);
    }
    if (model.levels.empty()) return model;
    for (const scene::Vertex& v : model.levels.front().vertices) model.radius = std::max(model.radius, glm::length(v.position));
    model.height = model.levels.front().bounds.high.z;
    return model;
  }

  static void measure(scene::Mesh& mesh) {
    for (const scene::Vertex& v : mesh.vertices) mesh.bounds.add(v.position);
  }

  bool fail(const char* why) {
    failure_ = why;
    return false;
  }

  const aiScene& scene_;
  std::string fallbackName_;
  bool yUp_;
  bool anyNamed_ = false;
  std::vector<Material> materials_;
  std::map<std::string, Slot> slots_;
  std::set<std::string> warnings_;
  std::string failure_;
  uint64_t vertexCount_ = 0;
};

std::string oneLine(std::string text) {
  std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < 32; }, ' ');
  if (text.size() > 300) text.resize(300);
  return text;
}

/// Why the file may not even be opened, empty when it may.
std::string refusal(const fs::path& file, const std::string& ending) {
  static constexpr std::array kEndings{".glb", ".gltf", ".obj", ".stl", ".dae"};
  if (std::find(kEndings.begin(), kEndings.end(), ending) == kEndings.end()) {
    return "only .glb, .gltf, .obj, .stl and .dae models are read";
  }
  std::error_code failed;
  if (!fs::is_regular_file(file, failed)) return "no such file";
  const auto size = fs::file_size(file, failed);
  if (failed) return "cannot be read";
  if (size == 0) return "the file is empty";
  if (size > kMaxBytes) return "larger than 200 MB: split or simplify it";
  return refusalOfContent(file, ending);
}

/// Leaves only the readers of this ending: Assimp would otherwise try all of its fifty on the content.
void keepReadersOf(const std::string& ending, Assimp::Importer& importer) {
  for (size_t i = importer.GetImporterCount(); i-- > 0;) {
    Assimp::BaseImporter* reader = importer.GetImporter(i);
    std::set<std::string> extensions;
    reader->GetExtensionList(extensions);
    if (extensions.count(ending.substr(1)) > 0) continue;
    importer.UnregisterLoader(reader);
    delete reader;  // unregistering hands it over
  }
}

}  // namespace

base::Result<std::vector<ImportedModel>> importModels(const fs::path& file) {
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto error = [&](const std::string& why) { return base::Error{file.string() + ": " + oneLine(why)}; };
  try {
    if (const std::string why = refusal(file, ending); !why.empty()) return error(why);
    Assimp::Importer importer;
    keepReadersOf(ending, importer);
    auto io = std::make_unique<ConfinedIo>(file.parent_path(), kMaxBytes);
    const ConfinedIo& confined = *io;
    importer.SetIOHandler(io.release());  // the importer owns it
    const aiScene* scene = importer.ReadFile(file.string(), aiProcess_ValidateDataStructure);
    if (scene != nullptr && (scene->mFlags & AI_SCENE_FLAGS_INCOMPLETE) == 0) {
      bool normals = true;
      for (unsigned i = 0; i < scene->mNumMeshes; ++i) normals = normals && scene->mMeshes[i]->HasNormals();
      if (!normals) scene = importer.ApplyPostProcessing(aiProcess_Triangulate | aiProcess_GenNormals);
    }
    if (scene == nullptr) {
      const std::string outside = confined.refused().empty() ? "" : " (refused to open " + confined.refused() + ")";
      return error(std::string(importer.GetErrorString()) + outside);
    }
    auto result = ModelReader(*scene, file.stem().string(), ending != ".stl").read();
    if (!result.ok()) return error(result.error());
    for (std::string& warning : result.warnings) warning = file.string() + ": " + warning;
    return result;
  } catch (const std::exception& failure) {  // Assimp throws on some broken files
    return error(std::string("cannot be read: ") + failure.what());
  } catch (...) {
    return error("cannot be read");
  }
}

}  // namespace importing
