// SPDX-License-Identifier: Apache-2.0
#include "twin/record/block_ring.h"

#include <algorithm>
#include <map>

namespace record {
namespace {

std::string_view payloadOf(const std::string& block) {
  return std::string_view(block).substr(kBlockHeaderBytes);
}

/// Messages of a block that a keyframe does not hold, as a block of their own; empty when there are none.
std::string inFlight(const BlockHeader& header, const std::string& block, const std::map<uint16_t, uint64_t>& settled) {
  auto records = openBlock(header, payloadOf(block));
  if (!records) return {};
  std::string raw;
  uint32_t count = 0;
  for (const Record& record : *records) {
    const auto* message = std::get_if<MessageRecord>(&record);
    if (!message) continue;
    const auto known = settled.find(message->message.source);
    if (known == settled.end() || message->message.seq <= known->second) continue;
    appendMessage(raw, message->message.source, message->message);
    ++count;
  }
  return count > 0 ? sealBlock(raw, count, header.first, header.last) : std::string();
}

}  // namespace

void BlockRing::add(std::string block) {
  const auto header = parseBlockHeader(block);
  ENSURE(header.ok());
  if (blocks_.empty() && !header->keyframe) return;  // of no use to anybody
  used_ += block.size();
  if (!header->keyframe) newest_ = std::max(newest_, header->last);
  blocks_.push_back({std::move(block), *header});
  trim();
}

/// Index of the first block that is needed with a keyframe.
size_t BlockRing::resumeOf(size_t keyframe) const {
  uint64_t back = blocks_[keyframe].header.back;
  size_t index = keyframe;
  while (index > 0 && back > 0) {
    --index;
    back -= std::min<uint64_t>(back, blocks_[index].bytes.size());
  }
  return index;
}

size_t BlockRing::keyframeAfter(size_t index) const {
  for (size_t i = index + 1; i < blocks_.size(); ++i)
    if (blocks_[i].header.keyframe) return i;
  return blocks_.size();
}

void BlockRing::trim() {
  // The first keyframe may go once the next is old enough to take its place, or when there is no room.
  for (;;) {
    const size_t first = blocks_.front().header.keyframe ? 0 : keyframeAfter(0);
    const size_t next = keyframeAfter(first);
    if (next >= blocks_.size()) return;
    if (blocks_[next].header.last > newest_ - keep_ && used_ <= budget_) return;
    for (size_t drop = std::max(resumeOf(next), first + 1); drop > 0; --drop) {
      used_ -= blocks_.front().bytes.size();
      blocks_.pop_front();
    }
  }
}

base::UtcNs BlockRing::oldest() const {
  for (const Sealed& block : blocks_)
    if (block.header.keyframe) return block.header.last;
  return 0;
}

std::vector<std::string> BlockRing::since(base::UtcNs from) const {
  std::vector<std::string> result;
  if (blocks_.empty()) return result;
  size_t start = blocks_.front().header.keyframe ? 0 : keyframeAfter(0);
  if (start >= blocks_.size()) return result;
  for (size_t next = keyframeAfter(start); next < blocks_.size() && blocks_[next].header.last <= from;
       next = keyframeAfter(next))
    start = next;
  result.push_back(asStartOfRun(blocks_[start].bytes));
  auto opened = openBlock(blocks_[start].header, payloadOf(blocks_[start].bytes));
  ENSURE(opened.ok());
  const auto& keyframe = std::get<KeyframeRecord>(opened->front());
  std::map<uint16_t, uint64_t> settled;
  for (size_t i = 0; i < keyframe.numbers.size(); ++i)
    settled[keyframe.numbers[i]] = keyframe.state.sources[i].settled;
  for (size_t i = resumeOf(start); i < start; ++i) {
    if (blocks_[i].header.keyframe) continue;
    if (std::string block = inFlight(blocks_[i].header, blocks_[i].bytes, settled); !block.empty())
      result.push_back(std::move(block));
  }
  for (size_t i = start + 1; i < blocks_.size(); ++i) result.push_back(blocks_[i].bytes);
  return result;
}

}  // namespace record
