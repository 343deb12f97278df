# SPDX-License-Identifier: Apache-2.0
"""Street lamps and signals: poles with an arm along +x; signal lenses face +y."""

import math

from .device_parts import BACK, FRONT, LEFT, UP, pole, thin
from .shape import Shape


def lamp():
    s = Shape()
    pole(s, 7.6, 0.095, 0.06)
    s.tube([(0, 0, 7.5), (0.25, 0, 7.86), (0.75, 0, 7.97), (1.45, 0, 8.0)], [0.055, 0.05, 0.042, 0.036], 6, "plain.pole")
    head = lambda x, w, z0, z1: [(x, 0, z0), (x, w, z0), (x, w * 0.8, z1), (x, 0, z1 + 0.01)]
    s.loft([head(1.80, 0.06, 7.95, 7.98), head(1.70, 0.14, 7.94, 8.0), head(1.25, 0.14, 7.93, 8.02), head(1.15, 0.05, 7.96, 8.01)],
           lambda i, j: "lamphead" if j == 0 and i == 1 else "plain.dark", front=lambda j: "plain.dark", rear=lambda j: "plain.dark")
    for f in s.faces:
        if f.material == "lamphead":
            f.openness = 1.0
    low = Shape()
    thin(low, 7.9, 0.09)
    low.face([(0, 0.05, 7.85), (0, -0.05, 7.85), (1.2, -0.04, 7.99), (1.2, 0.04, 7.99)], "plain.pole", 1.0)
    low.box(1.15, 1.80, -0.13, 0.13, 7.96, 8.02, "plain.dark")
    low.panel((1.48, 0, 7.95), FRONT, LEFT, 0.62, 0.24, "lamphead", openness=1.0)
    low.faces[-1].points.reverse()
    far = Shape(crease=180.0)
    far.tube([(0, 0, 0), (0, 0, 7.9)], [0.09, 0.07], 3, "plain.pole", cap=False)
    far.face([(0, 0.05, 7.9), (0, -0.05, 7.9), (1.80, -0.13, 8.0), (1.80, 0.13, 8.0)], "plain.dark", 1.0, flat=True)
    far.panel((1.48, 0, 7.95), FRONT, LEFT, 0.62, 0.24, "lamphead", openness=1.0)
    far.faces[-1].points.reverse()
    return s, low, far


def lamp_park():
    s = Shape()
    pole(s, 3.9, 0.07, 0.05)
    s.tube([(0, 0, 3.9), (0, 0, 3.98)], [0.10, 0.14], 8, "plain.dark")
    s.tube([(0, 0, 3.98), (0, 0, 4.32)], [0.12, 0.20], 8, "lamphead", cap=False, openness=1.0)
    s.tube([(0, 0, 4.32), (0, 0, 4.38), (0, 0, 4.5)], [0.32, 0.30, 0.05], 10, "plain.dark", openness=1.0, start_cap=True)
    low = Shape()
    thin(low, 3.98, 0.07)
    low.tube([(0, 0, 3.98), (0, 0, 4.34)], [0.13, 0.20], 4, "lamphead", cap=False, openness=1.0)
    low.tube([(0, 0, 4.34), (0, 0, 4.5)], [0.34, 0.0], 4, "plain.dark", cap=False, openness=1.0)
    far = Shape(crease=180.0)
    far.tube([(0, 0, 0), (0, 0, 3.98)], [0.07, 0.06], 3, "plain.pole", cap=False)
    far.tube([(0, 0, 3.98), (0, 0, 4.5)], [0.15, 0.32], 3, "lamphead", cap=False, openness=1.0)
    return s, low, far


def lens(s, centre, radius, material, sides=10):
    """A lens that faces +y; the left arrow points to the viewer's left (+x)."""
    x, y, z = centre
    if material == "lens2":
        s.disc((x, y, z), (0, 1, 0), radius, sides, "plain.black", openness=1.0)
        y += 0.006
        r = radius * 0.85
        s.face([(x + r, y, z), (x, y, z - r * 0.75), (x, y, z + r * 0.75)], material, 1.0, flat=True)
        s.face([(x, y, z - r * 0.28), (x - r * 0.85, y, z - r * 0.28), (x - r * 0.85, y, z + r * 0.28), (x, y, z + r * 0.28)], material, 1.0, flat=True)
    else:
        s.disc((x, y, z), (0, 1, 0), radius, sides, material, openness=1.0)


def signal_mast():
    s = Shape()
    pole(s, 6.5, 0.12, 0.09)
    s.tube([(0, 0, 5.75), (0.9, 0, 5.98), (6.0, 0, 6.1)], [0.085, 0.075, 0.05], 6, "plain.pole")
    x0, x1, z0, z1 = 4.36, 5.96, 5.36, 5.78
    s.box(x0, x1, -0.10, 0.12, z0, z1, "plain.black", bottom=True, openness=0.9)
    for x in (4.75, 5.57):
        s.box(x - 0.03, x + 0.03, -0.03, 0.03, z1, 6.1, "plain.pole")
    for k, m in enumerate(("lens3", "lens2", "lens1", "lens0")):
        x = x0 + 0.2 + 0.4 * k
        lens(s, (x, 0.128, (z0 + z1) / 2), 0.15, m)
        hood = [(x + math.cos(t) * 0.17, (z0 + z1) / 2 + math.sin(t) * 0.17) for t in [math.pi * (0.05 + 0.9 * i / 4) for i in range(5)]]
        for a, b in zip(hood, hood[1:]):
            top = [(a[0], 0.12, a[1]), (b[0], 0.12, b[1]), (b[0], 0.30, b[1]), (a[0], 0.30, a[1])]
            s.face(top, "plain.black", 0.9)
            s.face(top[::-1], "plain.black", 0.5, flat=True)
    low = Shape()
    thin(low, 6.5, 0.11)
    low.tube([(0, 0, 5.9), (6.0, 0, 6.1)], [0.08, 0.06], 3, "plain.pole", cap=False)
    low.box(x0, x1, -0.10, 0.12, z0, z1, "plain.black")
    for k, m in enumerate(("lens3", "lens2", "lens1", "lens0")):
        low.panel((x0 + 0.2 + 0.4 * k, 0.135, (z0 + z1) / 2), BACK, UP, 0.28, 0.28, m, openness=1.0)
    return s, low


def signal_ped():
    s = Shape()
    pole(s, 3.0, 0.06)
    s.box(-0.17, 0.17, 0.05, 0.25, 2.28, 2.98, "plain.black", bottom=True, openness=0.9)
    for z, m in ((2.80, "lens0"), (2.46, "lens1.green")):
        s.panel((0, 0.258, z), BACK, UP, 0.25, 0.25, m, openness=1.0)
        s.box(-0.16, 0.16, 0.25, 0.38, z + 0.14, z + 0.16, "plain.black", bottom=True)
    low = Shape()
    thin(low, 3.0, 0.06)
    low.box(-0.17, 0.17, 0.05, 0.25, 2.28, 2.98, "plain.black")
    low.panel((0, 0.258, 2.80), BACK, UP, 0.27, 0.27, "lens0", openness=1.0)
    low.panel((0, 0.258, 2.46), BACK, UP, 0.27, 0.27, "lens1.green", openness=1.0)
    return s, low
