// SPDX-License-Identifier: Apache-2.0
// Draws the panels over a plain ground through the real ImGui pass, with validation. KEEP_PICTURES=1
// leaves the PNGs in the build folder for the eye.
#include <cstdlib>

#include <imgui.h>

#include "engine/ui/imgui_layer.h"
#include "engine/ui/ui_pass.h"
#include "tests/support/gpu_fixture.h"
#include "tests/support/panel_town.h"
#include "tests/support/png.h"
#include "twin/panels/layout.h"

namespace {

using platform::Key;

struct Wish {
  const char* name;
  panels::Mode mode = panels::Mode::Planner;
  core::Language language = core::Language::Korean;
  uint32_t width = 1280, height = 720;
  const char* select = "";
  std::vector<Key> keys;  ///< pressed one after the other before the picture
  panels::ClockState clock = panels::ClockState::Live;
  bool control = false;   ///< the keys are pressed with Ctrl
  const char* typed = "";
  bool past = false;      ///< there is history
};

class PanelsPicture : public support::GpuTest {
 protected:
  void SetUp() override {
    support::GpuTest::SetUp();
    if (IsSkipped()) return;
    town_ = support::PanelTown::make(ALPHACITY_SOURCE_DIR);
    ASSERT_TRUE(town_);
    auto words = panels::I18n::load(ALPHACITY_SOURCE_DIR "/assets/i18n");
    ASSERT_TRUE(words.ok()) << words.error();
    words_ = std::make_unique<panels::I18n>(std::move(*words));
  }

  static platform::Input press(Key key, bool control, Wish wish) {
    platform::Input in;
    in.framebuffer = in.window = {wish.width, wish.height};
    in.cursor = {wish.width * 0.6, wish.height * 0.5};
    in.modifiers.control = control;
    in.keys.push_back({key, true, false, in.modifiers});
    return in;
  }

  void frame(ui::ImGuiLayer& layer, ui::UiPass& pass, panels::Panels& all, const platform::Input& keys, const panels::PanelInput& in, glm::ivec2 size) {
    pass.newFrame();
    layer.newFrame(keys, size, 1.0 / 60);
    all.build(in);
    all.shortcuts(keys, in);
    layer.render();
  }

  support::Picture draw(const Wish& wish) {
    words_->setLanguage(wish.language);
    ui::ImGuiLayer layer;
    const double scale = panels::designScale({wish.width, wish.height});
    const bool large = wish.mode == panels::Mode::Exhibition;
    auto fonts = ui::loadFonts({.scale = scale, .large = large, .texts = words_->allTexts()});
    EXPECT_TRUE(fonts.ok());
    const ui::Theme theme;
    ui::applyTheme(theme, scale, large);
    auto target = gpu::Offscreen::create(device(), {wish.width, wish.height});
    EXPECT_TRUE(target.ok());
    auto pass = ui::UiPass::create(device(), support::sharedGpu.instance(), target->target().format);
    EXPECT_TRUE(pass.ok());
    panels::Panels all(*fonts, theme, *words_, scale);
    panels::PanelInput in = town_->input();
    in.mode = wish.mode;
    in.language = wish.language;
    in.clockState = wish.clock;
    in.selected = town_->mirror.handleOf(wish.select);
    if (wish.clock == panels::ClockState::Replay) {
      in.shown -= 750 * base::kNsPerSecond;
      in.recordedSpan = {kFrom, kFrom + 3600 * base::kNsPerSecond};
    }
    if (wish.past) in.past = town_->past();
    if (wish.past && wish.clock == panels::ClockState::Replay) in.recordedSpan.reset();
    in.history = {town_->curve("pm25", 18, 33), town_->curve("pm10", 35, 50), town_->curve("speed", 0, 38), town_->curve("battery", 82, 84)};
    const glm::ivec2 size(static_cast<int>(wish.width), static_cast<int>(wish.height));
    platform::Input quiet;
    quiet.framebuffer = quiet.window = {wish.width, wish.height};
    for (const Key key : wish.keys) frame(layer, **pass, all, press(key, wish.control, wish), in, size);
    for (int i = 0; i < 3; ++i) frame(layer, **pass, all, quiet, in, size);
    quiet.text = wish.typed;
    frame(layer, **pass, all, quiet, in, size);
    quiet.text.clear();
    frame(layer, **pass, all, quiet, in, size);

    const gpu::Target out = target->target();
    EXPECT_TRUE(device().immediate([&](VkCommandBuffer commands) { clearAndDraw(commands, out, **pass); }).ok());
    auto pixels = target->read();
    EXPECT_TRUE(pixels.ok());
    support::Picture picture{wish.width, wish.height, std::move(*pixels)};
    if (std::getenv("KEEP_PICTURES")) support::writePng(std::string(ALPHACITY_BINARY_DIR) + "/panels_" + wish.name + ".png", picture);
    device().collect(true);
    return picture;
  }

  static void clearAndDraw(VkCommandBuffer commands, const gpu::Target& target, ui::UiPass& pass) {
    const VkImageSubresourceRange all{VK_IMAGE_ASPECT_COLOR_BIT, 0, 1, 0, 1};
    const VkImageMemoryBarrier toGeneral{.sType = VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER,
                                         .dstAccessMask = VK_ACCESS_TRANSFER_WRITE_BIT,
                                         .oldLayout = VK_IMAGE_LAYOUT_UNDEFINED,
                                         .newLayout = VK_IMAGE_LAYOUT_GENERAL,
                                         .srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
                                         .dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
                                         .image = target.image,
                                         .subresourceRange = all};
    vkCmdPipelineBarrier(commands, VK_PIPELINE_STAGE_TOP_OF_PIPE_BIT, VK_PIPELINE_STAGE_TRANSFER_BIT, 0, 0, nullptr, 0, nullptr, 1, &toGeneral);
    const VkClearColorValue ground{{0.42f, 0.45f, 0.42f, 1}};
    vkCmdClearColorImage(commands, target.image, VK_IMAGE_LAYOUT_GENERAL, &ground, 1, &all);
    pass.record(commands, target);
  }

  static constexpr base::UtcNs kFrom = support::kTownTime - 3000 * base::kNsPerSecond;
  std::unique_ptr<support::PanelTown> town_;
  std::unique_ptr<panels::I18n> words_;
};

/// Share of pixels that are not the plain ground.
double covered(const support::Picture& p) {
  size_t other = 0;
  const uint8_t* ground = p.at(p.width * 6 / 10, p.height * 45 / 100);
  for (size_t i = 0; i < p.rgba.size(); i += 4)
    if (std::abs(p.rgba[i] - ground[0]) + std::abs(p.rgba[i + 1] - ground[1]) + std::abs(p.rgba[i + 2] - ground[2]) > 6) ++other;
  return static_cast<double>(other) / (static_cast<double>(p.width) * p.height);
}

TEST_F(PanelsPicture, PlannerLeavesThePictureDominant) {
  const support::Picture p = draw({.name = "planner"});
  EXPECT_LT(covered(p), 0.40);
  EXPECT_GT(covered(p), 0.10);
}

TEST_F(PanelsPicture, EveryPanelDrawsWithoutValidationMessages) {
  using enum panels::Mode;
  using enum core::Language;
  const Wish wishes[] = {
      {.name = "air_ko", .select = "dev_air_station_0001"},
      {.name = "shuttle_en", .language = English, .width = 1920, .height = 1080, .select = "shuttle-1", .keys = {Key::G}},
      {.name = "building_ko", .select = "b_0100", .keys = {Key::P}, .clock = panels::ClockState::Replay},
      {.name = "events_en", .language = English, .select = "dev_waste_bin_0007", .keys = {Key::V}, .clock = panels::ClockState::Paused},
      {.name = "past_live_ko", .select = "dev_air_station_0001", .past = true},
      {.name = "past_replay_en", .language = English, .width = 1920, .height = 1080, .select = "dev_air_station_0001", .clock = panels::ClockState::Replay, .past = true},
      {.name = "feeds_ko", .width = 1920, .height = 1080, .keys = {Key::G}},
      {.name = "control_ko", .mode = Control, .width = 1920, .height = 1080, .select = "dev_air_station_0001"},
      {.name = "control_en", .mode = Control, .language = English, .select = "shuttle-1"},
      {.name = "exhibition_ko", .mode = Exhibition, .width = 1920, .height = 1080, .select = "shuttle-1"},
      {.name = "exhibition_en", .mode = Exhibition, .language = English, .select = "dev_air_station_0001"},
      {.name = "help_ko", .keys = {Key::F1}},
      {.name = "help_en", .language = English, .width = 1920, .height = 1080, .keys = {Key::F1}},
      {.name = "search_ko", .keys = {Key::F}, .control = true, .typed = "ㅅㅅ"},
      {.name = "views_en", .language = English, .keys = {Key::B}},
      {.name = "planner_4k", .width = 3840, .height = 2160, .select = "shuttle-1"},
      {.name = "fixed_en", .language = English, .keys = {Key::G}, .clock = panels::ClockState::Fixed},
  };
  for (const Wish& wish : wishes) {
    SCOPED_TRACE(wish.name);
    EXPECT_GT(covered(draw(wish)), 0.05);
  }
}

TEST_F(PanelsPicture, FixedClockDrawsTheSamePictureTwice) {
  const Wish wish{.name = "twice", .width = 960, .height = 600, .select = "shuttle-1", .clock = panels::ClockState::Fixed};
  EXPECT_EQ(draw(wish).rgba, draw(wish).rgba);
}

}  // namespace
