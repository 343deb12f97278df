// SPDX-License-Identifier: Apache-2.0
#include "twin/app/app.h"

#include <algorithm>
#include <cmath>
#include <thread>

#include "engine/base/log.h"
#include "twin/app/capsule.h"
#include "twin/app/commands.h"
#include "twin/panels/layout.h"

namespace app {
namespace {

/// A fixed clock steps by this: 60 pictures a second.
constexpr int64_t kFixedStep = base::kNsPerSecond / 60;
/// Below 864 lines text keeps its size: smaller could not be read.
constexpr double kSmallestUi = 0.8;
/// A software device shades at most this many pixels in a live frame; panels and labels stay sharp.
constexpr double kSoftwarePixels = 360'000;
/// A resting view draws little anew (render::StillLayer) and may have more of them.
constexpr double kRestingPixels = 1'000'000;
constexpr uint32_t kFramesToRest = 10;

render::Quality chooseQuality(const std::string& wanted, gpu::Device& device) {
  if (wanted == "low") return render::Quality::Low;
  if (wanted == "medium") return render::Quality::Medium;
  if (wanted == "high") return render::Quality::High;
  switch (device.type()) {
    case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU: return render::Quality::High;
    case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU:
    case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU: return render::Quality::Medium;
    default: return render::Quality::Low;
  }
}

/// Every text that labels may show, so that its characters are in the small atlas sizes too.
void collectCityTexts(const city::City& city, std::vector<const char*>& texts) {
  const auto add = [&](const std::vector<city::Feature>& layer) {
    for (const city::Feature& f : layer) {
      if (!f.nameKo.empty()) texts.push_back(f.nameKo.c_str());
      if (!f.nameEn.empty()) texts.push_back(f.nameEn.c_str());
    }
  };
  for (const auto* layer : {&city.data.buildings, &city.data.roads, &city.data.stops, &city.data.green, &city.data.water,
                            &city.data.devices, &city.data.lots})
    add(*layer);
  for (const city::Rename& rename : city.data.renames) texts.push_back(rename.value.c_str());
  for (const city::NamedView& view : city.data.views) {
    texts.push_back(view.name.ko.c_str());
    texts.push_back(view.name.en.c_str());
  }
  texts.push_back(city.data.name.ko.c_str());
  texts.push_back(city.data.name.en.c_str());
  texts.push_back(city.data.about.ko.c_str());
  texts.push_back(city.data.about.en.c_str());
  for (const city::SourceInfo& source : city.data.sources) {
    texts.push_back(source.title.c_str());
    texts.push_back(source.note.ko.c_str());
    texts.push_back(source.note.en.c_str());
  }
}

void collectCatalogueTexts(const core::Catalogue& catalogue, std::vector<const char*>& texts) {
  for (const auto& [name, kind] : catalogue.kinds()) {
    texts.push_back(kind.label.ko.c_str());
    texts.push_back(kind.label.en.c_str());
  }
  for (const auto& [name, property] : catalogue.properties()) {
    texts.push_back(property.label.ko.c_str());
    texts.push_back(property.label.en.c_str());
    texts.push_back(property.unit.c_str());
  }
}

/// Layer names and legends, and the words that labels are made of.
void collectBindingTexts(const binding::Palette& palette, std::vector<std::string>& texts) {
  const auto add = [&](const core::BilingualText& text) { texts.insert(texts.end(), {text.ko, text.en}); };
  for (const binding::LayerRow& layer : binding::standardLayers()) {
    add(layer.label);
    for (const binding::LegendEntry& entry : binding::legendOf(layer.name, palette)) add(entry.text);
  }
  for (const binding::LegendEntry& entry : binding::freshnessLegend(palette)) add(entry.text);
  for (const core::BilingualText& text : binding::labelWords()) add(text);
}

base::Status openClock(App& app) {
  if (app.options.time) {
    app.clock = ShowClock::fixed(*app.options.time, kFixedStep);
    return base::okStatus();
  }
  if (!app.options.replay.empty()) {
    const auto span = spanOfRecording(app.options.replay);
    if (!span) return base::Error{span.error()};
    app.clock = ShowClock::replay(span->first, app.options.speed);
    return base::okStatus();
  }
  app.clock = ShowClock::live();
  return base::okStatus();
}

base::Status openAlarms(App& app) {
  auto alarming = Alarming::create(app.options, *app.world, *app.clock);
  if (!alarming) return base::Error{alarming.error()};
  app.alarming = *std::move(alarming);
  if (!app.alarming) return base::okStatus();
  app.feeding->addChangeTap(app.alarming->tap());
  app.alarming->start();
  return base::okStatus();
}

base::Status openFeeds(App& app) {
  std::function<base::UtcNs()> now;
  if (app.clock->isFixed()) now = [&app] { return app.clock->shown(); };
  auto feeding = Feeding::create(app.options, *app.world, std::move(now));
  if (!feeding) return base::Error{feeding.error()};
  app.feeding = std::move(*feeding);
  auto past = Past::create(app.options, *app.world);
  if (!past) return base::Error{past.error()};
  app.past = std::move(*past);
  if (app.past) {
    app.feeding->addChangeTap(app.past->tap());
    app.clock->allowPast();
  }
  if (auto alarming = openAlarms(app); !alarming) return alarming;
  app.feeding->start();
  app.matchDay = app.options.matchDay;
  app.ahead.setOn(app.options.lookAhead > 0);
  if (app.options.lookAhead > 0) app.ahead.setMinutes(app.options.lookAhead);
  return base::okStatus();
}

base::Status placeCamera(App& app) {
  const auto& views = app.world->city().data.views;
  const city::NamedView* view = views.empty() ? nullptr : &views.front();
  if (!app.options.view.empty()) {
    view = findView(app, app.options.view);
    if (view == nullptr) {
      std::string known;
      for (const city::NamedView& v : views) known += (known.empty() ? "" : ", ") + v.id;
      return base::Error{"no view is called " + app.options.view + ": take one of " + known};
    }
  }
  const city::City* city = &app.world->city();
  const scene::Camera start = view ? cameraOf(*view) : scene::lookAt({0, 0, 0}, 1500, 0, -0.6, 0.55);
  app.camera = std::make_unique<CameraControl>(start, [city](double x, double y) { return city->data.terrain.at(x, y); });
  return base::okStatus();
}

}  // namespace

double uiScaleOf(const App& app) {
  const glm::ivec2 size = app.graphics->size();
  return panels::designScale({size.x, size.y}) * app.uiScale;
}

float renderScaleOf(const App& app) {
  if (!app.scaled || app.quality != render::Quality::Low) return 0;
  const glm::ivec2 size = app.graphics->size();
  const double pixels = static_cast<double>(size.x) * size.y;
  const double most = app.restFrames >= kFramesToRest ? kRestingPixels : kSoftwarePixels;
  return static_cast<float>(std::clamp(std::sqrt(most / std::max(1.0, pixels)), 0.5, 1.0));
}

base::Status buildUi(App& app) {
  const double scale = uiScaleOf(app);
  const bool large = app.options.mode == panels::Mode::Exhibition;
  ui::FontRequest request{.scale = scale, .large = large, .texts = app.i18n->allTexts()};
  collectCityTexts(app.world->city(), request.texts);
  collectCatalogueTexts(*app.world->catalogue, request.texts);
  std::vector<std::string> words;
  collectBindingTexts(app.world->palette, words);
  if (app.alarming)
    for (const alarms::Rule& rule : app.alarming->view()->rules->rules)
      for (const core::BilingualText* text : {&rule.name, &rule.means, &rule.act}) words.insert(words.end(), {text->ko, text->en});
  for (const std::string& word : words) request.texts.push_back(word.c_str());
  auto fonts = ui::loadFonts(request);
  if (!fonts) return base::Error{fonts.error()};
  for (const std::string& warning : fonts.warnings) base::logWarning(warning);
  app.fonts = *fonts;
  ui::applyTheme(app.theme, scale, large);
  if (app.panels) {
    app.panels->setFonts(app.fonts, scale);
    return app.graphics->uiPass().rebuildFonts();
  }
  if (auto started = app.graphics->startUi(); !started) return started;
  app.panels = std::make_unique<panels::Panels>(app.fonts, app.theme, *app.i18n, scale);
  return base::okStatus();
}

std::unique_ptr<App> startApp(const Options& options, StartFailure& failure) {
  const base::MonoNs begun = base::SystemClock::monoNow();
  const auto fail = [&failure](int code, const std::string& text) {
    failure = {code, text};
    return nullptr;
  };
  auto app = std::make_unique<App>();
  app->options = options;
  // The city is built while Vulkan wakes up.
  base::Result<std::unique_ptr<World>> world = base::Error{"not loaded"};
  std::thread loading([&] { world = loadWorld(options); });
  auto graphics = Graphics::create(options);
  loading.join();
  if (!world) return fail(kExitInput, world.error());
  if (!graphics) return fail(kExitDevice, graphics.error());
  app->world = std::move(*world);
  app->graphics = std::move(*graphics);
  app->quality = chooseQuality(options.quality, app->graphics->device());
  app->scaled = options.quality == "auto" && !options.time && app->graphics->device().type() == VK_PHYSICAL_DEVICE_TYPE_CPU;
  app->uiScale = options.uiScale > 0 ? options.uiScale : 1;

  auto i18n = panels::I18n::load(app->world->assets / "i18n");
  if (!i18n) return fail(kExitInput, i18n.error());
  app->i18n = std::make_unique<panels::I18n>(std::move(*i18n));
  app->i18n->setLanguage(options.language);
  app->binding = std::make_unique<binding::Binding>(
      binding::BindContext{app->world->city(), app->world->scene, *app->world->catalogue, app->world->palette});
  app->binding->setLanguage(options.language);
  if (options.weather == "clear") app->binding->forceWeather(scene::Weather{});
  if (options.weather == "cloudy") app->binding->forceWeather(scene::Weather{.cloud = 0.85f, .haze = 0.3f});
  if (options.weather == "rain") app->binding->forceWeather(scene::Weather{.cloud = 1, .rain = 0.7f, .haze = 0.55f, .wetness = 1});

  for (auto step : {openClock, openFeeds, placeCamera})
    if (auto done = step(*app); !done) return fail(kExitInput, done.error());
  applyCapsule(*app);
  if (!options.noUi || !options.noLabels)
    if (auto built = buildUi(*app); !built) return fail(kExitInput, built.error());
  app->stats.loaded(static_cast<double>(base::SystemClock::monoNow() - begun) * 1e-9);
  return app;
}

}  // namespace app
