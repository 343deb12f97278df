// SPDX-License-Identifier: Apache-2.0
// Just enough of SPIR-V (Khronos, "SPIR-V Specification" 1.6, sections 2.3 and 3) to read the offsets
// of structure members.
#pragma once

#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace spirv {

struct Struct {
  std::map<std::string, uint32_t> offsets;  ///< by member name
};

inline std::string textAt(const uint32_t* words, size_t count) {
  const char* bytes = reinterpret_cast<const char*>(words);
  return std::string(bytes, strnlen(bytes, count * 4));
}

/// Structures by name, with the offsets of their members. A structure that appears twice (plain and in
/// a block) keeps the copy that has offsets.
inline std::map<std::string, Struct> readStructs(const std::vector<uint32_t>& words) {
  constexpr uint32_t kOpName = 5, kOpMemberName = 6, kOpMemberDecorate = 72, kOffset = 35;
  std::map<uint32_t, std::string> names;
  std::map<uint32_t, std::map<uint32_t, std::string>> members;
  std::map<uint32_t, std::map<uint32_t, uint32_t>> offsets;
  for (size_t i = 5; i < words.size();) {
    const uint32_t op = words[i] & 0xffff;
    const uint32_t count = words[i] >> 16;
    if (count == 0 || i + count > words.size()) break;
    const uint32_t* w = &words[i];
    if (op == kOpName) names[w[1]] = textAt(w + 2, count - 2);
    if (op == kOpMemberName) members[w[1]][w[2]] = textAt(w + 3, count - 3);
    if (op == kOpMemberDecorate && count >= 5 && w[3] == kOffset) offsets[w[1]][w[2]] = w[4];
    i += count;
  }
  std::map<std::string, Struct> result;
  for (const auto& [id, name] : names) {
    if (offsets[id].empty()) continue;
    for (const auto& [index, offset] : offsets[id]) result[name].offsets[members[id][index]] = offset;
  }
  return result;
}

}  // namespace spirv
