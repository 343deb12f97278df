// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/math/glm.h"
#include "engine/platform/input.h"
#include "engine/ui/fonts.h"
#include "engine/ui/theme.h"

struct ImGuiContext;

namespace ui {

/// Owns the ImGui context and feeds it from platform::Input. No window needed: headless gives it sizes.
class ImGuiLayer {
 public:
  ImGuiLayer();
  ~ImGuiLayer();
  ImGuiLayer(const ImGuiLayer&) = delete;
  ImGuiLayer& operator=(const ImGuiLayer&) = delete;

  /// Begins a frame of `size` pixels; the UiPass's newFrame() must come first.
  void newFrame(const platform::Input& input, glm::ivec2 size, double deltaSeconds);
  /// Ends it; the draw lists are then ready for the UiPass.
  void render();
  bool wantsMouse() const;
  bool wantsKeyboard() const;

 private:
  void feedKeys(const platform::Input& input);
  ImGuiContext* context_;
};

}  // namespace ui
