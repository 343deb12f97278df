# SPDX-License-Identifier: Apache-2.0
"""Small polyline toolbox (local metres)."""
import math

import numpy as np
from shapely.geometry import LineString


def catmull_rom(pts, step=9.0, closed=False):
    """Centripetal Catmull-Rom through all points, resampled about every `step` metres."""
    p = [np.array(q, float) for q in pts]
    if len(p) < 3:
        return [tuple(q) for q in p]
    ext = [p[-2], *p, p[1]] if closed else [2 * p[0] - p[1], *p, 2 * p[-1] - p[-2]]
    out = []
    for k in range(len(p) - 1):
        a, b, c, d = ext[k:k + 4]
        t = [0.0]
        for u, v in ((a, b), (b, c), (c, d)):
            t.append(t[-1] + max(1e-6, np.linalg.norm(v - u)) ** 0.5)
        n = max(1, int(math.ceil(np.linalg.norm(c - b) / step)))
        for i in range(n):
            x = t[1] + (t[2] - t[1]) * i / n
            a1 = (t[1] - x) / (t[1] - t[0]) * a + (x - t[0]) / (t[1] - t[0]) * b
            a2 = (t[2] - x) / (t[2] - t[1]) * b + (x - t[1]) / (t[2] - t[1]) * c
            a3 = (t[3] - x) / (t[3] - t[2]) * c + (x - t[2]) / (t[3] - t[2]) * d
            b1 = (t[2] - x) / (t[2] - t[0]) * a1 + (x - t[0]) / (t[2] - t[0]) * a2
            b2 = (t[3] - x) / (t[3] - t[1]) * a2 + (x - t[1]) / (t[3] - t[1]) * a3
            out.append(tuple((t[2] - x) / (t[2] - t[1]) * b1 + (x - t[1]) / (t[2] - t[1]) * b2))
    out.append(tuple(p[-1]))
    return out


def fillet_ring(corners, radius, step=6.0):
    """Closed ring with circular corners; starts in the middle of the first side."""
    n = len(corners)
    ring = []
    for i in range(n):
        a, b, c = (np.array(corners[(i + k) % n], float) for k in (-1, 0, 1))
        u, v = (a - b) / np.linalg.norm(a - b), (c - b) / np.linalg.norm(c - b)
        half = math.acos(float(np.clip(u @ v, -1, 1))) / 2
        cut = radius / math.tan(half)
        centre = b + (u + v) / np.linalg.norm(u + v) * radius / math.sin(half)
        p0, p1 = b + u * cut, b + v * cut
        a0 = math.atan2(*(p0 - centre)[::-1])
        a1 = math.atan2(*(p1 - centre)[::-1])
        turn = (a1 - a0 + math.pi) % (2 * math.pi) - math.pi
        m = max(4, int(abs(turn) * radius / step))
        ring += [tuple(centre + radius * np.array((math.cos(a0 + turn * k / m), math.sin(a0 + turn * k / m))))
                 for k in range(m + 1)]
    first = ((np.array(ring[0]) + np.array(ring[-1])) / 2)
    return [tuple(first), *ring, tuple(first)]


def offset_polyline(pts, d):
    """Offset to the right of travel by d metres (mitred, mitre clamped)."""
    p = np.array([q[:2] for q in pts], float)
    seg = np.diff(p, axis=0)
    length = np.linalg.norm(seg, axis=1)
    seg = seg[length > 1e-6] / length[length > 1e-6][:, None]
    p = np.vstack([p[0], p[1:][length > 1e-6]])
    right = np.stack([seg[:, 1], -seg[:, 0]], axis=1)
    out = []
    for i in range(len(p)):
        if i == 0:
            n = right[0]
        elif i == len(p) - 1:
            n = right[-1]
        else:
            n = right[i - 1] + right[i]
            n = n / max(1e-9, np.linalg.norm(n))
            n = n / max(0.5, float(n @ right[i]))
        out.append(tuple(p[i] + n * d))
    return out


def substring(line, s0, s1):
    """Part of a LineString between two distances, as a list of points (s0 < s1)."""
    pts = [line.interpolate(s0).coords[0]]
    acc = 0.0
    cs = list(line.coords)
    for a, b in zip(cs, cs[1:]):
        acc += math.hypot(b[0] - a[0], b[1] - a[1])
        if s0 + 0.05 < acc < s1 - 0.05:
            pts.append(b)
    pts.append(line.interpolate(s1).coords[0])
    return pts


def heading(a, b):
    """Degrees clockwise from grid north of the direction a -> b."""
    return math.degrees(math.atan2(b[0] - a[0], b[1] - a[1])) % 360


def at(pts, s):
    """(x, y, heading) at distance s along a point list."""
    acc = 0.0
    for a, b in zip(pts, pts[1:]):
        d = math.hypot(b[0] - a[0], b[1] - a[1])
        if acc + d >= s or b is pts[-1]:
            t = 0 if d == 0 else min(1.0, max(0.0, (s - acc) / d))
            return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, heading(a, b)
        acc += d
    raise ValueError("empty polyline")


def length(pts):
    return LineString([p[:2] for p in pts]).length
