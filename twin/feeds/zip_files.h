// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace feeds {

struct ZipLimits {
  size_t entries = 100'000;
  size_t inflated = 256u << 20;  ///< bytes of all entries together
  size_t ratio = 100;            ///< inflated to packed, of every entry above 64 KiB
};

/// Reads the entries of a zip archive whose names end in .txt or .zip, by their paths. The error is a short
/// name: zip_broken, zip_entries, zip_link, zip_path (absolute or with ".."), zip_ratio, zip_size.
base::Result<std::map<std::string, std::string>> readZip(std::string_view bytes, const ZipLimits& limits = {});

/// Packs files without compressing them. The error is zip_broken.
base::Result<std::string> packZip(const std::map<std::string, std::string>& files);

}  // namespace feeds
