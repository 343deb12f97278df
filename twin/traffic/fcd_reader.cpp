// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/fcd_reader.h"

#include <expat.h>

#include <charconv>
#include <cmath>
#include <cstring>

namespace traffic {
namespace {

double numberIn(const char* text) {
  double value = 0;
  std::from_chars(text, text + std::strlen(text), value);
  return std::isfinite(value) ? value : 0;
}

}  // namespace

struct FcdReader::State {
  OnStep onStep;
  OnVehicle onVehicle;
  XML_Parser parser = nullptr;
  std::string error;

  static void start(void* self, const XML_Char* name, const XML_Char** attributes) {
    State& state = *static_cast<State*>(self);
    const std::string_view element(name);
    if (element == "timestep") {
      for (const XML_Char** a = attributes; *a; a += 2)
        if (std::strcmp(a[0], "time") == 0) state.onStep(numberIn(a[1]));
    } else if (element == "vehicle") {
      FcdVehicle v;
      for (const XML_Char** a = attributes; *a; a += 2) {
        const std::string_view key(a[0]);
        if (key == "id") v.id = a[1];
        if (key == "type") v.type = a[1];
        if (key == "lane") v.lane = a[1];
        if (key == "x") v.front.x = numberIn(a[1]);
        if (key == "y") v.front.y = numberIn(a[1]);
        if (key == "angle") v.angle = numberIn(a[1]);
        if (key == "speed") v.speed = numberIn(a[1]);
      }
      if (!v.id.empty()) state.onVehicle(v);
    }
  }
};

FcdReader::FcdReader(OnStep onStep, OnVehicle onVehicle)
    : state_(std::make_unique<State>(
          State{.onStep = std::move(onStep), .onVehicle = std::move(onVehicle), .error = {}})) {
  state_->parser = XML_ParserCreate(nullptr);
  XML_SetUserData(state_->parser, state_.get());
  XML_SetElementHandler(state_->parser, &State::start, nullptr);
}

FcdReader::~FcdReader() {
  XML_ParserFree(state_->parser);
}

bool FcdReader::feed(const char* bytes, size_t size) {
  if (!state_->error.empty()) return false;
  if (XML_Parse(state_->parser, bytes, static_cast<int>(size), XML_FALSE) == XML_STATUS_OK) return true;
  state_->error = XML_ErrorString(XML_GetErrorCode(state_->parser));
  return false;
}

const std::string& FcdReader::error() const {
  return state_->error;
}

}  // namespace traffic
