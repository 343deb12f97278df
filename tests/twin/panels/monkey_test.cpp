// SPDX-License-Identifier: Apache-2.0
// A monkey at mouse and keyboard: ImGui alone, no Vulkan. ImGui itself asserts that every Begin has its
// End; a stack that is out of balance aborts.
#include <gtest/gtest.h>
#include <imgui.h>

#include <random>

#include "engine/ui/imgui_layer.h"
#include "tests/support/alarm_view.h"
#include "tests/support/panel_town.h"
#include "twin/panels/layout.h"

namespace {

using platform::Key;

platform::Input randomInput(std::mt19937& dice, const platform::Input& last, glm::ivec2 size) {
  const auto chance = [&](int outOf) { return std::uniform_int_distribution<int>(0, outOf - 1)(dice) == 0; };
  platform::Input in = platform::nextInput(last);
  if (chance(3)) in.cursor = {std::uniform_real_distribution<double>(-20, size.x + 20)(dice), std::uniform_real_distribution<double>(-20, size.y + 20)(dice)};
  for (platform::ButtonState& b : in.buttons) {
    if (!chance(4)) continue;
    b.down = !b.down;
    (b.down ? b.pressed : b.released) = true;
  }
  if (chance(10)) in.scroll.y = std::uniform_real_distribution<double>(-3, 3)(dice);
  if (chance(3)) {
    const platform::Modifiers modifiers{.shift = chance(4), .control = chance(4), .alt = chance(20)};
    const Key key = static_cast<Key>(std::uniform_int_distribution<int>(1, static_cast<int>(Key::Count) - 1)(dice));
    in.modifiers = modifiers;
    in.keys.push_back({key, !chance(3), chance(8), modifiers});
  }
  if (chance(8)) in.text = chance(2) ? "ㅅ수성" : "a1";
  return in;
}

TEST(Monkey, ThreeThousandFramesOfNonsense) {
  auto town = support::PanelTown::make(ALPHACITY_SOURCE_DIR);
  ASSERT_TRUE(town);
  auto words = panels::I18n::load(ALPHACITY_SOURCE_DIR "/assets/i18n");
  ASSERT_TRUE(words.ok()) << words.error();
  ui::ImGuiLayer layer;
  const glm::ivec2 size(1280, 720);
  auto fonts = ui::loadFonts({.scale = 0.85, .texts = words->allTexts()});
  ASSERT_TRUE(fonts.ok());
  const ui::Theme theme;
  ui::applyTheme(theme, 0.85, false);
  panels::Panels all(*fonts, theme, *words, 0.85);
  std::mt19937 dice(20261122);
  platform::Input input;
  input.framebuffer = input.window = {1280, 720};
  const char* things[] = {"", "b_0100", "dev_air_station_0001", "shuttle-1", "dev_waste_bin_0007", "gone"};
  size_t commands = 0;
  panels::PanelInput in = town->input();
  for (int frame = 0; frame < 3000; ++frame) {
    input = randomInput(dice, input, size);
    if (frame % 37 == 0) in.selected = town->mirror.handleOf(things[dice() % std::size(things)]);
    if (frame % 71 == 0) in.alarms = dice() % 3 == 0 ? nullptr : support::alarmView({{static_cast<int>(dice() % 4), "dev_waste_bin_0007"}, {1, "gone"}, {2, "shuttle-1"}}, in.shown, dice() % 4);
    if (frame % 53 == 0) in.hovered = town->mirror.handleOf(things[dice() % std::size(things)]);
    if (frame % 211 == 0) in.mode = static_cast<panels::Mode>(dice() % 3);
    if (frame % 97 == 0) in.clockState = static_cast<panels::ClockState>(dice() % 4);
    if (frame % 131 == 0) in.recordedSpan = dice() % 2 ? std::optional(std::pair(in.shown - 3600 * base::kNsPerSecond, in.shown)) : std::nullopt;
    if (frame % 71 == 0) {
      in.past = dice() % 3 ? std::optional(town->past()) : std::nullopt;
      if (in.past) in.past->status.state = static_cast<history::HistoryStatus::State>(dice() % 6);
      if (in.past) in.past->rangeSeconds = dice() % 2 ? 300 : 604800;
    }
    in.notice = dice() % 5 ? "" : "SUMO was started again";
    layer.newFrame(input, size, 1.0 / 60);
    for (const auto& list : {all.build(in), all.shortcuts(input, in)}) {
      commands += list.size();
      for (const panels::Command& command : list) {
        if (const auto* language = std::get_if<panels::SetLanguage>(&command)) {
          in.language = language->language;
          words->setLanguage(language->language);
        }
        if (const auto* edit = std::get_if<panels::AddPlanEdit>(&command)) {
          if (town->plan.layers().empty()) town->plan.addLayer("대안 1");
          town->plan.addEdit(0, edit->edit);
        }
        if (std::holds_alternative<panels::Undo>(command) && town->plan.canUndo()) town->plan.undo();
      }
    }
    layer.render();
    ASSERT_TRUE(ImGui::GetDrawData()->Valid);
    for (const glm::vec4& r : all.reserved()) ASSERT_TRUE(r.x <= r.z && r.y <= r.w);
  }
  EXPECT_GT(commands, 50u);
}

TEST(Panels, MissingEverythingIsSurvived) {
  auto words = panels::I18n::load(ALPHACITY_SOURCE_DIR "/assets/i18n");
  ASSERT_TRUE(words.ok());
  ui::ImGuiLayer layer;
  auto fonts = ui::loadFonts({.scale = 0.85, .texts = words->allTexts()});
  ASSERT_TRUE(fonts.ok());
  panels::Panels all(*fonts, ui::Theme{}, *words, 0.85);
  for (const panels::Mode mode : {panels::Mode::Planner, panels::Mode::Control, panels::Mode::Exhibition}) {
    panels::PanelInput in;
    in.mode = mode;
    layer.newFrame({}, {1280, 720}, 0.016);
    EXPECT_TRUE(all.build(in).empty());
    layer.render();
  }
}

}  // namespace
