// SPDX-License-Identifier: Apache-2.0
#include "engine/platform/window.h"

#define GLFW_INCLUDE_VULKAN
#include <GLFW/glfw3.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/platform/glfw_keys.h"

namespace platform {
namespace {

std::string lastGlfwError() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text != nullptr ? text : "unknown reason";
}

/// Windows and displays that are open; the library is closed with the last one.
int openWindows = 0;

bool startLibrary() {
  if (openWindows > 0) return true;
  return glfwInit() == GLFW_TRUE;
}

void stopLibrary() {
  if (openWindows == 0) glfwTerminate();
}

}  // namespace

struct Window::State {
  GLFWwindow* window = nullptr;
  Input input;
  std::array<int, 4> windowed{100, 100, 1600, 900};  // place and size before full screen

  static State& of(GLFWwindow* w) { return *static_cast<State*>(glfwGetWindowUserPointer(w)); }
};

namespace {

Modifiers modifiersOf(int mods) {
  return {(mods & GLFW_MOD_SHIFT) != 0, (mods & GLFW_MOD_CONTROL) != 0, (mods & GLFW_MOD_ALT) != 0,
          (mods & GLFW_MOD_SUPER) != 0};
}

}  // namespace

bool hasDisplay() {
  if (!startLibrary()) return false;
  int monitors = 0;
  glfwGetMonitors(&monitors);
  stopLibrary();
  return true;
}

Window::Window(std::unique_ptr<State> state) : state_(std::move(state)) {}

base::Result<std::unique_ptr<Window>> Window::create(const WindowOptions& options) {
  if (!startLibrary()) {
    return base::Error{"no window can be opened: " + lastGlfwError() +
                       "; set DISPLAY to a running display, or use --headless"};
  }
  if (glfwVulkanSupported() == GLFW_FALSE) {
    stopLibrary();
    return base::Error{"no Vulkan loader was found for the window; install libvulkan1 and a driver"};
  }
  glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
  glfwWindowHint(GLFW_VISIBLE, options.visible ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  auto state = std::make_unique<State>();
  state->window = glfwCreateWindow(static_cast<int>(std::max(options.width, 1u)), static_cast<int>(std::max(options.height, 1u)),
                                   options.title.c_str(), nullptr, nullptr);
  if (state->window == nullptr) {
    const std::string why = lastGlfwError();
    stopLibrary();
    return base::Error{"the window could not be opened: " + why};
  }
  ++openWindows;
  GLFWwindow* w = state->window;
  glfwSetWindowUserPointer(w, state.get());
  glfwSetKeyCallback(w, [](GLFWwindow* window, int key, int, int action, int mods) {
    Input& in = State::of(window).input;
    const Key known = keyFromGlfw(key);
    in.keys.push_back({known, action != GLFW_RELEASE, action == GLFW_REPEAT, modifiersOf(mods)});
    in.keyDown[static_cast<int>(known)] = action != GLFW_RELEASE && known != Key::Unknown;
  });
  glfwSetCharCallback(w, [](GLFWwindow* window, unsigned int c) { appendUtf8(State::of(window).input.text, c); });
  glfwSetMouseButtonCallback(w, [](GLFWwindow* window, int button, int action, int) {
    if (button >= kButtons) return;
    ButtonState& b = State::of(window).input.buttons[button];
    b.down = action == GLFW_PRESS;
    (b.down ? b.pressed : b.released) = true;
  });
  glfwSetScrollCallback(w, [](GLFWwindow* window, double x, double y) {
    Input& in = State::of(window).input;
    in.scroll.x += x;
    in.scroll.y += y;
  });
  glfwSetDropCallback(w, [](GLFWwindow* window, int count, const char** paths) {
    for (int i = 0; i < count; ++i) State::of(window).input.droppedFiles.emplace_back(paths[i]);
  });
  std::unique_ptr<Window> result(new Window(std::move(state)));
  if (options.fullScreen) result->setFullScreen(true);
  return result;
}

Window::~Window() {
  glfwDestroyWindow(state_->window);
  --openWindows;
  stopLibrary();
}

Input Window::poll() {
  glfwPollEvents();
  GLFWwindow* w = state_->window;
  Input& in = state_->input;
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(w, &width, &height);
  in.framebuffer = {static_cast<uint32_t>(width), static_cast<uint32_t>(height)};
  glfwGetWindowSize(w, &width, &height);
  in.window = {static_cast<uint32_t>(width), static_cast<uint32_t>(height)};
  float scaleX = 1;
  float scaleY = 1;
  glfwGetWindowContentScale(w, &scaleX, &scaleY);
  in.contentScale = std::max(scaleX, scaleY);
  in.closeRequested = glfwWindowShouldClose(w) != 0;
  in.focused = glfwGetWindowAttrib(w, GLFW_FOCUSED) != 0;
  in.minimised = glfwGetWindowAttrib(w, GLFW_ICONIFIED) != 0;
  in.cursorInside = glfwGetWindowAttrib(w, GLFW_HOVERED) != 0;
  double x = 0;
  double y = 0;
  glfwGetCursorPos(w, &x, &y);
  const double perX = in.window.width > 0 ? static_cast<double>(in.framebuffer.width) / in.window.width : 1.0;
  const double perY = in.window.height > 0 ? static_cast<double>(in.framebuffer.height) / in.window.height : 1.0;
  in.cursor = {x * perX, y * perY};
  in.modifiers = {in.down(Key::LeftShift) || in.down(Key::RightShift), in.down(Key::LeftControl) || in.down(Key::RightControl),
                  in.down(Key::LeftAlt) || in.down(Key::RightAlt), false};
  Input result = std::move(in);
  in = nextInput(result);
  return result;
}

void Window::waitEvents(double seconds) { glfwWaitEventsTimeout(seconds); }
void Window::setTitle(const std::string& title) { glfwSetWindowTitle(state_->window, title.c_str()); }
bool Window::fullScreen() const { return glfwGetWindowMonitor(state_->window) != nullptr; }
void Window::requestClose() { glfwSetWindowShouldClose(state_->window, GLFW_TRUE); }

void Window::setFullScreen(bool on) {
  if (on == fullScreen()) return;
  std::array<int, 4>& w = state_->windowed;
  if (!on) {
    glfwSetWindowMonitor(state_->window, nullptr, w[0], w[1], w[2], w[3], GLFW_DONT_CARE);
    return;
  }
  glfwGetWindowPos(state_->window, &w[0], &w[1]);
  glfwGetWindowSize(state_->window, &w[2], &w[3]);
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();  // the window may straddle several; the primary is predictable
  if (monitor == nullptr) return;
  const GLFWvidmode* mode = glfwGetVideoMode(monitor);
  if (mode != nullptr) glfwSetWindowMonitor(state_->window, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

void Window::setCursorVisible(bool visible) {
  glfwSetInputMode(state_->window, GLFW_CURSOR, visible ? GLFW_CURSOR_NORMAL : GLFW_CURSOR_HIDDEN);
}

std::vector<std::string> Window::requiredInstanceExtensions() {
  if (!startLibrary()) return {};
  uint32_t count = 0;
  const char** names = glfwGetRequiredInstanceExtensions(&count);
  std::vector<std::string> result(names, names + (names != nullptr ? count : 0));
  stopLibrary();
  return result;
}

base::Result<uint64_t> Window::createSurface(void* vkInstance) {
  VkSurfaceKHR surface = VK_NULL_HANDLE;
  const VkResult made = glfwCreateWindowSurface(static_cast<VkInstance>(vkInstance), state_->window, nullptr, &surface);
  if (made != VK_SUCCESS) return base::Error{"the window cannot show Vulkan pictures: " + lastGlfwError()};
  return reinterpret_cast<uint64_t>(surface);
}

void* Window::nativeHandle() const { return state_->window; }

}  // namespace platform
