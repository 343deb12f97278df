# SPDX-License-Identifier: Apache-2.0
"""Data marks: a pin, a ring on the ground, a gauge. They glow in the colour of their instance."""

import math

from .shape import Shape


def mark_pin():
    """An octahedron on its tip, 1 m high, with a thin stem: scaled by the instance."""
    s = Shape()
    r, z0, zm = 0.24, 0.34, 0.70
    ring = [(r, 0, zm), (0, r, zm), (-r, 0, zm), (0, -r, zm)]
    for k in range(4):
        a, b = ring[k], ring[(k + 1) % 4]
        s.face([a, b, (0, 0, 1.0)], "status", 1.0, flat=True)
        s.face([b, a, (0, 0, z0)], "status", 1.0, flat=True)
    s.tube([(0, 0, 0), (0, 0, z0 + 0.03)], [0.016, 0.016], 4, "status", cap=False, openness=1.0)
    return [s]


def mark_ring():
    """A flat ring of radius 1 m just over the ground."""
    s = Shape()
    n = 48
    p = lambda k, r: (math.cos(2 * math.pi * k / n) * r, math.sin(2 * math.pi * k / n) * r, 0.06)
    for k in range(n):
        s.face([p(k, 0.90), p(k, 1.0), p(k + 1, 1.0), p(k + 1, 0.90)], "status", 1.0, normals=[(0, 0, 1)] * 4)
    return [s]


def mark_gauge():
    """A thin upright bar 1 m high whose uv.y runs 0..1."""
    s = Shape()
    w, n = 0.05, 6
    for k in range(n):
        a, b = 2 * math.pi * k / n, 2 * math.pi * (k + 1) / n
        p = lambda t, z: (math.cos(t) * w, math.sin(t) * w, z)
        s.face([p(a, 0), p(b, 0), p(b, 1), p(a, 1)], "gauge", 1.0, uv=[(0, 0), (0.1, 0), (0.1, 1), (0, 1)])
    s.face([p(2 * math.pi * k / n, 1) for k in range(n)], "gauge", 1.0, uv=[(0.05, 1)] * n, flat=True)
    return [s]


def all_marks():
    return {"mark_pin": (mark_pin(), 1.0), "mark_ring": (mark_ring(), 0.06), "mark_gauge": (mark_gauge(), 1.0)}
