// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/base/slot_map.h"
#include "engine/math/glm.h"

namespace scene {

/// A ribbon through space: routes, boundaries, trails, buried pipes.
struct Line {
  std::vector<glm::vec3> points;  ///< city frame; closed lines repeat the first point
  uint32_t color = 0xffffffff;    ///< sRGB + alpha, r lowest
  float widthPixels = 3;          ///< at 1080 lines
  float widthMetres = 0;          ///< used instead of pixels when above 0
  float flow = 0;                 ///< speed of moving dashes along the line, m/s; 0 = solid
  bool dashed = false;
  bool throughWalls = false;      ///< drawn dimmed where hidden (X-ray of buried pipes)
  bool visible = true;
};

using LineId = base::Handle<Line>;

class LineStore {
 public:
  LineId add(Line line) { ++revision_; return lines_.insert(std::move(line)); }
  void remove(LineId id) { ++revision_; lines_.erase(id); }
  const Line* find(LineId id) const { return lines_.find(id); }
  void set(LineId id, Line line) { Line* l = lines_.find(id); if (l) { *l = std::move(line); ++revision_; } }
  void setVisible(LineId id, bool visible) {
    Line* l = lines_.find(id);
    if (l && l->visible != visible) { l->visible = visible; ++revision_; }
  }
  const base::SlotMap<Line>& lines() const { return lines_; }
  uint64_t revision() const { return revision_; }

 private:
  base::SlotMap<Line> lines_;
  uint64_t revision_ = 0;
};

}  // namespace scene
