// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/mapping_panel.h"

#include <chrono>

#include <imgui.h>

#include "twin/panels/format.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

constexpr size_t kShownBytes = 1500;

const char* reasonWord(const Context& ui, const std::string& reason) {
  const char* word = ui.words.find("reason." + reason);
  return word ? word : reason.c_str();
}

const feeds::SourceStats* sourceNamed(const Context& ui, const std::string& name) {
  if (!ui.in.feeds) return nullptr;
  for (const feeds::SourceStats& s : ui.in.feeds->sources)
    if (s.source.name == name) return &s;
  return nullptr;
}

/// "mapped/<mapping>/..."
std::string mappingName(const std::string& topic) {
  const size_t from = topic.find('/') + 1;
  return topic.substr(from, topic.find('/', from) - from);
}

/// The first bytes, cut between characters.
std::string beginning(const std::string& bytes) {
  if (bytes.size() <= kShownBytes) return bytes;
  size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(bytes[end]) & 0xc0) == 0x80) --end;
  return bytes.substr(0, end) + " ...";
}

void raw(const Context& ui, const std::string& bytes) {
  const std::string text = beginning(bytes);
  FontScope font(ui.fonts.mono);
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::PushStyleColor(ImGuiCol_ChildBg, 0x40000000u);
  if (ImGui::BeginChild("raw", {width, ImGui::GetTextLineHeight() * 7 + ui.px(10)})) wrapped(ui, text, ui.theme.textQuiet);
  ImGui::EndChild();
  ImGui::PopStyleColor();
}

}  // namespace

/// Takes over a finished look and starts the next when there is a newer message.
void MappingPanel::refresh(const Context& ui, const feeds::SourceStats& source) {
  if (looking_.valid() && looking_.wait_for(std::chrono::seconds(0)) == std::future_status::ready) looked_ = looking_.get();
  if (source_ != source.source.name) looked_.reset();
  source_ = source.source.name;
  if (!source.lastMapped || looking_.valid() || (looked_ && looked_->message == source.lastMapped)) return;
  if (!ui.in.mappings || !ui.in.city) return;
  const auto found = ui.in.mappings->find(mappingName(source.lastMapped->topic));
  if (found == ui.in.mappings->end()) return;
  looking_ = std::async(std::launch::async, [kept = source.lastMapped, mapping = found->second, frame = ui.in.city->data.frame] {
    auto looked = std::make_shared<Looked>(Looked{kept, mapping, {}});
    const feeds::DatastreamRegistry none;
    feeds::RawMessage message;
    message.topic = kept->topic;
    message.bytes = kept->bytes;
    message.received = kept->received;
    // What it says goes nowhere: the store has it from the path already.
    (void)feeds::applyMapping(*mapping, message, {.frame = frame, .datastreams = none}, &looked->trace);
    return std::shared_ptr<const Looked>(std::move(looked));
  });
}

void MappingPanel::head(const Context& ui, const feeds::SourceStats& source) const {
  wrapped(ui, source.source.name + " · " + source.source.standard, ui.theme.text);
  if (!looked_) return quiet(ui, ui.tr(source.lastMapped ? "mapping.reading" : "mapping.none"));
  const feeds::MappingTrace& t = looked_->trace;
  wrapped(ui, looked_->message->topic + " · " + bytesText(static_cast<double>(looked_->message->bytes.size())), ui.theme.textQuiet);
  raw(ui, looked_->message->bytes);
  if (!t.refusedFor.empty()) return wrapped(ui, fill(ui.tr("mapping.refused"), {reasonWord(ui, t.refusedFor)}), ui.theme.alarm);
  wrapped(ui, fill(ui.tr("mapping.records"), {countText(t.taken), countText(t.records)}), ui.theme.text);
  for (const auto& [reason, count] : t.refusedRecords)
    wrapped(ui, fill(ui.tr("mapping.rows"), {reasonWord(ui, reason), countText(count)}), ui.theme.warning);
}

/// One block per path: where it is and what for, what stood there, what was made of it, what did not fit.
void MappingPanel::paths(const Context& ui) const {
  for (const feeds::PathTrace& p : looked_->trace.paths) {
    ImGui::Separator();
    const bool bad = !p.refused.empty();
    markItem(ui, bad ? Mark::Cross : p.taken > 0 ? Mark::Check : Mark::DashedRing, bad ? ui.theme.alarm : p.taken > 0 ? ui.theme.good : ui.theme.stale);
    ImGui::SameLine(0, ui.px(6));
    wrapped(ui, p.path + " → " + p.use, ui.theme.text);
    if (!p.raw.empty()) wrapped(ui, p.raw + (p.took.empty() ? "" : " → " + p.took), ui.theme.textQuiet);
    if (p.missing > 0) wrapped(ui, fill(ui.tr("mapping.missing"), {countText(p.missing)}), ui.theme.textQuiet);
    for (const auto& [reason, count] : p.refused) wrapped(ui, fill(ui.tr("mapping.rows"), {reasonWord(ui, reason), countText(count)}), ui.theme.alarm);
  }
  if (looked_->trace.unread.empty()) return;
  ImGui::Separator();
  std::string names;
  for (const std::string& name : looked_->trace.unread) names += (names.empty() ? "" : ", ") + name;
  wrapped(ui, fill(ui.tr("mapping.unread"), {names}), ui.theme.textQuiet);
}

void MappingPanel::build(const Context& ui, const Rect& place, PanelWindows& windows) {
  windows.begin(ui, PanelId::Feeds, place, ui.tr("mapping.title"), true);
  if (wordButton(ui, Icon::Feeds, ui.tr("mapping.back"))) ui.shown.mappedSource.clear();
  FontScope font(ui.fonts.small);
  if (const feeds::SourceStats* source = sourceNamed(ui, ui.shown.mappedSource)) {
    refresh(ui, *source);
    head(ui, *source);
    if (looked_ && looked_->trace.refusedFor.empty()) paths(ui);
  } else if (!ui.shown.mappedSource.empty()) {
    quiet(ui, ui.tr("mapping.none"));
  }
  windows.end();
}

}  // namespace panels
