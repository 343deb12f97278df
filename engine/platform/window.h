// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/platform/input.h"

namespace platform {

struct WindowOptions {
  std::string title = "Alpha City";
  int width = 1600;
  int height = 900;
  bool fullscreen = false;
};

/// One window of the desktop. The only user of GLFW. Main thread only.
class Window {
 public:
  /// Fails in one line when there is no display (see hasDisplay) or no Vulkan window support.
  static base::Result<std::unique_ptr<Window>> create(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  /// Handles pending events. With `waitSeconds` > 0 sleeps at most that long for one (minimised).
  Input poll(double waitSeconds = 0);
  void setTitle(const std::string& title);
  void toggleFullscreen();
  bool fullscreen() const;
  void setClipboard(const std::string& text);
  std::string clipboard() const;

  /// Instance extensions that surfaces need.
  static std::vector<std::string> requiredInstanceExtensions();
  /// A VkSurfaceKHR for a VkInstance, both as the numbers they are; the caller destroys it.
  base::Result<uint64_t> createSurface(void* vkInstance);

 private:
  struct State;
  explicit Window(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Whether a window could be opened at all: DISPLAY or WAYLAND_DISPLAY is set.
bool hasDisplay();

}  // namespace platform
