// SPDX-License-Identifier: Apache-2.0
// One run of the program with every format at once, as tools/show_formats starts it: real payloads, simulators and
// garbage through a broker, HTTP, notifications, files, state frames and a recording.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include "twin/app/feeding.h"
#include "twin/binding/binding.h"
#include "twin/plan/resolve.h"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kRoot = ALPHACITY_SOURCE_DIR;
const fs::path kStats = fs::path(testing::TempDir()) / "alphacity_all_formats.json";
const fs::path kRecording = fs::path(testing::TempDir()) / "alphacity_all_formats.log";

/// What the run left in --stats; null, with a failure, when it did not end well.
json runOfAll() {
  fs::remove(kStats);
  fs::remove(kRecording);
  const std::string command = "ALPHACITY_PROGRAM='" ALPHACITY_BINARY_DIR "/alphacity' '" + (kRoot / "tools/show_formats").string() +
                              "' --headless --validation --no-sumo --seconds 45 --size 640x360 --view techhub --lang en --stats '" + kStats.string() + "' --record '" +
                              kRecording.string() + "' 2>&1";
  const int status = std::system(command.c_str());
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << command;
  std::ifstream in(kStats);
  return in ? json::parse(in) : json();
}

/// The city as it stood at the end of the recording, down to the scene that is drawn.
struct Shown {
  std::unique_ptr<app::World> world;
  std::unique_ptr<app::Feeding> feeding;
  std::unique_ptr<binding::Binding> binding;
  model::Mirror mirror;

  static Shown of(const fs::path& recording, uint64_t messages) {
    app::Options options;
    options.city = kRoot / "assets/city/alpha";
    options.replay = recording;
    Shown shown;
    shown.world = *app::loadWorld(options);
    shown.feeding = *app::Feeding::create(options, *shown.world, {});
    const base::UtcNs end = shown.feeding->recordedSpan().second;
    shown.feeding->start();
    shown.feeding->advanceTo(end);
    const auto heard = [&] {
      uint64_t sum = 0;
      for (const feeds::SourceStats& source : shown.feeding->stats().sources) sum += source.messages - source.queued;
      return sum;
    };
    for (int i = 0; i < 600 && heard() < messages; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_GE(heard(), messages) << "the recording holds what the run received, and what came while it ended";
    const model::ChangeBatch all = shown.feeding->keyframe();
    EXPECT_TRUE(shown.mirror.apply(all));
    shown.binding = std::make_unique<binding::Binding>(binding::BindContext{shown.world->city(), shown.world->scene, *shown.world->catalogue, shown.world->palette});
    plan::Resolver resolver;
    shown.binding->bind(resolver.resolve(shown.mirror, all, {}), end);
    return shown;
  }

  /// Whether something whose id begins so has a part in the scene, in the city, on the ground.
  bool draws(const std::string& prefix) const {
    bool drawn = false;
    const auto& city = world->city();
    mirror.forEach([&](model::EntityHandle handle, const model::Entity& entity) {
      glm::dvec3 at;
      double radius = 0;
      if (drawn || !entity.info->id.starts_with(prefix) || !binding->whereIs(mirror, handle, at, radius)) return;
      const bool line = entity.info->geometry && entity.info->geometry->shape == model::Geometry::Shape::Lines;
      const double above = at.z - city.surfaceAt(at.x, at.y, at.z);
      drawn = (line || binding->pickOf(mirror, handle) != 0) && at.x > city.data.low.x && at.x < city.data.high.x && at.y > city.data.low.y && at.y < city.data.high.y &&
              above > -1 && above < 12;
    });
    return drawn;
  }
};

TEST(AllFormats, AtOnceInTheCityAndEveryMessageAccountedFor) {
  if (!fs::exists(kRoot / "../shared/data/gtfs_rt_bart")) GTEST_SKIP() << "../shared/data is not here";
  const json run = runOfAll();
  ASSERT_FALSE(run.is_null());
  EXPECT_EQ(run["validation_messages"], 0);
  EXPECT_GT(run["frames"].get<int>(), 3);

  std::map<std::string, const json*> sources;
  for (const json& source : run["sources"]) {
    const std::string name = source["name"];
    sources[name.starts_with("mqtt://") ? "recorded" : name.starts_with("state:") ? "state" : name] = &source;
    EXPECT_EQ(source["balanced"], true) << source.dump();
    EXPECT_EQ(source["queued"], 0) << source.dump();
    uint64_t rejected = 0;
    for (const auto& [reason, count] : source["rejected"].items()) rejected += count.get<uint64_t>();
    EXPECT_EQ(source["messages"].get<uint64_t>(), source["applied"].get<uint64_t>() + source["conflated"].get<uint64_t>() + source["late"].get<uint64_t>() +
                                                      source["duplicate"].get<uint64_t>() + rejected)
        << source.dump();
  }
  for (const char* name : {"sim", "bart", "recorded", "state", "frost", "polled", "bikes", "mds", "notified", "J2735", "ETSI", "CAP", "DATEX II", "NGSI",
                           "SensorThings", "GTFS-RT", "SPaT", "JSON by mapping", "XML by mapping", "KMA nowcast (sample)", "AirKorea (sample)",
                           "ITS traffic (sample)", "Daegu BIS positions (sample)", "Emergency SMS (sample)", "EV chargers (sample)", "Signal timing (sample)"}) {
    ASSERT_TRUE(sources.contains(name)) << name;
    EXPECT_GT((*sources[name])["applied"].get<int>(), 0) << sources[name]->dump();
  }

  // The garbage, each by its reason and where it came from; what is sound beside it goes on.
  const std::multimap<std::string, std::string> garbage{{"J2735", "json"}, {"J2735", "too_large"}, {"J2735", "unsupported"}, {"CAP", "xml_dtd"}, {"DATEX II", "xml"},
                                                        {"GTFS-RT", "protobuf"}, {"NGSI", "missing_field"}, {"SensorThings", "unknown_datastream"},
                                                        {"SPaT", "time"}, {"notified", "json"}};
  for (const auto& [name, reason] : garbage) EXPECT_GT((*sources[name])["rejected"].value(reason, 0), 0) << name << " " << reason;
  for (const auto& [name, source] : sources)
    for (const auto& [reason, count] : (*source)["rejected"].items())
      EXPECT_TRUE(std::any_of(garbage.begin(), garbage.end(), [&](const auto& g) { return g.first == name && g.second == reason; })) << name << " " << reason;

  // Each format's things stand in the city. (The run's mapping files are gone, and with them what came by mapping.)
  uint64_t messages = 0;
  for (const json& source : run["sources"]) messages += source["messages"].get<uint64_t>();
  const Shown shown = Shown::of(kRecording, messages);
  for (const char* id : {"bsm-", "psm-", "intersection-12110", "tim-", "its-4711", "denm-", "cap-A-2", "datex-", "urn:ngsi-ld:Vehicle", "santander:",
                         "frost/Things(", "bikes/station/", "bikes/vehicle/", "mds/", "bart-", "stop/7", "recorded-1", "ev/", "its-cctv/"})
    EXPECT_TRUE(shown.draws(id)) << id;
}

}  // namespace
