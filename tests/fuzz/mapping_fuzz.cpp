// SPDX-License-Identifier: Apache-2.0
// The first byte chooses the wire shape; the rest is a message of an unknown feed.
#include "tests/fuzz/fuzz_decoder.h"
#include "twin/feeds/mapping_apply.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const core::CityFrame frame = *core::CityFrame::create("EPSG:5187", 171991.6, 359947.5);
  static const feeds::DatastreamRegistry none;
  static const auto compiled = [](const char* format, const char* p) {
    const std::string path = p;
    return *feeds::Mapping::parse("format = \"" + std::string(format) + "\"\n[entity]\nid = \"{" + path + "a}\"\nkind = \"k\"\n[position]\nlongitude = \"" + path +
                                      "x\"\nlatitude = \"" + path + "y\"\n[time]\npath = \"" + path + "t\"\n[[property]]\nname = \"v\"\npath = \"" + path + "v\"\n",
                                  "fuzz.toml");
  };
  static const feeds::Mapping mappings[]{compiled("json", "/"), compiled("csv", ""), compiled("xml", "")};
  if (size == 0) return 0;
  feeds::RawMessage message;
  message.received = 1'795'338'000 * base::kNsPerSecond;
  message.bytes.assign(reinterpret_cast<const char*>(data + 1), size - 1);
  (void)feeds::applyMapping(mappings[data[0] % 3], message, {.frame = frame, .datastreams = none});
  return 0;
}
