// SPDX-License-Identifier: Apache-2.0
#include "engine/render/passes/ui_pass_hook.h"

namespace render {
namespace {

class UiHookPass final : public Pass {
 public:
  const char* name() const override { return "ui"; }
  ResourceSet reads() const override { return {Resource::Target}; }
  ResourceSet writes() const override { return {Resource::Target}; }
  bool wanted(const PassContext& c) const override { return c.input.ui != nullptr; }
  void record(PassContext& c) override { c.input.ui->record(c.commands, c.input.target); }
};

}  // namespace

base::Result<std::unique_ptr<Pass>> makeUiHookPass(const PassSetup&) { return std::unique_ptr<Pass>(new UiHookPass()); }

}  // namespace render
