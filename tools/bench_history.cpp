// SPDX-License-Identifier: Apache-2.0
// bench_history: history rows per second against a bare loop of one prepared SQLite statement with the same index,
// batch and durability in the same run; then a history of 5,000 movers at 1 Hz, as long as --seconds of generating
// allow or of --hours, and how long a jump to a random moment in it takes: warm, and cold with the file thrown out of
// the machine's page cache before each. Prints JSON.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include "engine/base/hash.h"
#include "twin/history/block_builder.h"
#include "twin/history/history_writer.h"
#include "twin/history/projector.h"
#include "twin/history/state_reader.h"

namespace {

using Steady = std::chrono::steady_clock;
constexpr base::UtcNs kStart = 1'795'338'000 * base::kNsPerSecond;
constexpr int kThings = 5000;
constexpr int kBatch = 20'000;
constexpr int kJumps = 60;

double since(Steady::time_point begun) { return std::chrono::duration<double>(Steady::now() - begun).count(); }

double residentMegabytes() {
  std::ifstream in("/proc/self/statm");
  long all = 0, resident = 0;
  in >> all >> resident;
  return static_cast<double>(resident) * 4096 / 1e6;
}

/// What a message of one thing says: a value, or a pose of a mover.
history::SeenMessage valueMessage(int64_t n) {
  history::SeenMessage m;
  model::PropertyObservation p;
  p.entity = "sensor-" + std::to_string(n % kThings);
  p.kind = "air_station";
  p.property = "pm25";
  p.value = static_cast<double>(n % 97) * 0.5;
  p.eventTime = kStart + n / kThings * base::kNsPerSecond;
  m.news.properties.push_back(std::move(p));
  m.source = 0;
  m.received = kStart + n * (base::kNsPerSecond / kThings);
  return m;
}

/// Where a mover is in that second, in a message that poseMessage() has made.
void movePose(history::SeenMessage& m, int64_t second, int mover) {
  model::PoseObservation& p = m.news.poses.front();
  const double phase = static_cast<double>(second) * 0.02 + mover;
  p.position = {1000 * std::sin(phase), 800 * std::cos(phase * 0.7), 60 + std::sin(phase)};
  p.heading = std::fmod(phase, 6.283);
  p.speed = 8 + std::sin(phase * 3);
  p.eventTime = kStart + second * base::kNsPerSecond + mover * 100'000;
  m.received = p.eventTime + 40 * base::kNsPerMs;
}

history::SeenMessage poseMessage(int64_t second, int mover) {
  history::SeenMessage m;
  model::PoseObservation& p = m.news.poses.emplace_back();
  p.entity = "car-" + std::to_string(mover);
  p.kind = "car";
  p.hasElevation = true;
  m.source = 0;
  movePose(m, second, mover);
  return m;
}

/// The measure: the same rows in the same table with the same index and commits of the same size, nothing else.
double bareRowsPerSecond(const std::filesystem::path& file, double seconds) {
  sqlite3* db = nullptr;
  sqlite3_open(file.c_str(), &db);
  sqlite3_exec(db, "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384;"
                   "CREATE TABLE sample (id INTEGER PRIMARY KEY, entity INTEGER, property INTEGER, event INTEGER, received INTEGER,"
                   "number REAL, text TEXT, unit INTEGER, source INTEGER, flags INTEGER);"
                   "CREATE INDEX sample_series ON sample (entity, property, event)", nullptr, nullptr, nullptr);
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO sample VALUES (?,?,?,?,?,?,NULL,?,?,?)", -1, &insert, nullptr);
  const auto begun = Steady::now();
  int64_t n = 0;
  while (since(begun) < seconds) {
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    for (int i = 0; i < kBatch; ++i, ++n) {
      sqlite3_bind_int64(insert, 1, n);
      sqlite3_bind_int64(insert, 2, n % kThings);
      sqlite3_bind_int64(insert, 3, 1);
      sqlite3_bind_int64(insert, 4, kStart + n / kThings * base::kNsPerSecond);
      sqlite3_bind_int64(insert, 5, kStart + n);
      sqlite3_bind_double(insert, 6, static_cast<double>(n % 97) * 0.5);
      sqlite3_bind_int64(insert, 7, 2);
      sqlite3_bind_int64(insert, 8, 0);
      sqlite3_bind_int64(insert, 9, 0);
      sqlite3_step(insert);
      sqlite3_reset(insert);
    }
    sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  }
  const double rate = static_cast<double>(n) / since(begun);
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return rate;
}

/// Through the tap, the queue and the writer's thread, until it is durable. `poses`: movers instead of values.
double writerRowsPerSecond(const std::string& where, double seconds, bool poses) {
  history::WriterOptions options;
  options.where = where;
  options.batchRows = kBatch;
  options.utcNow = [] { return kStart; };
  auto writer = *history::HistoryWriter::create(std::move(options));
  const feeds::Source source{.name = "bench", .standard = "none", .endpoint = "bench:"};
  const auto begun = Steady::now();
  int64_t n = 0;
  while (since(begun) < seconds) {
    for (int i = 0; i < 1000; ++i, ++n) {
      const history::SeenMessage m = poses ? poseMessage(n / kThings, static_cast<int>(n % kThings)) : valueMessage(n);
      writer->onApplied({m.news, m.late, m.source, m.received}, source);
    }
    while (writer->status().waitingBytes > (24u << 20)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  writer->flush(120);
  return static_cast<double>(writer->status().rows) / since(begun);
}

double median(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all.empty() ? 0 : all[all.size() / 2];
}

/// A commit each second of history, as a running program makes a few. The seconds made; 0 when the store refuses.
int64_t generate(const std::string& where, double seconds, int64_t most) {
  const history::Pack pack;
  auto store = std::move(*history::openHistory(where, history::Access::Write));
  history::BlockBuilder builder(pack);
  const feeds::Source source{.name = "bench", .standard = "none", .endpoint = "bench:"};
  if (!builder.begin(*store, kStart)) return 0;
  std::vector<history::SeenMessage> movers;  // their names are made once
  for (int mover = 0; mover < kThings; ++mover) movers.push_back(poseMessage(0, mover));
  int64_t made = 0;
  for (const auto begun = Steady::now(); made < most && since(begun) < seconds; ++made) {
    for (int mover = 0; mover < kThings; ++mover) {
      movePose(movers[static_cast<size_t>(mover)], made, mover);
      builder.add(movers[static_cast<size_t>(mover)], source);
    }
    if (!store->append(builder.take())) return 0;
  }
  return made;
}

/// Takes a file out of the page cache, so that it is read from the disk again.
void evict(const std::string& file) {
  const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  fdatasync(fd);
  posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
  close(fd);
}

struct Jumps {
  std::vector<double> state, batch, cpu;  ///< milliseconds: to the state, to the batch that shows it, processor time
};

/// Jumps to a moment; false when the state is not what was written.
bool jump(history::StateReader& reader, history::Projector& projector, base::UtcNs t, const std::string& coldFile, Jumps& into) {
  if (!coldFile.empty()) evict(coldFile);
  const std::clock_t cpuBegun = std::clock();
  const auto begun = Steady::now();
  const auto state = reader.stateAt(t, history::TimeView::AsKnown);
  if (!state || !*state || ((*state)->size() != kThings && t > kStart + 2 * base::kNsPerSecond)) return false;
  into.state.push_back(since(begun) * 1000);
  const auto batch = projector.jump(**state);
  into.batch.push_back(since(begun) * 1000);
  into.cpu.push_back(1000.0 * static_cast<double>(std::clock() - cpuBegun) / CLOCKS_PER_SEC);
  return true;
}

/// Of a history that generate() has made, or is making.
int64_t secondsIn(const std::string& where) {
  auto store = history::openHistory(where, history::Access::Read);
  const auto span = store ? (*store)->span() : base::Result<history::Span>(base::Error{store.error()});
  return span ? (span->last - kStart) / base::kNsPerSecond : 0;
}

nlohmann::json scrub(const std::string& where, int64_t made) {
  const history::Pack pack;
  if (made <= 0) return {};
  history::StateReader reader(std::move(*history::openHistory(where, history::Access::Read)), pack);
  history::Projector projector(pack, reader.names());
  projector.startFrom({});
  base::Random random(5);
  std::vector<base::UtcNs> moments;
  for (int i = 0; i < kJumps; ++i) moments.push_back(kStart + static_cast<base::UtcNs>(random.uniform() * static_cast<double>(made) * 1e9));
  Jumps cold, again, warm;
  const double before = residentMegabytes();
  double most = before;
  // Each cold jump throws out what the ones before have read: only the third time all moments are in memory.
  for (const auto& [file, jumps] : {std::pair(where, &cold), std::pair(std::string(), &again), std::pair(std::string(), &warm)}) {
    for (const base::UtcNs t : moments)
      if (!jump(reader, projector, t, file, *jumps)) return {};
    most = std::max(most, residentMegabytes());
  }
  return {{"seconds_of_history", made}, {"entities", kThings}, {"poses", made * kThings},
          {"disk_megabytes", static_cast<double>(*reader.store().diskBytes()) / 1e6},
          {"bytes_per_pose", static_cast<double>(*reader.store().diskBytes()) / static_cast<double>(made * kThings)},
          {"state_ms_median", median(warm.state)}, {"jump_ms_median", median(warm.batch)},
          {"jump_cpu_ms_median", median(warm.cpu)}, {"jump_ms_max", *std::max_element(warm.batch.begin(), warm.batch.end())},
          {"cold_state_ms_median", median(cold.state)}, {"cold_jump_ms_median", median(cold.batch)},
          {"cold_jump_ms_max", *std::max_element(cold.batch.begin(), cold.batch.end())},
          {"resident_megabytes_before", before}, {"resident_megabytes_most", most}};
}

}  // namespace

int main(int argc, char** argv) {
  double seconds = 20, hours = 0;
  std::string existing;
  std::filesystem::path folder = std::filesystem::temp_directory_path() / "alphacity-bench-history";
  CLI::App cli{"Measures writing history and looking back in it"};
  cli.add_option("--seconds", seconds, "For the whole, about")->check(CLI::PositiveNumber);
  cli.add_option("--hours", hours, "Of history to look back in, however long the writing takes (24 h: 20 GB)");
  cli.add_option("--folder", folder, "For its files; it is made anew and removed");
  cli.add_option("--in", existing, "Only look back in this file, which an earlier run left or another is writing")->check(CLI::ExistingFile);
  CLI11_PARSE(cli, argc, argv);
  if (!existing.empty()) {
    const nlohmann::json result = {{"scrub", scrub(existing, secondsIn(existing))}};
    std::printf("%s\n", result.dump(2).c_str());
    return result["scrub"].is_null() ? 1 : 0;
  }
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const double each = std::min(5.0, seconds / 4);
  const double bare = bareRowsPerSecond(folder / "bare.sqlite", each);
  const double values = writerRowsPerSecond((folder / "values.sqlite").string(), each, false);
  const double poses = writerRowsPerSecond((folder / "poses.sqlite").string(), each, true);
  const std::string day = (folder / "scrub.sqlite").string();
  const int64_t made = hours > 0 ? generate(day, 1e9, static_cast<int64_t>(hours * 3600)) : generate(day, seconds, 86'400);
  const nlohmann::json result = {{"bare_rows_per_second", bare}, {"value_rows_per_second", values}, {"pose_rows_per_second", poses},
                                 {"value_ratio", values / bare}, {"pose_ratio", poses / bare},
                                 {"scrub", scrub(day, made)}};
  std::printf("%s\n", result.dump(2).c_str());
  std::filesystem::remove_all(folder);
  return result["scrub"].is_null() ? 1 : 0;
}
