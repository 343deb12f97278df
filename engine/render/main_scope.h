// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/render/pass_list.h"

namespace render {

/// Rendering into colour, pick ids and depth: opaque, sky, transparent, lines. Cleared at its beginning, unless the
/// still layer was laid there.
class MainScope final : public ScopeHandler {
 public:
  void begin(PassContext& context) override;
  void end(PassContext& context) override;
};

/// Rendering what is still into the still layer's band.
class StillScope final : public ScopeHandler {
 public:
  void begin(PassContext& context) override;
  void end(PassContext& context) override;
};

}  // namespace render
