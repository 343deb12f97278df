# SPDX-License-Identifier: Apache-2.0
"""Buses and the shuttle: window bands between chamfered edges, in five levels."""

from .shape import Shape
from .vehicle_parts import (BACK, FRONT, LEFT, PROUD, RIGHT, UP, blob, far_lights, indicators, lamp_pair, speck,
                            simple_wheels, wedge, wheels)


def coach_section(x, w, zb, belt, glass, top, lean=0.0):
    """Rows of a bus or shuttle: floor, skirt, side, window band, roof edge, roof."""
    return [(x + lean, 0, zb), (x + lean, w - 0.08, zb), (x + lean, w, zb + 0.09), (x + lean * 0.6, w, belt),
            (x - lean, w - 0.03, glass), (x - lean * 1.3, w - 0.10, glass + (top - glass) * 0.55),
            (x - lean * 1.6, w - 0.30, top), (x - lean * 1.6, 0, top + 0.03)]


def coach(length, w, zb, belt, glass, top, axles, radius, doors, nose=0.24, symmetric=False, body="body", pane=1.35):
    h = length / 2
    cut = lambda x, k, lean=0.0: coach_section(x, w * k, zb, belt, glass, top - (0.10 if k < 0.95 else 0.0), lean)
    lean = 0.05 if not symmetric else 0.09
    sections = [cut(h - lean, 0.86, lean), cut(h - nose, 1.0, lean * 0.5), cut(-h + nose, 1.0, -lean * 0.5 if symmetric else 0.0),
                cut(-h + (lean if symmetric else 0), 0.88, -lean if symmetric else 0.0)]

    def material(i, j):
        if j == 0:
            return "plain.black"
        if j == 1:
            return "plain.dark"
        if j == 3:
            return "glass"
        return "body.trim" if j == 6 and body == "body" else body

    s = Shape()
    front = lambda j: {0: "plain.black", 1: "plain.dark", 3: "glass", 4: "plain.black"}.get(j, body)
    rear = front if symmetric else (lambda j: {0: "plain.black", 1: "plain.dark", 3: "glass"}.get(j, body))
    s.loft(sections, material, front=front, rear=rear)
    wheels(s, axles, w + 0.004, radius, 0.28)
    x = -h + nose + pane
    while x < h - nose - 0.3:  # window posts
        for side in (1, -1):
            s.panel((x, side * (w - 0.015 + 0.006), (belt + glass) / 2), (-side, 0, 0), (0, -side * 0.03, glass - belt), 0.07, glass - belt, "plain.black")
        x += pane
    for centre, width in doors:
        s.panel((centre, -w - PROUD, (zb + 0.12 + glass) / 2), FRONT, UP, width, glass - zb - 0.12, "plain.black")
        for k in (-0.25, 0.25):
            s.panel((centre + k * width, -w - PROUD - 0.004, (zb + 0.22 + glass) / 2), FRONT, UP, width * 0.42, glass - zb - 0.36, "glass")
    return s


def coach_lamps(s, h, w, z, rear_z):
    lamp_pair(s, h + PROUD, w * 0.66, z, 0.34, 0.16, "headlight", 1)
    indicators(s, h + PROUD, w * 0.80, z - 0.16, 0.12, 0.09, 1)
    lamp_pair(s, -h - PROUD, w * 0.74, rear_z, 0.16, 0.42, "taillight", -1)
    indicators(s, -h - PROUD, w * 0.74, rear_z + 0.32, 0.16, 0.14, -1)
    s.panel((-h - PROUD, 0, rear_z - 0.1), RIGHT, UP, 0.5, 0.12, "plain.plate")
    s.panel((h + PROUD, 0, z - 0.12), LEFT, UP, 0.5, 0.12, "plain.plate")


def coach_mid(length, w, zb, belt, glass, top, axles, radius, body="body"):
    h = length / 2
    s = Shape()
    wedge(s, h, -h, w, zb, belt, h, -h, w, body, None)
    wedge(s, h, -h, w, belt, glass, h - 0.08, -h + 0.04, w - 0.03, "glass", None)
    wedge(s, h - 0.08, -h + 0.04, w - 0.03, glass, top, h - 0.25, -h + 0.15, w - 0.2, body, "body.trim" if body == "body" else body)
    simple_wheels(s, axles, w + 0.006, radius, 8)
    lamp_pair(s, h + PROUD, w * 0.7, zb + 0.4, 0.36, 0.2, "headlight", 1)
    lamp_pair(s, -h - PROUD, w * 0.74, zb + 0.6, 0.2, 0.4, "taillight", -1)
    return s


def coach_low(length, w, zb, belt, glass, top, body="body", shared=False):
    """`shared`: faces share their corners, for a few pixels: 32 corners in place of 60."""
    h = length / 2
    s = Shape(crease=180.0) if shared else Shape()
    wedge(s, h, -h, w, zb, belt, h, -h, w, body, None, flat=not shared)
    wedge(s, h, -h, w, belt, glass, h - 0.06, -h + 0.03, w - 0.03, "glass", None, flat=not shared)
    wedge(s, h - 0.06, -h + 0.03, w - 0.03, glass, top + 0.1, h - 0.2, -h + 0.12, w - 0.15, body, body, flat=not shared)
    far_lights(s, h, -h, w, zb + 0.4)
    return s


def coach_speck(length, w, zb, belt, glass, top):
    """A few pixels high."""
    h = length / 2
    return speck(h, -h, w, zb, top + 0.1, h - 0.2, -h + 0.12, w - 0.15, "body", zb + 0.4)


def bus():
    p = (1.235, 0.30, 1.05, 2.45, 2.93)
    s = coach(10.95, *p, (2.75, -2.85), 0.48, [(4.35, 1.15), (-0.1, 1.25)])
    coach_lamps(s, 5.475, p[0], 0.62, 0.95)
    s.panel((5.475 - 0.10 + PROUD, 0, 2.60), LEFT, UP, 1.5, 0.22, "headlight.amber")
    s.box(-3.9, -0.6, -0.85, 0.85, 2.93, 3.18, "body.trim")
    s.box(0.6, 2.4, -0.75, 0.75, 2.93, 3.12, "body.trim")
    mid = coach_mid(11.0, *p, (2.75, -2.85), 0.48)
    mid.box(-3.9, 2.4, -0.85, 0.85, 2.93, 3.18, "body.trim")
    return [s, mid, coach_low(11.0, *p), coach_low(11.0, *p, shared=True), coach_speck(11.0, *p)], blob(11.0, 2.47)


def bus_midi():
    p = (1.13, 0.32, 1.02, 2.30, 2.72)
    s = coach(8.45, *p, (2.15, -2.05), 0.42, [(3.25, 0.95), (-0.15, 1.0)], pane=1.25)
    coach_lamps(s, 4.225, p[0], 0.62, 0.92)
    s.panel((4.225 - 0.10 + PROUD, 0, 2.44), LEFT, UP, 1.3, 0.2, "headlight.amber")
    s.box(-2.4, -0.2, -0.75, 0.75, 2.72, 2.92, "body.trim")
    mid = coach_mid(8.5, *p, (2.15, -2.05), 0.42)
    mid.box(-2.4, -0.2, -0.75, 0.75, 2.72, 2.92, "body.trim")
    return [s, mid, coach_low(8.5, *p), coach_low(8.5, *p, shared=True), coach_speck(8.5, *p)], blob(8.5, 2.26)


def shuttle():
    """Navya-like: the same to both ends, glass nearly to the floor."""
    p = (1.045, 0.24, 0.78, 2.20, 2.52)
    s = coach(4.72, *p, (1.42, -1.42), 0.34, [(0.0, 1.3)], nose=0.34, symmetric=True, pane=1.18)
    h = 2.36
    lamp_pair(s, h + PROUD, 0.62, 0.62, 0.36, 0.07, "headlight", 1)
    indicators(s, h + PROUD, 0.74, 0.50, 0.14, 0.06, 1)
    lamp_pair(s, -h - PROUD, 0.62, 0.62, 0.36, 0.07, "taillight", -1)
    indicators(s, -h - PROUD, 0.74, 0.50, 0.14, 0.06, -1)
    s.panel((0.0, p[0] + PROUD, 0.58), BACK, UP, 2.0, 0.10, "status")     # the data stripe
    for facing in (1, -1):
        s.panel((facing * (h + 0.016), 0, 0.735), (0, facing, 0), UP, 1.5, 0.05, "status")
    s.box(1.35, 1.75, -0.12, 0.12, 2.52, 2.65, "plain.black")             # lidars
    s.box(-1.75, -1.35, -0.12, 0.12, 2.52, 2.65, "plain.black")
    s.box(-0.9, 0.9, -0.7, 0.7, 2.52, 2.62, "body.trim")
    mid = coach_mid(4.75, *p, (1.42, -1.42), 0.34)
    mid.box(-0.9, 0.9, -0.7, 0.7, 2.52, 2.64, "body.trim")
    return [s, mid, coach_low(4.75, *p), coach_low(4.75, *p, shared=True), coach_speck(4.75, *p)], blob(4.75, 2.1)
