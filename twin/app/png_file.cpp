// SPDX-License-Identifier: Apache-2.0
#include "twin/app/png_file.h"

#include <cstring>

#include <png.h>

namespace app {

base::Status writePng(const std::filesystem::path& file, uint32_t width, uint32_t height, const std::vector<uint8_t>& rgba) {
  ENSURE(rgba.size() == size_t{width} * height * 4);
  std::vector<uint8_t> rgb(size_t{width} * height * 3);
  for (size_t i = 0; i < size_t{width} * height; ++i) std::memcpy(&rgb[i * 3], &rgba[i * 4], 3);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = PNG_FORMAT_RGB;
  const std::filesystem::path partial = file.string() + ".part";
  if (!png_image_write_to_file(&image, partial.c_str(), 0, rgb.data(), 0, nullptr)) {
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    return base::Error{"cannot write the picture " + file.string() + ": " + image.message + ": check the folder and the space on the disk"};
  }
  std::error_code failed;
  std::filesystem::rename(partial, file, failed);
  if (failed) return base::Error{"cannot write the picture " + file.string() + ": " + failed.message()};
  return base::okStatus();
}

}  // namespace app
