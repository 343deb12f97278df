// SPDX-License-Identifier: Apache-2.0
#include "twin/app/alarming.h"

#include <cmath>
#include <cstdio>
#include <map>
#include <mutex>
#include <pwd.h>
#include <unistd.h>

#include "engine/base/log.h"
#include "twin/alarms/audit_log.h"
#include "twin/app/history_to_write.h"
#include "twin/app/link_finder.h"
#include "twin/city/transit_shapes.h"

namespace app {
namespace {

constexpr int64_t kStep = 5 * base::kNsPerSecond;  // a larger difference of the two clocks: one was set

/// The machine's clock, with an epoch for every time that somebody set it.
class WallClock {
 public:
  alarms::EngineTime read() {
    const base::UtcNs utc = base::SystemClock::utcNow();
    const base::MonoNs mono = base::SystemClock::monoNow();
    std::lock_guard lock(mutex_);
    const int64_t drift = (utc - mono) - offset_;
    if (offset_ != 0 && (drift > kStep || drift < -kStep)) ++epoch_;
    // Slewing by a time service is slow and may add up; only a jump counts.
    offset_ = utc - mono;
    return {utc, epoch_};
  }

 private:
  std::mutex mutex_;
  int64_t offset_ = 0;
  uint32_t epoch_ = 0;
};

std::string textOf(const model::EntityInfo& info, std::string_view name) {
  for (const auto& [key, value] : info.attributes)
    if (const std::string* text = std::get_if<std::string>(&value); text && key == name) return *text;
  return {};
}

std::optional<double> numberOf(const model::EntityInfo& info, std::string_view name) {
  for (const auto& [key, value] : info.attributes)
    if (const double* number = std::get_if<double>(&value); number && key == name) return *number;
  return std::nullopt;
}

bool truthOf(const model::EntityInfo& info, std::string_view name) {
  for (const auto& [key, value] : info.attributes)
    if (const bool* truth = std::get_if<bool>(&value); truth && key == name) return *truth;
  return false;
}

/// Vehicle groups of a controller whose approaches cross.
std::map<std::string, std::vector<std::pair<int, int>>, std::less<>> conflictsOf(const city::City& city) {
  std::map<std::string, std::map<int, double>> approaches;  // controller -> group -> degrees
  for (const model::EntityInfo& info : city.entities) {
    if (info.kind != "signal" || truthOf(info, "pedestrian")) continue;
    const auto group = numberOf(info, "group"), approach = numberOf(info, "approach");
    const std::string controller = textOf(info, "controller");
    if (group && approach && !controller.empty()) approaches[controller].emplace(static_cast<int>(*group), *approach);
  }
  std::map<std::string, std::vector<std::pair<int, int>>, std::less<>> conflicts;
  for (const auto& [controller, groups] : approaches)
    for (auto a = groups.begin(); a != groups.end(); ++a)
      for (auto b = std::next(a); b != groups.end(); ++b) {
        const double turn = std::abs(std::remainder(a->second - b->second, 360.0));
        if (turn > 50 && turn < 130) conflicts[controller].emplace_back(a->first, b->first);
      }
  return conflicts;
}

alarms::RuleContext contextOf(const World& world) {
  alarms::RuleContext context;
  const city::City& city = world.city();
  context.frame = &city.data.frame;
  context.catalogue = world.catalogue;
  context.conflicts = conflictsOf(city);
  if (!city.data.folder.empty()) {
    std::vector<std::string> warnings;
    for (city::TransitRoute& route : city::readTransitRoutes(city.data.folder / "gtfs", city.data.frame, warnings))
      context.routes[route.id] = std::move(route.shapes);
  }
  context.linkAt = [finder = std::make_shared<LinkFinder>(city.data)](glm::dvec2 place) { return finder->at(place); };
  return context;
}

std::string accountName() {
  const passwd* account = ::getpwuid(::geteuid());
  return account && account->pw_name ? account->pw_name : "uid " + std::to_string(::geteuid());
}

}  // namespace

/// The shown moment, for the engine's thread.
struct Alarming::ReplayTime {
  std::mutex mutex;
  alarms::EngineTime now;
  base::MonoNs told = 0;
  void tell(base::UtcNs shown) {
    std::lock_guard lock(mutex);
    constexpr int64_t kSought = 600 * base::kNsPerSecond;
    if (now.utc != 0 && (shown < now.utc || shown > now.utc + kSought)) ++now.epoch;
    now.utc = shown;
  }
  alarms::EngineTime read() {
    std::lock_guard lock(mutex);
    return now;
  }
};

std::filesystem::path stateFolderOf(const Options& options) { return options.stateDir.empty() ? stateFolder() : options.stateDir; }

base::Result<std::unique_ptr<Alarming>> Alarming::create(const Options& options, const World& world, const ShowClock& clock) {
  std::filesystem::path file = options.alarms;
  if (file.empty() && !world.city().data.folder.empty()) file = world.city().data.folder / "alarms.toml";
  std::error_code ignored;
  if (file.empty() || (options.alarms.empty() && !std::filesystem::exists(file, ignored))) return std::unique_ptr<Alarming>();
  auto rules = alarms::loadRules(file);
  if (!rules) return base::Error{rules.error()};
  auto alarming = std::unique_ptr<Alarming>(new Alarming);
  alarms::EngineOptions engine;
  engine.rules = std::make_shared<const alarms::RuleSet>(*std::move(rules));
  engine.context = contextOf(world);
  if (clock.isFixed()) {
    engine.runInline = alarming->inline_ = true;
  } else if (!options.replay.empty()) {
    alarming->replay_ = std::make_shared<ReplayTime>();
    alarming->replay_->tell(clock.shown());
    engine.now = [time = alarming->replay_] { return time->read(); };
    engine.restartOnJump = true;
  } else {
    engine.now = [wall = std::make_shared<WallClock>()] { return wall->read(); };
    engine.stateFolder = stateFolderOf(options);
  }
  alarming->operator_ = accountName();
  alarming->engine_ = alarms::Engine::create(std::move(engine));
  alarming->engine_->define(world.city().entities);
  return alarming;
}

Alarming::~Alarming() { stop(); }

void Alarming::advanceTo(base::UtcNs shown) {
  if (inline_) engine_->advance(shown);
  if (replay_) replay_->tell(shown);
}

void Alarming::request(alarms::DeskRequest request) {
  request.who = operator_;
  engine_->request(std::move(request));
}

int runVerifyAudit(const std::filesystem::path& file) {
  const auto checked = alarms::verifyAudit(file);
  if (!checked) {
    base::logError(checked.error());
    return kExitInput;
  }
  std::printf("%s: %llu entries, whole%s, last hash %s\n", file.string().c_str(), static_cast<unsigned long long>(checked->entries),
              checked->tornEnd ? " but for an unfinished last line" : "", checked->hash.c_str());
  return kExitOk;
}

}  // namespace app
