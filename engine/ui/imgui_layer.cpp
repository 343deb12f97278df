// SPDX-License-Identifier: Apache-2.0
#include "engine/ui/imgui_layer.h"

#include <imgui.h>

namespace ui {
namespace {

using platform::Key;

/// ImGui 1.86 looks keys up by the backend's own numbers.
void mapKeys(ImGuiIO& io) {
  const auto map = [&io](ImGuiKey imgui, Key key) { io.KeyMap[imgui] = static_cast<int>(key); };
  map(ImGuiKey_Tab, Key::Tab);
  map(ImGuiKey_LeftArrow, Key::Left);
  map(ImGuiKey_RightArrow, Key::Right);
  map(ImGuiKey_UpArrow, Key::Up);
  map(ImGuiKey_DownArrow, Key::Down);
  map(ImGuiKey_PageUp, Key::PageUp);
  map(ImGuiKey_PageDown, Key::PageDown);
  map(ImGuiKey_Home, Key::Home);
  map(ImGuiKey_End, Key::End);
  map(ImGuiKey_Insert, Key::Insert);
  map(ImGuiKey_Delete, Key::Delete);
  map(ImGuiKey_Backspace, Key::Backspace);
  map(ImGuiKey_Space, Key::Space);
  map(ImGuiKey_Enter, Key::Enter);
  map(ImGuiKey_Escape, Key::Escape);
  map(ImGuiKey_A, Key::A);
  map(ImGuiKey_C, Key::C);
  map(ImGuiKey_V, Key::V);
  map(ImGuiKey_X, Key::X);
  map(ImGuiKey_Y, Key::Y);
  map(ImGuiKey_Z, Key::Z);
}

}  // namespace

ImGuiLayer::ImGuiLayer() : context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // the program keeps its own layouts
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.BackendPlatformName = "alphacity";
  mapKeys(io);
}

ImGuiLayer::~ImGuiLayer() { ImGui::DestroyContext(context_); }

void ImGuiLayer::newFrame(const platform::Input& input, glm::ivec2 size, double deltaSeconds) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(size.x), static_cast<float>(size.y)};
  io.DeltaTime = static_cast<float>(deltaSeconds > 0 ? deltaSeconds : 1.0 / 60);
  io.MousePos = {static_cast<float>(input.cursor.x), static_cast<float>(input.cursor.y)};
  // A click that went down and up within one poll still counts as down for this frame.
  for (int i = 0; i < platform::kButtons; ++i) io.MouseDown[i] = input.buttons[i].down || input.buttons[i].pressed;
  io.MouseWheel += static_cast<float>(input.scroll.y);
  io.MouseWheelH += static_cast<float>(input.scroll.x);
  feedKeys(input);
  ImGui::NewFrame();
}

void ImGuiLayer::feedKeys(const platform::Input& input) {
  ImGuiIO& io = ImGui::GetIO();
  for (size_t i = 0; i < static_cast<size_t>(Key::Count); ++i) io.KeysDown[i] = input.keyDown[i];
  for (const platform::KeyEvent& event : input.keys)
    if (event.pressed) io.KeysDown[static_cast<size_t>(event.key)] = true;
  io.KeyCtrl = input.modifiers.control;
  io.KeyShift = input.modifiers.shift;
  io.KeyAlt = input.modifiers.alt;
  io.KeySuper = input.modifiers.super;
  io.AddInputCharactersUTF8(input.text.c_str());
}

void ImGuiLayer::render() { ImGui::Render(); }

bool ImGuiLayer::wantsMouse() const { return ImGui::GetIO().WantCaptureMouse; }
bool ImGuiLayer::wantsKeyboard() const { return ImGui::GetIO().WantTextInput; }

}  // namespace ui
