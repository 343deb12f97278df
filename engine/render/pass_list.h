// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/render/pass.h"

namespace render {

/// Opens and closes a rendering scope that several passes share.
class ScopeHandler {
 public:
  virtual ~ScopeHandler() = default;
  virtual void begin(PassContext& context) = 0;
  virtual void end(PassContext& context) = 0;
};

/// The passes of a picture, in order. Each read must have an earlier writer; a barrier stands between a
/// pass and an earlier one it depends on; each pass has its debug label and its timestamps.
class PassList {
 public:
  /// `given` is there before the first pass.
  explicit PassList(ResourceSet given = {}) : written_(given.bits) {}

  /// Fails when the pass reads what nobody wrote before it.
  base::Status add(std::unique_ptr<Pass> pass);
  void setMainScope(std::unique_ptr<ScopeHandler> handler) { main_ = std::move(handler); }
  void setStillScope(std::unique_ptr<ScopeHandler> handler) { still_ = std::move(handler); }
  void record(PassContext& context);
  std::vector<std::string> names() const;

  /// Whether a pass must wait for what was written or read since the last barrier: after a write for any
  /// use, after a read for a write.
  static bool needsBarrier(ResourceSet reads, ResourceSet writes, ResourceSet pendingReads, ResourceSet pendingWrites);

 private:
  void recordOne(PassContext& context, Pass& pass);
  void recordStill(PassContext& context);

  std::vector<std::unique_ptr<Pass>> passes_;
  std::unique_ptr<ScopeHandler> main_;
  std::unique_ptr<ScopeHandler> still_;
  uint32_t written_ = 0;
};

}  // namespace render
