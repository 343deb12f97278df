// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/scene/camera.h"

namespace app {

struct App;

/// What an incident capsule holds beside the messages: how the incident was looked at. Kept as the note
/// "capsule" of the recording (record/log_format.h), JSON, version 1; unknown members are passed over.
struct CapsuleNote {
  base::UtcNs pressedAt = 0;  ///< UTC ns
  std::string city;           ///< id of the pack, to be compared
  scene::Camera camera;
  std::string selected, following;  ///< entity ids, may be empty
  std::vector<std::string> hiddenLayers;
};

constexpr const char* kCapsuleNote = "capsule";

std::string capsuleJson(const CapsuleNote& note);
base::Result<CapsuleNote> parseCapsule(const std::string& json);

/// The key: writes the last minutes to a file in the current folder and goes on collecting, or ends that.
void toggleCapsule(App& app);
/// When the replay is a capsule: camera, selection and layers as they were.
void applyCapsule(App& app);

}  // namespace app
