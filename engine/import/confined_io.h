// SPDX-License-Identifier: Apache-2.0
// For model_import.cpp only: the one place that includes Assimp.
#pragma once

#include <assimp/DefaultIOSystem.h>

#include <filesystem>
#include <string>

namespace importing {

/// Lets Assimp open files of one folder (and below) only, none above the size limit: a model from
/// outside must not read the rest of the disk through its buffer or texture addresses.
class ConfinedIo final : public Assimp::DefaultIOSystem {
 public:
  ConfinedIo(const std::filesystem::path& folder, uint64_t sizeLimit);

  bool Exists(const char* file) const override;
  Assimp::IOStream* Open(const char* file, const char* mode) override;
  /// The first file that was refused, empty if none.
  const std::string& refused() const { return refused_; }

 private:
  bool allowed(const char* file) const;

  std::filesystem::path folder_;
  uint64_t sizeLimit_;
  std::string refused_;
};

}  // namespace importing
