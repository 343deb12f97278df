// SPDX-License-Identifier: Apache-2.0
#include "engine/import/model_check.h"

#include <simdjson.h>

#include <cstring>
#include <fstream>
#include <limits>
#include <vector>

namespace importing {
namespace {

namespace fs = std::filesystem;
using simdjson::dom::element;

constexpr size_t kMaxNodeDepth = 256;
constexpr size_t kMaxElementDepth = 512;
constexpr uint64_t kMaxElements = 50'000'000;
constexpr uint32_t kGlbMagic = 0x46546c67;   // "glTF"
constexpr uint32_t kJsonChunk = 0x4e4f534a;  // "JSON"

uint32_t wordAt(const std::string& bytes, size_t at) {
  uint32_t word = 0;
  std::memcpy(&word, bytes.data() + at, sizeof word);
  return word;
}

/// The JSON text of a .gltf or .glb file into `json`.
std::string readJson(const fs::path& file, bool binary, std::string& json) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return "cannot be read";
  std::error_code failed;
  const uint64_t size = fs::file_size(file, failed);
  if (failed) return "cannot be read";
  uint64_t length = size;
  if (binary) {
    std::string header(20, '\0');
    if (!in.read(header.data(), 20)) return "shorter than a glTF header";
    if (wordAt(header, 0) != kGlbMagic) return "is not binary glTF";
    if (wordAt(header, 4) != 2) return "is not glTF version 2";
    if (wordAt(header, 16) != kJsonChunk) return "does not begin with a JSON chunk";
    length = wordAt(header, 12);
    if (length > size - 20) return "its JSON chunk is cut off";
  }
  json.resize(length);
  if (!in.read(json.data(), static_cast<std::streamsize>(length))) return "cannot be read";
  return {};
}

/// The parent of every node, or why the hierarchy is not a forest.
std::string readParents(const element& root, std::vector<size_t>& parents) {
  constexpr size_t kNone = std::numeric_limits<size_t>::max();
  simdjson::dom::array nodes;
  if (root["nodes"].get(nodes) != simdjson::SUCCESS) return {};
  parents.assign(nodes.size(), kNone);
  size_t index = 0;
  for (const element node : nodes) {
    simdjson::dom::array children;
    if (node["children"].get(children) == simdjson::SUCCESS) {
      for (const element child : children) {
        uint64_t c = 0;
        if (child.get(c) != simdjson::SUCCESS || c >= parents.size()) return "names a child node that is not there";
        if (parents[c] != kNone) return "has a node with two parents";
        parents[c] = index;
      }
    }
    ++index;
  }
  return {};
}

std::string checkNodes(const element& root) {
  std::vector<size_t> parents;
  if (std::string why = readParents(root, parents); !why.empty()) return why;
  for (size_t i = 0; i < parents.size(); ++i) {
    size_t depth = 0;
    for (size_t at = i; parents[at] < parents.size(); at = parents[at]) {
      if (++depth > kMaxNodeDepth) return "nests its nodes more than 256 deep";
    }
  }
  return {};
}

/// The first required extension that nobody here reads, as glTF 2.0 section 3.12 asks.
std::string checkExtensions(const element& root) {
  simdjson::dom::array required;
  if (root["extensionsRequired"].get(required) != simdjson::SUCCESS) return {};
  for (const element entry : required) {
    std::string_view name;
    if (entry.get(name) != simdjson::SUCCESS) return "lists a required extension without a name";
    const bool read = name == "KHR_draco_mesh_compression" || name == "KHR_mesh_quantization";
    const bool onlyLooks = name.starts_with("KHR_materials_") || name.starts_with("KHR_texture_") ||
                           name.starts_with("EXT_texture_") || name.starts_with("KHR_lights_");
    if (!read && !onlyLooks) return "needs the extension " + std::string(name) + ", which is not read";
  }
  return {};
}

std::string checkGltf(const fs::path& file, bool binary) {
  std::string text;
  if (std::string why = readJson(file, binary, text); !why.empty()) return why;
  simdjson::dom::parser parser;
  element root;
  if (const auto error = parser.parse(text).get(root)) return std::string("its JSON is broken: ") + simdjson::error_message(error);
  std::string_view version;
  if (root["asset"]["version"].get(version) != simdjson::SUCCESS || !version.starts_with("2.")) return "is not glTF version 2";
  if (std::string why = checkExtensions(root); !why.empty()) return why;
  simdjson::dom::array accessors;
  if (root["accessors"].get(accessors) == simdjson::SUCCESS) {
    for (const element accessor : accessors) {
      uint64_t count = 0;
      if (accessor["count"].get(count) == simdjson::SUCCESS && count > kMaxElements) return "has an accessor of more than 50 million elements";
    }
  }
  return checkNodes(root);
}

/// Counts open elements; comments, declarations and quoted text are stepped over.
std::string checkXmlDepth(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  size_t depth = 0;
  for (size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at)) {
    const auto is = [&](std::string_view what) { return text.compare(at, what.size(), what) == 0; };
    const std::string_view stop = is("<!--") ? "-->" : is("<![CDATA[") ? "]]>" : is("<?") ? "?>" : ">";
    const size_t end = text.find(stop, at + 1);
    if (end == std::string::npos) return {};  // cut off: the parser will say so
    const bool element = stop == ">" && !is("<!");
    if (element && is("</")) {
      depth -= depth > 0;
    } else if (element && text[end - 1] != '/' && ++depth > kMaxElementDepth) {
      return "nests its elements more than 512 deep";
    }
    at = end;
  }
  return {};
}

}  // namespace

std::string refusalOfContent(const fs::path& file, const std::string& ending) {
  if (ending == ".glb") return checkGltf(file, true);
  if (ending == ".gltf") return checkGltf(file, false);
  if (ending == ".dae") return checkXmlDepth(file);
  return {};
}

}  // namespace importing
