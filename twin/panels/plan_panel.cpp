// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/plan_panel.h"

#include <algorithm>
#include <numbers>
#include <set>

#include <imgui.h>

#include "twin/panels/entity_text.h"
#include "twin/panels/format.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

/// Ids of boxes must be new in the whole plan.
std::string freeBoxId(const plan::LayerStack* stack) {
  std::set<std::string> used;
  if (stack)
    for (const plan::Layer& layer : stack->layers())
      for (const plan::Edit& edit : layer.edits)
        if (const auto* box = std::get_if<plan::AddBox>(&edit)) used.insert(box->id);
  for (size_t n = used.size() + 1;; ++n) {
    std::string id = "plan-box-" + std::to_string(n);
    if (!used.contains(id)) return id;
  }
}

bool slider(const Context& ui, const char* label, float& value, float low, float high, const char* format, float width) {
  ImGui::AlignTextToFramePadding();
  quiet(ui, label);
  ImGui::SameLine(width * 0.36f);
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  ImGui::PushID(label);
  const bool moved = ImGui::SliderFloat("##value", &value, low, high, format, ImGuiSliderFlags_AlwaysClamp);
  ImGui::PopID();
  return moved;
}

}  // namespace

glm::dvec2 groundInView(const PanelInput& in) {
  const scene::Camera& camera = in.view.camera;
  const glm::dvec3 forward = camera.forward();
  glm::dvec3 at = camera.position;
  if (!in.city) return at;
  // A march over the terrain is exact enough for placing a box.
  double step = 2;
  for (double along = 0; along < 6000; along += step) {
    at = camera.position + forward * along;
    const double clearance = at.z - in.city->data.terrain.at(at.x, at.y);
    if (clearance <= 0) return at;
    step = std::max(0.5, clearance * 0.3);
  }
  return camera.position;
}

void PlanPanel::hideSelected(const Context& ui, float width) {
  const model::Entity* entity = ui.in.mirror ? ui.in.mirror->find(ui.in.selected) : nullptr;
  const bool building = entity && entity->info && entity->info->kind == "building";
  heading(ui, ui.tr("plan.hide"));
  if (!building) {
    quiet(ui, ui.tr("plan.hide_hint"));
    return;
  }
  elided(titleOf(ui, *entity), width, ui.theme.text);
  if (wordButton(ui, Icon::Hide, ui.tr("plan.hide_button"), width)) ui.ask(AddPlanEdit{plan::HideEntity{entity->info->id}});
}

void PlanPanel::addBox(const Context& ui, float width) {
  heading(ui, ui.tr("plan.box"));
  quiet(ui, ui.tr("plan.box_hint"));
  slider(ui, ui.tr("plan.width"), width_, 5, 150, "%.0f m", width);
  slider(ui, ui.tr("plan.depth"), depth_, 5, 150, "%.0f m", width);
  slider(ui, ui.tr("plan.height"), height_, 3, 250, "%.0f m", width);
  slider(ui, ui.tr("plan.turn"), turn_, -90, 90, "%.0f°", width);
  if (!wordButton(ui, Icon::Box, ui.tr("plan.box_button"), width)) return;
  ui.ask(AddPlanEdit{plan::AddBox{.id = freeBoxId(ui.in.plan),
                                  .centre = groundInView(ui.in),
                                  .size = {width_, depth_},
                                  .height = height_,
                                  .heading = turn_ * std::numbers::pi / 180}});
}

void PlanPanel::layers(const Context& ui, float width) {
  heading(ui, ui.tr("plan.layers"));
  if (!ui.in.plan || ui.in.plan->layers().empty()) {
    quiet(ui, ui.tr("plan.none"));
    return;
  }
  size_t index = 0;
  for (const plan::Layer& layer : ui.in.plan->layers()) {
    const auto hidden = std::count_if(layer.edits.begin(), layer.edits.end(), [](const plan::Edit& e) { return std::holds_alternative<plan::HideEntity>(e); });
    const auto added = static_cast<std::ptrdiff_t>(layer.edits.size()) - hidden;
    bool on = layer.enabled;
    ImGui::PushID(static_cast<int>(index));
    if (switchRow(ui, "layer", layer.name, on, width)) ui.ask(SetPlanLayerEnabled{index, on});
    quiet(ui, fill(ui.tr("plan.counts"), {countText(static_cast<uint64_t>(hidden)), countText(static_cast<uint64_t>(added))}));
    ImGui::PopID();
    ++index;
  }
}

void PlanPanel::build(const Context& ui, const Rect& place, PanelWindows& windows) {
  const float width = windows.begin(ui, PanelId::Plan, place, ui.tr("plan.title"), true);
  const float half = std::floor((width - ImGui::GetStyle().ItemSpacing.x) / 2);
  const auto step = [&](Icon icon, const char* key, bool can) {
    ImGui::PushStyleVar(ImGuiStyleVar_Alpha, can ? 1.f : 0.45f);
    const bool pressed = wordButton(ui, icon, ui.tr(key), half) && can;
    ImGui::PopStyleVar();
    return pressed;
  };
  layers(ui, width);
  ImGui::Dummy({0, ui.px(2)});
  if (step(Icon::Undo, "action.undo", ui.in.plan && ui.in.plan->canUndo())) ui.ask(Undo{});
  ImGui::SameLine();
  if (step(Icon::Redo, "action.redo", ui.in.plan && ui.in.plan->canRedo())) ui.ask(Redo{});
  hideSelected(ui, width);
  addBox(ui, width);
  windows.end();
}

}  // namespace panels
