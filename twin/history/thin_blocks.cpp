// SPDX-License-Identifier: Apache-2.0
#include "twin/history/thin_blocks.h"

#include <algorithm>
#include <unordered_map>

#include "engine/base/hash.h"
#include "twin/history/journal.h"

namespace history {
namespace {

class Sieve final : public JournalVisitor {
 public:
  explicit Sieve(int64_t period) : period_(period) { block_.clear(); }

  bool on(const MessageRecord& message) override {
    message_ = message;
    written_ = false;
    return true;
  }
  void on(const ValueRecord& r) override {
    if (firstInPeriod(uint64_t{r.entity} << 32 | r.property, r.event)) keep(r, r.event);
  }
  void on(const PoseRecord& r) override {
    if (firstInPeriod(uint64_t{r.entity} << 32, r.event)) keep(r, r.event);
  }
  void on(const DepartureRecord& r) override { keep(r, r.event); }
  void on(const DescriptionRecord& r) override { keep(r, r.what.eventTime); }
  void on(const EventRecord& r) override { keep(r, r.what.eventTime); }

  JournalBlock finish() {
    block_.data = out_.finish();
    return std::move(block_);
  }

 private:
  bool firstInPeriod(uint64_t series, base::UtcNs event) {
    const int64_t period = event / period_;
    const auto [known, isNew] = last_.try_emplace(series, period);
    if (!isNew && known->second == period) return false;
    known->second = period;
    return true;
  }
  template <typename R>
  void keep(const R& record, base::UtcNs event) {
    if (!std::exchange(written_, true)) out_.add(message_);
    out_.add(record);
    block_.count(message_.received, event, message_.late);
  }

  int64_t period_;
  JournalWriter out_;
  JournalBlock block_;
  MessageRecord message_;
  bool written_ = false;
  std::unordered_map<uint64_t, int64_t> last_;
};

}  // namespace

base::Result<JournalBlock> thinBlocks(std::span<const std::string> blocks, int64_t periodNs) {
  Sieve sieve(periodNs);
  for (const std::string& block : blocks)
    if (auto read = readJournal(block, sieve); !read) return base::Error{read.error()};
  return sieve.finish();
}

}  // namespace history
