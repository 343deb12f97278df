// SPDX-License-Identifier: Apache-2.0
#include "engine/render/build_passes.h"

#include "engine/render/main_scope.h"
#include "engine/render/passes/ao_pass.h"
#include "engine/render/passes/bloom_pass.h"
#include "engine/render/passes/constant_pass.h"
#include "engine/render/passes/field_pass.h"
#include "engine/render/passes/headlight_pass.h"
#include "engine/render/passes/line_pass.h"
#include "engine/render/passes/opaque_pass.h"
#include "engine/render/passes/pick_pass.h"
#include "engine/render/passes/resolve_pass.h"
#include "engine/render/passes/shadow_pass.h"
#include "engine/render/passes/sky_pass.h"
#include "engine/render/passes/transparent_pass.h"
#include "engine/render/passes/ui_pass_hook.h"

namespace render {

base::Result<PassList> buildPasses(const PassSetup& setup, bool constantShading) {
  using Make = base::Result<std::unique_ptr<Pass>> (*)(const PassSetup&);
  const QualitySettings settings = settingsOf(setup.quality);
  std::vector<Make> order;
  if (constantShading) {
    order = {makeConstantPass, makeUiHookPass};
  } else {
    order = {makeShadowPass, makeFieldPass, makeOpaquePass, makeSkyPass};
    if (!settings.fieldHeadlights) order.push_back(makeHeadlightPass);
    order.insert(order.end(), {makeTransparentPass, makeLinePass});
    if (settings.ambientOcclusion) order.push_back(makeAoPass);
    if (settings.bloom) order.push_back(makeBloomPass);
    order.insert(order.end(), {makeResolvePass, makePickPass, makeUiHookPass});
  }
  PassList list({Resource::SceneData});
  list.setMainScope(std::make_unique<MainScope>());
  list.setStillScope(std::make_unique<StillScope>());
  for (const Make make : order) {
    base::Result<std::unique_ptr<Pass>> pass = make(setup);
    if (!pass) return base::Error{pass.error()};
    if (base::Status s = list.add(std::move(*pass)); !s) return base::Error{s.error()};
  }
  return list;
}

}  // namespace render
