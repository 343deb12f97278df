// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <future>
#include <memory>
#include <string>

#include "twin/feeds/mapping_apply.h"
#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// The last message of a mapped feed beside its mapping: what stands at each path, what was made of it,
/// and what did not fit, with the reason. Takes the place of the feeds panel while Shown::mappedSource
/// names a source. The mapping is applied again to a copy of the message on a thread of its own: no frame
/// waits for it.
class MappingPanel {
 public:
  void build(const Context& ui, const Rect& place, PanelWindows& windows);

 private:
  struct Looked {
    std::shared_ptr<const feeds::KeptMessage> message;
    std::shared_ptr<const feeds::Mapping> mapping;
    feeds::MappingTrace trace;
  };
  void refresh(const Context& ui, const feeds::SourceStats& source);
  void head(const Context& ui, const feeds::SourceStats& source) const;
  void paths(const Context& ui) const;

  std::string source_;
  std::shared_ptr<const Looked> looked_;                ///< what is shown
  std::future<std::shared_ptr<const Looked>> looking_;  ///< at the next message
};

}  // namespace panels
