// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/actions.h"

#include <algorithm>
#include <cmath>

#include "twin/panels/alarm_list.h"

namespace panels {
namespace {

using platform::Key;
constexpr platform::Modifiers kNone{};
constexpr platform::Modifiers kCtrl{.control = true};
constexpr platform::Modifiers kCtrlShift{.shift = true, .control = true};
constexpr platform::Modifiers kShift{.shift = true};

template <typename C>
auto command(C value) {
  return [value](ActionTarget& t, size_t) { t.out.emplace_back(value); };
}

auto panel(PanelId id) {
  return [id](ActionTarget& t, size_t) { toggle(t.shown, t.in.mode, id); };
}

const std::string* idOf(const PanelInput& in, model::EntityHandle handle) {
  const model::Entity* entity = in.mirror ? in.mirror->find(handle) : nullptr;
  return entity && entity->info ? &entity->info->id : nullptr;
}

void cancel(ActionTarget& t, size_t) {
  if (t.shown.help) t.shown.help = false;
  else if (t.shown.side == PanelId::Search) t.shown.side.reset();
  else if (!t.in.following.empty()) t.out.emplace_back(FollowEntity{});
  else if (t.in.selected) t.out.emplace_back(SelectEntity{});
}

void follow(ActionTarget& t, size_t) {
  const std::string* id = idOf(t.in, t.in.selected);
  if (!t.in.following.empty()) t.out.emplace_back(FollowEntity{});
  else if (id && t.in.mirror->find(t.in.selected)->moving) t.out.emplace_back(FollowEntity{*id});
}

void flyToSelected(ActionTarget& t, size_t) {
  if (const std::string* id = idOf(t.in, t.in.selected)) t.out.emplace_back(FlyToEntity{*id});
}

void view(ActionTarget& t, size_t index) {
  if (!t.in.city) return;
  std::vector<const city::NamedView*> views;
  for (const city::NamedView& v : t.in.city->data.views) views.push_back(&v);
  std::stable_sort(views.begin(), views.end(), [](const auto* a, const auto* b) { return a->order < b->order; });
  if (index < views.size()) t.out.emplace_back(FlyToView{views[index]->id});
}

/// Back with the first chord, on with the second; only where there is a past to go to.
auto stepBy(int64_t seconds) {
  return [seconds](ActionTarget& t, size_t chord) {
    if (t.in.clockState == ClockState::Fixed || (!t.in.past && !t.in.recordedSpan)) return;
    t.out.emplace_back(SeekTo{t.in.shown + (chord == 0 ? -seconds : seconds) * base::kNsPerSecond});
  };
}

void desk(ActionTarget& t, alarms::DeskAction action, double seconds = 0) {
  const alarms::AlarmRow* row = currentAlarm(t.in, t.shown);
  if (!row) return;
  if (seconds > 0) seconds = shelveSeconds(t.in.alarms->ruleOf(*row), seconds);
  // Going on to the next keeps a row of acknowledgements a row of key presses.
  t.shown.alarm = row->alarm.key();
  t.out.emplace_back(AlarmRequest{{.action = action, .keys = {row->alarm.key()}, .note = {}, .seconds = seconds}});
}

void stepAlarm(ActionTarget& t, int by) {
  if (!t.in.alarms) return;
  if (t.shown.alarmTab == AlarmTab::Figures) t.shown.alarmTab = AlarmTab::Active;
  const auto rows = alarmRows(t.in, t.shown.alarmTab);
  if (rows.empty()) return;
  const auto now = std::find(rows.begin(), rows.end(), currentAlarm(t.in, t.shown));
  const bool chosen = !t.shown.alarm.empty() && now != rows.end();
  const auto count = static_cast<std::ptrdiff_t>(rows.size());
  const std::ptrdiff_t next = chosen ? ((now - rows.begin() + by) % count + count) % count : by > 0 ? 0 : count - 1;
  const alarms::AlarmRow& row = *rows[static_cast<size_t>(next)];
  t.shown.alarm = row.alarm.key();
  if (thingOf(t.in, row)) t.out.emplace_back(SelectEntity{row.alarm.subject});
}

/// What is on the list, which the operator has before him; not what is elsewhere.
void acknowledgeListed(ActionTarget& t, size_t) {
  alarms::DeskRequest request{.action = alarms::DeskAction::Acknowledge, .keys = {}, .who = {}, .note = {}};
  for (const alarms::AlarmRow* row : alarmRows(t.in, AlarmTab::Active))
    if (row->wantsAttention) request.keys.push_back(row->alarm.key());
  if (!request.keys.empty()) t.out.emplace_back(AlarmRequest{std::move(request)});
}

void flyToAlarm(ActionTarget& t, size_t) {
  const alarms::AlarmRow* row = currentAlarm(t.in, t.shown);
  if (!row) return;
  if (auto command = flyTo(t.in, *row)) t.out.push_back(*std::move(command));
}

void commentAlarm(ActionTarget& t, size_t) {
  if (!currentAlarm(t.in, t.shown)) return;
  if (!isOpen(t.shown, t.in.mode, PanelId::Alarms)) toggle(t.shown, t.in.mode, PanelId::Alarms);
  t.shown.alarmComment = true;
}

void serviceAlarm(ActionTarget& t, size_t) {
  const alarms::AlarmRow* row = currentAlarm(t.in, t.shown);
  if (row) desk(t, row->alarm.condition.outOfService ? alarms::DeskAction::PlaceInService : alarms::DeskAction::RemoveFromService);
}

void turnAlarmTab(ActionTarget& t, size_t) {
  t.shown.alarmTab = static_cast<AlarmTab>((static_cast<int>(t.shown.alarmTab) + 1) % 3);
  t.shown.alarm.clear();
}

auto scaled(double factor) {
  return [factor](ActionTarget& t, size_t) {
    const double now = t.in.uiScale > 0 ? t.in.uiScale : t.shown.uiScale;
    t.shown.uiScale = factor == 0 ? 1 : std::clamp(std::round(now * factor * 20) / 20, 0.5, 4.0);
    t.out.emplace_back(SetUiScale{t.shown.uiScale});
  };
}

std::vector<Action> makeTable() {
  using enum ActionGroup;
  std::vector<Chord> digits;
  for (int i = 0; i < 9; ++i) digits.push_back({static_cast<Key>(static_cast<int>(Key::Digit1) + i), kNone});
  return {
      {"north", {{Key::N, kNone}}, "action.north", Camera, command(NorthUp{})},
      {"top", {{Key::T, kNone}}, "action.top", Camera, command(TopView{})},
      {"home", {{Key::Home, kNone}}, "action.home", Camera, command(Home{})},
      {"view", digits, "action.view", Camera, view},
      {"fly", {{Key::Enter, kNone}}, "action.fly", Camera, flyToSelected},
      {"follow", {{Key::F, kNone}}, "action.follow", Camera, follow},
      {"cancel", {{Key::Escape, kNone}}, "action.cancel", Camera, cancel},
      {"pause", {{Key::Space, kNone}}, "action.pause", Time,
       [](ActionTarget& t, size_t) { if (t.in.clockState != ClockState::Fixed) t.out.emplace_back(SetPaused{t.in.clockState != ClockState::Paused}); }},
      {"live", {{Key::End, kNone}}, "action.live", Time, command(GoLive{})},
      {"step", {{Key::Left, kNone}, {Key::Right, kNone}}, "action.step", Time, stepBy(5)},
      {"leap", {{Key::Left, kShift}, {Key::Right, kShift}}, "action.leap", Time, stepBy(60)},
      {"layers", {{Key::L, kNone}}, "action.layers", Panels, panel(PanelId::Layers)},
      {"views", {{Key::B, kNone}}, "action.views", Panels, panel(PanelId::Views)},
      {"search", {{Key::F, kCtrl}}, "action.search", Panels,
       [](ActionTarget& t, size_t) {
         if (t.shown.side == PanelId::Search) t.shown.searchFocus = true;
         else toggle(t.shown, t.in.mode, PanelId::Search);
       }},
      {"inspector", {{Key::I, kNone}}, "action.inspector", Panels, panel(PanelId::Inspector)},
      {"events", {{Key::V, kNone}}, "action.events", Panels, panel(PanelId::Events)},
      {"feeds", {{Key::G, kNone}}, "action.feeds", Panels, panel(PanelId::Feeds)},
      {"alarms", {{Key::R, kNone}}, "action.alarms", Alarms, panel(PanelId::Alarms)},
      {"alarm_next", {{Key::J, kNone}}, "action.alarm_next", Alarms, [](ActionTarget& t, size_t) { stepAlarm(t, 1); }},
      {"alarm_previous", {{Key::K, kNone}}, "action.alarm_previous", Alarms, [](ActionTarget& t, size_t) { stepAlarm(t, -1); }},
      {"alarm_ack", {{Key::Y, kNone}}, "action.alarm_ack", Alarms, [](ActionTarget& t, size_t) { desk(t, alarms::DeskAction::Acknowledge); }},
      {"alarm_ack_all", {{Key::Y, kShift}}, "action.alarm_ack_all", Alarms, acknowledgeListed},
      {"alarm_fly", {{Key::Z, kNone}}, "action.alarm_fly", Alarms, flyToAlarm},
      {"alarm_shelve", {{Key::H, kNone}}, "action.alarm_shelve", Alarms, [](ActionTarget& t, size_t) { desk(t, alarms::DeskAction::Shelve, 1800); }},
      {"alarm_unshelve", {{Key::H, kShift}}, "action.alarm_unshelve", Alarms, [](ActionTarget& t, size_t) { desk(t, alarms::DeskAction::Unshelve); }},
      {"alarm_comment", {{Key::C, kNone}}, "action.alarm_comment", Alarms, commentAlarm},
      {"alarm_service", {{Key::O, kNone}}, "action.alarm_service", Alarms, serviceAlarm},
      {"alarm_inhibited", {{Key::X, kNone}}, "action.alarm_inhibited", Alarms, turnAlarmTab},
      {"plan", {{Key::P, kNone}}, "action.plan", Plan, panel(PanelId::Plan)},
      {"ahead", {{Key::U, kNone}}, "action.ahead", Panels, panel(PanelId::Ahead)},
      {"undo", {{Key::Z, kCtrl}}, "action.undo", Plan, command(Undo{})},
      {"redo", {{Key::Z, kCtrlShift}, {Key::Y, kCtrl}}, "action.redo", Plan, command(Redo{})},
      {"help", {{Key::F1, kNone}, {Key::Slash, kShift}}, "action.help", Program, [](ActionTarget& t, size_t) { t.shown.help = !t.shown.help; }},
      {"fullscreen", {{Key::F11, kNone}}, "action.fullscreen", Program, command(ToggleFullscreen{})},
      {"screenshot", {{Key::F12, kNone}}, "action.screenshot", Program, command(TakeScreenshot{})},
      {"capsule", {{Key::I, kCtrl}}, "action.capsule", Program, command(ToggleCapsule{})},
      {"larger", {{Key::Equal, kCtrl}, {Key::Equal, kCtrlShift}}, "action.larger", Program, scaled(1.1)},
      {"smaller", {{Key::Minus, kCtrl}}, "action.smaller", Program, scaled(1 / 1.1)},
      {"normal", {{Key::Digit0, kCtrl}}, "action.normal", Program, scaled(0)},
      {"matchday", {{Key::M, kNone}}, "action.matchday", Program, [](ActionTarget& t, size_t) { t.out.emplace_back(SetMatchDay{!t.in.matchDay}); }},
  };
}

std::string nameOf(const Chord& chord) {
  std::string text;
  if (chord.key == Key::Slash && chord.modifiers.shift) return "?";
  if (chord.modifiers.control) text += "Ctrl+";
  if (chord.modifiers.alt) text += "Alt+";
  if (chord.modifiers.shift) text += "Shift+";
  const auto in = [&](Key first, Key last) { return chord.key >= first && chord.key <= last; };
  const auto offset = [&](Key first) { return static_cast<int>(chord.key) - static_cast<int>(first); };
  if (in(Key::A, Key::Z)) return text + static_cast<char>('A' + offset(Key::A));
  if (in(Key::Digit0, Key::Digit9)) return text + static_cast<char>('0' + offset(Key::Digit0));
  if (in(Key::F1, Key::F12)) return text + "F" + std::to_string(1 + offset(Key::F1));
  switch (chord.key) {
    case Key::Escape: return text + "Esc";
    case Key::Enter: return text + "Enter";
    case Key::Space: return text + "Space";
    case Key::Home: return text + "Home";
    case Key::End: return text + "End";
    case Key::Left: return text + "←";
    case Key::Right: return text + "→";
    case Key::Equal: return text + "+";
    case Key::Minus: return text + "−";
    case Key::Slash: return text + "/";
    default: return text + "?";
  }
}

}  // namespace

const std::vector<Action>& actionTable() {
  static const std::vector<Action> table = makeTable();
  return table;
}

const Action* findAction(std::string_view id) {
  for (const Action& action : actionTable())
    if (id == action.id) return &action;
  return nullptr;
}

std::string keyText(const Action& action) {
  if (action.chords.size() > 2) return nameOf(action.chords.front()) + "–" + nameOf(action.chords.back());
  std::string text = nameOf(action.chords.front());
  if (action.chords.size() > 1 && action.chords[1].key != action.chords[0].key) text += " · " + nameOf(action.chords[1]);
  return text;
}

void runKeys(const platform::Input& keys, ActionTarget& target) {
  for (const platform::KeyEvent& event : keys.keys) {
    if (!event.pressed) continue;
    const bool arrow = event.key == Key::Left || event.key == Key::Right;
    if (event.repeat && !arrow) continue;
    for (const Action& action : actionTable()) {
      const auto hit = std::find_if(action.chords.begin(), action.chords.end(), [&](const Chord& c) { return c.key == event.key && c.modifiers == event.modifiers; });
      if (hit == action.chords.end()) continue;
      action.run(target, static_cast<size_t>(hit - action.chords.begin()));
      break;
    }
  }
}

}  // namespace panels
