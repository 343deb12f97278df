// SPDX-License-Identifier: Apache-2.0
#include "engine/platform/window.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>

#define GLFW_INCLUDE_VULKAN
#include <GLFW/glfw3.h>

namespace platform {
namespace {

Key keyOf(int glfw) {
  if ((glfw >= 'A' && glfw <= 'Z') || (glfw >= '0' && glfw <= '9')) return static_cast<Key>(glfw);
  switch (glfw) {
    case GLFW_KEY_SPACE: case GLFW_KEY_APOSTROPHE: case GLFW_KEY_COMMA: case GLFW_KEY_MINUS: case GLFW_KEY_PERIOD:
    case GLFW_KEY_SLASH: case GLFW_KEY_EQUAL: case GLFW_KEY_LEFT_BRACKET: case GLFW_KEY_RIGHT_BRACKET:
      return static_cast<Key>(glfw);
    case GLFW_KEY_ESCAPE: return Key::Escape;
    case GLFW_KEY_ENTER: case GLFW_KEY_KP_ENTER: return Key::Enter;
    case GLFW_KEY_TAB: return Key::Tab;
    case GLFW_KEY_BACKSPACE: return Key::Backspace;
    case GLFW_KEY_INSERT: return Key::Insert;
    case GLFW_KEY_DELETE: return Key::Delete;
    case GLFW_KEY_RIGHT: return Key::Right;
    case GLFW_KEY_LEFT: return Key::Left;
    case GLFW_KEY_DOWN: return Key::Down;
    case GLFW_KEY_UP: return Key::Up;
    case GLFW_KEY_PAGE_UP: return Key::PageUp;
    case GLFW_KEY_PAGE_DOWN: return Key::PageDown;
    case GLFW_KEY_HOME: return Key::Home;
    case GLFW_KEY_END: return Key::End;
    case GLFW_KEY_LEFT_SHIFT: case GLFW_KEY_RIGHT_SHIFT: return Key::Shift;
    case GLFW_KEY_LEFT_CONTROL: case GLFW_KEY_RIGHT_CONTROL: return Key::Control;
    case GLFW_KEY_LEFT_ALT: case GLFW_KEY_RIGHT_ALT: return Key::Alt;
    case GLFW_KEY_LEFT_SUPER: case GLFW_KEY_RIGHT_SUPER: return Key::Super;
    case GLFW_KEY_KP_ADD: return Key::Equal;
    case GLFW_KEY_KP_SUBTRACT: return Key::Minus;
    default: break;
  }
  if (glfw >= GLFW_KEY_F1 && glfw <= GLFW_KEY_F12) return static_cast<Key>(static_cast<int>(Key::F1) + glfw - GLFW_KEY_F1);
  return Key::Unknown;
}

std::string lastGlfwError() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text ? text : "no reason given";
}

double secondsNow() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

constexpr double kDoubleClickSeconds = 0.35;
constexpr double kDoubleClickPixels = 6;

}  // namespace

struct Window::State {
  GLFWwindow* window = nullptr;
  Input next;                 // collected by the callbacks until poll() hands it out
  bool firstCursor = true;
  double lastClick = -1;
  glm::dvec2 lastClickAt{0};
  int windowed[4] = {60, 60, 1600, 900};

  static State& of(GLFWwindow* w) { return *static_cast<State*>(glfwGetWindowUserPointer(w)); }
  void button(int which, bool down);
  void key(int glfwKey, int action);
  void readGeometry();
  void installCallbacks();
};

void Window::State::button(int which, bool down) {
  if (which > 2) return;
  next.buttons[which] = down;
  (down ? next.pressed : next.released)[which] = true;
  if (which != 0 || !down) return;
  const double now = secondsNow();
  if (now - lastClick < kDoubleClickSeconds && glm::distance(next.cursor, lastClickAt) < kDoubleClickPixels) {
    next.doubleClick = true;
    lastClick = -1;
  } else {
    lastClick = now;
    lastClickAt = next.cursor;
  }
}

void Window::State::key(int glfwKey, int action) {
  const Key k = keyOf(glfwKey);
  if (k == Key::Unknown) return;
  next.held[static_cast<size_t>(k)] = action != GLFW_RELEASE;
  next.keys.push_back({k, action != GLFW_RELEASE, action == GLFW_REPEAT});
}

void Window::State::readGeometry() {
  glfwGetFramebufferSize(window, &next.framebuffer.x, &next.framebuffer.y);
  glfwGetWindowSize(window, &next.window.x, &next.window.y);
  float scaleY = 1;
  glfwGetWindowContentScale(window, &next.contentScale, &scaleY);
  next.minimised = glfwGetWindowAttrib(window, GLFW_ICONIFIED) || next.framebuffer.x == 0 || next.framebuffer.y == 0;
  next.focused = glfwGetWindowAttrib(window, GLFW_FOCUSED);
  next.closeRequested = glfwWindowShouldClose(window);
  next.modifiers = {next.isHeld(Key::Shift), next.isHeld(Key::Control), next.isHeld(Key::Alt), next.isHeld(Key::Super)};
}

void Window::State::installCallbacks() {
  glfwSetWindowUserPointer(window, this);
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
    State& s = of(w);
    const glm::dvec2 ratio = s.next.window.x > 0 ? glm::dvec2(s.next.framebuffer) / glm::dvec2(s.next.window) : glm::dvec2(1);
    const glm::dvec2 now = glm::dvec2(x, y) * ratio;
    if (!s.firstCursor) s.next.cursorMove += now - s.next.cursor;
    s.firstCursor = false;
    s.next.cursor = now;
  });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int) { of(w).button(button, action == GLFW_PRESS); });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double x, double y) { of(w).next.scroll += glm::dvec2(x, y); });
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int, int action, int) { of(w).key(key, action); });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned code) { of(w).next.typed.push_back(code); });
  glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
    of(w).next.droppedFiles.insert(of(w).next.droppedFiles.end(), paths, paths + count);
  });
  glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int focused) {
    // Keys released elsewhere are never reported: let go of all of them.
    if (!focused) std::fill(std::begin(of(w).next.held), std::end(of(w).next.held), false);
  });
}

Window::Window(std::unique_ptr<State> state) : state_(std::move(state)) {}

base::Result<std::unique_ptr<Window>> Window::create(const WindowOptions& options) {
  if (!hasDisplay()) return base::Error{"no display to open a window on (DISPLAY and WAYLAND_DISPLAY are empty): use --headless"};
  if (!glfwInit()) return base::Error{"the window system could not be started: " + lastGlfwError() + ": use --headless"};
  if (!glfwVulkanSupported()) {
    const std::string why = lastGlfwError();
    glfwTerminate();
    return base::Error{"no Vulkan for windows (" + why + "): install a driver, for example mesa-vulkan-drivers"};
  }
  glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_FALSE);
  auto state = std::make_unique<State>();
  GLFWmonitor* monitor = options.fullscreen ? glfwGetPrimaryMonitor() : nullptr;
  int width = options.width;
  int height = options.height;
  if (monitor) {
    const GLFWvidmode* mode = glfwGetVideoMode(monitor);
    width = mode->width;
    height = mode->height;
  }
  state->window = glfwCreateWindow(width, height, options.title.c_str(), monitor, nullptr);
  if (state->window == nullptr) {
    const std::string why = lastGlfwError();
    glfwTerminate();
    return base::Error{"no window could be opened: " + why + ": use --headless"};
  }
  state->windowed[2] = options.width;
  state->windowed[3] = options.height;
  state->installCallbacks();
  state->readGeometry();
  return std::unique_ptr<Window>(new Window(std::move(state)));
}

Window::~Window() {
  glfwDestroyWindow(state_->window);
  glfwTerminate();
}

Input Window::poll(double waitSeconds) {
  Input& next = state_->next;
  next.cursorMove = {};
  next.scroll = {};
  next.doubleClick = false;
  std::fill(std::begin(next.pressed), std::end(next.pressed), false);
  std::fill(std::begin(next.released), std::end(next.released), false);
  next.keys.clear();
  next.typed.clear();
  next.droppedFiles.clear();
  if (waitSeconds > 0) glfwWaitEventsTimeout(waitSeconds);
  else glfwPollEvents();
  state_->readGeometry();
  return next;
}

void Window::setTitle(const std::string& title) { glfwSetWindowTitle(state_->window, title.c_str()); }

bool Window::fullscreen() const { return glfwGetWindowMonitor(state_->window) != nullptr; }

void Window::toggleFullscreen() {
  GLFWwindow* w = state_->window;
  int* r = state_->windowed;
  if (fullscreen()) {
    glfwSetWindowMonitor(w, nullptr, r[0], r[1], r[2], r[3], GLFW_DONT_CARE);
    return;
  }
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (monitor == nullptr) return;
  glfwGetWindowPos(w, &r[0], &r[1]);
  glfwGetWindowSize(w, &r[2], &r[3]);
  const GLFWvidmode* mode = glfwGetVideoMode(monitor);
  glfwSetWindowMonitor(w, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

void Window::setClipboard(const std::string& text) { glfwSetClipboardString(state_->window, text.c_str()); }

std::string Window::clipboard() const {
  const char* text = glfwGetClipboardString(state_->window);
  return text ? text : "";
}

std::vector<std::string> Window::requiredInstanceExtensions() {
  uint32_t count = 0;
  const char** names = glfwGetRequiredInstanceExtensions(&count);
  return {names, names + count};
}

base::Result<uint64_t> Window::createSurface(void* vkInstance) {
  VkSurfaceKHR surface = VK_NULL_HANDLE;
  const VkResult result = glfwCreateWindowSurface(static_cast<VkInstance>(vkInstance), state_->window, nullptr, &surface);
  if (result != VK_SUCCESS) return base::Error{"no Vulkan surface for the window: " + lastGlfwError()};
  return reinterpret_cast<uint64_t>(surface);
}

bool hasDisplay() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  };
  return set("DISPLAY") || set("WAYLAND_DISPLAY");
}

}  // namespace platform
