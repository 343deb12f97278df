// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/render/pass_list.h"

namespace render {

/// Rendering into colour, pick ids and depth, cleared at its beginning: opaque, sky, transparent, lines.
class MainScope final : public ScopeHandler {
 public:
  void begin(PassContext& context) override;
  void end(PassContext& context) override;
};

}  // namespace render
