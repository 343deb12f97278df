# SPDX-License-Identifier: Apache-2.0
"""The box truck and the fire engine."""

from .shape import Shape
from .vehicle_parts import (LEFT, PROUD, UP, blob, far_lights, indicators, lamp_pair, light_bar, simple_wheels,
                            wedge, wheels)


def truck_cab(s, x0, x1, w, top, body):
    """A cab-over cab from x0 (rear) to x1 (front)."""
    rows = lambda x, k, lean, roof: [(x, 0, 0.42), (x, w * k - 0.06, 0.42), (x, w * k, 0.52), (x, w * k, 1.30), (x - lean, w * k - 0.05, roof - 0.22),
                                     (x - lean * 1.3, w * k - 0.16, roof), (x - lean * 1.3, 0, roof + 0.02)]
    sections = [rows(x1, 0.93, 0.22, top - 0.03), rows(x1 - 0.16, 1.0, 0.20, top), rows(x0 + 0.55, 1.0, 0.0, top), rows(x0, 1.0, 0.0, top)]
    s.loft(sections, lambda i, j: "plain.dark" if j < 2 else ("glass" if j == 3 and i < 2 else body),
           front=lambda j: {0: "plain.dark", 1: "plain.dark", 3: "glass"}.get(j, body), rear=lambda j: body)


def truck():
    s = Shape()
    truck_cab(s, 2.25, 3.98, 1.15, 2.52, "body")
    s.box(-3.95, 2.4, -0.42, 0.42, 0.55, 0.95, "plain.dark", bottom=True, openness=0.4)
    w = 1.2
    rows = lambda x, k: [(x, 0, 0.98 + k), (x, w - k - 0.03, 0.98 + k), (x, w - k, 1.01 + k), (x, w - k, 3.16 - k), (x, w - k - 0.05, 3.2 - k), (x, 0, 3.2 - k)]
    s.loft([rows(2.15, 0.05), rows(2.10, 0), rows(-3.95, 0), rows(-4.0, 0.05)],
           lambda i, j: "plain.dark" if j == 0 else "plain.light", front=lambda j: "plain.light", rear=lambda j: "plain.light")
    wheels(s, (3.05,), 1.16, 0.44, 0.26)
    wheels(s, (-1.65, -2.65), 1.17, 0.44, 0.42)
    for side in (1, -1):
        s.panel((0.4, side * 1.13, 0.66), (-side, 0, 0), UP, 2.7, 0.42, "plain.metal")
        for k in (-0.6, 1.0):
            s.panel((k - 0.5, side * (w + 0.008), 2.1), (-side, 0, 0), UP, 0.05, 2.1, "plain.metal")
    lamp_pair(s, 3.98 + PROUD, 0.78, 0.78, 0.36, 0.15, "headlight", 1)
    indicators(s, 3.98 + PROUD, 0.92, 0.62, 0.14, 0.08, 1)
    s.panel((3.98 + PROUD, 0, 0.95), LEFT, UP, 1.2, 0.22, "plain.black")
    lamp_pair(s, -4.0 - PROUD + 0.04, 0.9, 0.84, 0.34, 0.14, "taillight", -1)
    indicators(s, -4.0 - PROUD + 0.04, 0.62, 0.84, 0.14, 0.12, -1)
    mid = Shape()
    wedge(mid, 3.98, 2.3, 1.15, 0.45, 1.3, 3.98, 2.3, 1.15, "body", None)
    wedge(mid, 3.98, 2.3, 1.15, 1.3, 2.3, 3.76, 2.3, 1.1, "glass", None)
    wedge(mid, 3.76, 2.3, 1.1, 2.3, 2.52, 3.7, 2.3, 1.0, "body", "body")
    mid.box(-4.0, 2.15, -1.2, 1.2, 0.98, 3.2, "plain.light")
    mid.box(-3.95, 2.3, -0.9, 0.9, 0.5, 0.98, "plain.dark", openness=0.4)
    simple_wheels(mid, (3.05, -1.65, -2.65), 1.17, 0.44, 6)
    lamp_pair(mid, 4.0, 0.78, 0.78, 0.36, 0.18, "headlight", 1)
    lamp_pair(mid, -4.01, 0.9, 0.86, 0.34, 0.2, "taillight", -1)
    low = Shape()
    low.box(2.3, 4.0, -1.15, 1.15, 0.4, 2.5, "body")
    low.box(-4.0, 2.15, -1.2, 1.2, 0.6, 3.2, "plain.light")
    far_lights(low, 4.0, -4.0, 1.0, 0.8)
    return [s, mid, low], blob(8.0, 2.4)


def fire_engine():
    s = Shape()
    truck_cab(s, 1.75, 4.2, 1.23, 2.62, "plain.red")
    s.box(-4.1, 1.9, -0.42, 0.42, 0.55, 0.95, "plain.dark", bottom=True, openness=0.4)
    w = 1.25
    rows = lambda x, k: [(x, 0, 0.60 + k), (x, w - k - 0.04, 0.60 + k), (x, w - k, 0.66 + k), (x, w - k, 1.02), (x, w - k, 1.20), (x, w - k, 2.78 - k),
                         (x, w - k - 0.08, 2.86 - k), (x, 0, 2.86 - k)]
    kinds = {0: "plain.dark", 1: "plain.dark", 3: "plain.white"}
    s.loft([rows(1.62, 0.05), rows(1.56, 0), rows(-4.14, 0), rows(-4.2, 0.05)], lambda i, j: kinds.get(j, "plain.red"),
           front=lambda j: "plain.red", rear=lambda j: kinds.get(j, "plain.red"))
    wheels(s, (3.0, -2.3), 1.255, 0.5, 0.34)
    for side in (1, -1):
        for x in (0.65, -0.75, -3.35):  # roller shutters
            s.panel((x, side * (w + 0.008), 2.0), (-side, 0, 0), UP, 1.2, 1.35, "plain.metal")
        s.box(-3.9, 1.2, side * 0.62 - 0.05, side * 0.62 + 0.05, 2.86, 3.0, "plain.metal")   # ladder
    for k in range(8):
        s.box(-3.7 + k * 0.65, -3.62 + k * 0.65, -0.62, 0.62, 2.94, 2.99, "plain.metal")
    light_bar(2.64, 3.25, 0.9)(s, 0)
    lamp_pair(s, 4.2 + PROUD, 0.85, 0.8, 0.36, 0.16, "headlight", 1)
    indicators(s, 4.2 + PROUD, 1.0, 0.62, 0.14, 0.08, 1)
    s.panel((4.2 + PROUD, 0, 1.02), LEFT, UP, 1.4, 0.24, "plain.white")
    lamp_pair(s, -4.2 - PROUD, 1.02, 0.9, 0.2, 0.34, "taillight", -1)
    indicators(s, -4.2 - PROUD, 1.02, 1.2, 0.2, 0.14, -1)
    mid, low = Shape(), Shape()
    wedge(mid, 4.2, 1.8, 1.23, 0.45, 1.3, 4.2, 1.8, 1.23, "plain.red", None)
    wedge(mid, 4.2, 1.8, 1.23, 1.3, 2.4, 3.98, 1.8, 1.18, "glass", None)
    wedge(mid, 3.98, 1.8, 1.18, 2.4, 2.62, 3.9, 1.8, 1.05, "plain.red", "plain.red")
    mid.box(-4.2, 1.6, -1.25, 1.25, 0.6, 2.86, "plain.red")
    for side in (1, -1):
        mid.panel((-1.3, side * 1.26, 2.0), (-side, 0, 0), UP, 5.2, 1.3, "plain.metal")
    mid.box(-3.9, 1.2, -0.65, 0.65, 2.86, 3.0, "plain.metal")
    simple_wheels(mid, (3.0, -2.3), 1.265, 0.5, 6)
    lamp_pair(mid, 4.22, 0.85, 0.8, 0.36, 0.18, "headlight", 1)
    lamp_pair(mid, -4.22, 1.02, 0.9, 0.2, 0.34, "taillight", -1)
    light_bar(2.64, 3.25, 0.9)(mid, 1)
    low.box(1.7, 4.2, -1.23, 1.23, 0.4, 2.62, "plain.red")
    low.box(-4.2, 1.6, -1.25, 1.25, 0.5, 2.98, "plain.red", top="plain.metal")
    far_lights(low, 4.2, -4.2, 1.0, 0.8)
    return [s, mid, low], blob(8.4, 2.5)
