// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/platform/input.h"

namespace platform {

struct WindowOptions {
  std::string title;
  uint32_t width = 1600;    ///< screen coordinates
  uint32_t height = 900;
  bool fullScreen = false;
  bool visible = true;
};

/// True when a window could be opened at all: a display server answers.
bool hasDisplay();

/// One window. Only the main thread may use it.
class Window {
 public:
  /// Fails with what to do when there is no display.
  static base::Result<std::unique_ptr<Window>> create(const WindowOptions& options);
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;
  ~Window();

  /// What happened since the last call.
  Input poll();
  /// Sleeps until something happens, or so long.
  void waitEvents(double seconds);

  void setTitle(const std::string& title);
  void setFullScreen(bool on);
  bool fullScreen() const;
  void setCursorVisible(bool visible);
  void requestClose();

  /// Names of the Vulkan instance extensions that showing pictures needs.
  static std::vector<std::string> requiredInstanceExtensions();
  /// A VkSurfaceKHR for a VkInstance, as numbers so that Vulkan's headers stay out of here. The caller
  /// destroys it before the window.
  base::Result<uint64_t> createSurface(void* vkInstance);

  /// GLFWwindow*, for the user interface's own binding only.
  void* nativeHandle() const;

 private:
  struct State;
  explicit Window(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace platform
