# SPDX-License-Identifier: Apache-2.0
"""Rectangles, lot splitting and a spatial hash (local metres, angles in radians anticlockwise from east)."""
import math

from shapely.geometry import LineString, Polygon
from shapely.ops import split
from shapely.prepared import prep


def polygons(g):
    if g.is_empty:
        return []
    if g.geom_type == "Polygon":
        return [g]
    return [p for p in getattr(g, "geoms", []) if p.geom_type == "Polygon" and p.area > 0.5]


def rect(cx, cy, lx, ly, angle, du=0.0, dv=0.0):
    """Rectangle lx along `angle`, ly across, centre shifted by (du, dv) in its own axes."""
    c, s = math.cos(angle), math.sin(angle)
    cx, cy = cx + du * c - dv * s, cy + du * s + dv * c
    return Polygon([(cx + u * lx / 2 * c - v * ly / 2 * s, cy + u * lx / 2 * s + v * ly / 2 * c)
                    for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1))])


def obb_axis(p):
    """(angle of the long axis, long, short) of the minimum rotated rectangle."""
    q = list(p.minimum_rotated_rectangle.exterior.coords)
    a = math.dist(q[0], q[1])
    b = math.dist(q[1], q[2])
    i = 0 if a >= b else 1
    ang = math.atan2(q[i + 1][1] - q[i][1], q[i + 1][0] - q[i][0])
    if math.cos(ang) < 0:
        ang += math.pi
    return math.atan2(math.sin(ang), math.cos(ang)), max(a, b), min(a, b)


def rect_in(p, setback, share):
    """Largest simple rectangle along the lot's axes that fits behind the setback, times `share` of its sides."""
    inner = [q for q in polygons(p.buffer(-setback, join_style=2)) if q.area > 20]
    if not inner:
        return None
    q = max(inner, key=lambda g: g.area)
    ang, lx, ly = obb_axis(q)
    c = q.minimum_rotated_rectangle.centroid
    best = None
    for centre in (c, q.centroid, q.representative_point()):
        for k in range(26):
            f = 1.0 - k * 0.035
            for fx, fy in ((f, f), (f, min(1, f + 0.2)), (min(1, f + 0.2), f)):
                r = rect(centre.x, centre.y, lx * fx, ly * fy, ang)
                if q.buffer(0.05).contains(r) and (best is None or r.area > best[0].area):
                    best = (r, lx * fx, ly * fy)
            if best is not None and best[0].area > lx * ly * f * f:
                break
    if best is None or min(best[1], best[2]) * share < 5:
        return None
    m = best[0].centroid
    return rect(m.x, m.y, best[1] * share, best[2] * share, ang)


def split_lots(p, target, rng, min_side):
    """Halve a block across its long axis until the pieces are about `target` square metres."""
    ang, lx, ly = obb_axis(p)
    if p.area < target * 1.55 or lx < 2 * min_side:
        return [p]
    c = p.minimum_rotated_rectangle.centroid
    n = max(2, round(p.area / target))
    f = 0.5 if n % 2 == 0 or n > 7 else (n // 2) / n
    f += rng.uniform(-0.03, 0.03)
    du = (f - 0.5) * lx
    mx, my = c.x + du * math.cos(ang), c.y + du * math.sin(ang)
    dx, dy = -math.sin(ang) * (ly + 900), math.cos(ang) * (ly + 900)
    try:
        parts = [q for g in split(p, LineString([(mx - dx, my - dy), (mx + dx, my + dy)])).geoms for q in polygons(g)]
    except ValueError:
        return [p]
    if len(parts) < 2:
        return [p]
    out = []
    for q in sorted(parts, key=lambda g: (round(g.centroid.x, 1), round(g.centroid.y, 1))):
        if q.area > 15:
            out += split_lots(q, target, rng, min_side)
    return out


class SpatialHash:
    """Polygons in 50 m cells; answers whether a shape touches any of them."""

    CELL = 50.0

    def __init__(self, items):
        self.cells, self.items = {}, []
        for p in items:
            self.add(p)

    def add(self, p):
        k = len(self.items)
        self.items.append((p, prep(p)))
        for c in self._cells(p.bounds):
            self.cells.setdefault(c, []).append(k)

    def _cells(self, b):
        for i in range(int(b[0] // self.CELL), int(b[2] // self.CELL) + 1):
            for j in range(int(b[1] // self.CELL), int(b[3] // self.CELL) + 1):
                yield i, j

    def near(self, bounds):
        return sorted({k for c in self._cells(bounds) for k in self.cells.get(c, ())})

    def hits(self, shape):
        return any(self.items[k][1].intersects(shape) for k in self.near(shape.bounds))
