// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "twin/feeds/change_tap.h"
#include "twin/history/history_status.h"
#include "twin/history/retention.h"
#include "twin/history/state.h"

namespace history {

struct WriterOptions {
  std::string where;                       ///< as for openHistory
  std::shared_ptr<const Pack> pack;        ///< null: none
  Retention retention;
  size_t queueBytes = 64u << 20;           ///< of what waits for the store; beyond it is lost and becomes a gap
  double batchSeconds = 0.2;               ///< a transaction at least so often ...
  size_t batchRows = 20'000;               ///< ... and at most so large
  size_t keyframeBytes = 1u << 20;         ///< of journal, unpacked, between two keyframes at least
  double retrySeconds = 5;                 ///< between tries after trouble
  double careSeconds = 60;                 ///< between looks at retention and disk use
  double steadySeconds = 600;              ///< the clock must have run evenly so long before anything is called old
  std::function<base::UtcNs()> utcNow;     ///< empty: the machine's
  /// Called on the writer's thread after each commit with the number of the last message that is now safe and the
  /// observations so far.
  std::function<void(uint64_t durable, uint64_t rows)> onDurable;
};

/// Keeps everything that the store takes. The tap appends to a bounded queue and returns; a thread of its own turns
/// what waits into transactions. A store that cannot keep pace holds the feeds back (behind()). One that is full, gone
/// or hangs stops history and nothing else: the status says so, what does not fit the queue is counted and written as a
/// gap when the store is back.
class HistoryWriter final : public feeds::ChangeTap {
 public:
  /// Fails only for what no waiting can mend (a password in the URL).
  static base::Result<std::unique_ptr<HistoryWriter>> create(WriterOptions options);
  ~HistoryWriter() override;  ///< stop()

  void onApplied(const feeds::AppliedMessage& message, const feeds::Source& source) override;
  /// The store takes rows, but less than come: the queue is more than half full.
  bool behind() const override;
  /// What did not come by a feed, such as alarms. Any thread. Never lost for want of queue while it holds events.
  void add(model::Observations seen, const feeds::Source& source, base::UtcNs received);

  /// Waits until all that was given is durable; false after the timeout.
  bool flush(double timeoutSeconds);
  /// Writes what waits, with one try, and ends.
  void stop();
  HistoryStatus status() const;

 private:
  struct Core;
  explicit HistoryWriter(std::unique_ptr<Core> core);
  std::unique_ptr<Core> core_;
};

}  // namespace history
