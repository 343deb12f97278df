// SPDX-License-Identifier: Apache-2.0
// image_diff A.png B.png [DIFF.png]: says how far two pictures are apart; exit 0 equal, 1 different, 2 unreadable.
#include <cstdio>
#include <cstring>

#include "tests/support/golden.h"

int main(int argc, char** argv) {
  if (argc < 3 || std::strcmp(argv[1], "--help") == 0) {
    std::fprintf(stderr, "usage: image_diff A.png B.png [DIFF.png]\n");
    return 2;
  }
  const auto a = support::readPng(argv[1]);
  const auto b = support::readPng(argv[2]);
  if (!a || !b) {
    std::fprintf(stderr, "image_diff: %s is no readable PNG\n", a ? argv[2] : argv[1]);
    return 2;
  }
  if (a->width != b->width || a->height != b->height) {
    std::printf("sizes differ: %ux%u and %ux%u\n", a->width, a->height, b->width, b->height);
    return 1;
  }
  size_t any = 0;
  const support::Picture diff = support::differenceOf(*a, *b, 0, any);
  size_t visible = 0;
  support::differenceOf(*a, *b, 12, visible);
  const double pixels = static_cast<double>(a->width) * a->height;
  std::printf("%zu pixels differ (%.4f %%), %zu of them by more than 12 of 255\n", any, 100.0 * static_cast<double>(any) / pixels, visible);
  if (argc > 3 && !support::writePng(argv[3], diff)) {
    std::fprintf(stderr, "image_diff: cannot write %s\n", argv[3]);
    return 2;
  }
  return any == 0 ? 0 : 1;
}
