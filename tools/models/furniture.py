# SPDX-License-Identifier: Apache-2.0
"""Things that people use: bins, chargers, stops, screens; they face +x."""

from .device_parts import BACK, FRONT, LEFT, UP, cabinet, pole, thin
from .shape import Shape


def waste_bin():
    """A solar compacting bin; the gauge at its front shows how full it is."""
    s = Shape()
    rows = lambda x, k: [(x, 0, 0.04), (x, 0.31 - k, 0.04), (x, 0.34 - k, 0.10), (x, 0.34 - k, 1.12), (x, 0.30 - k, 1.20), (x, 0, 1.22)]
    lean = lambda row, d: [(p[0] - d * (p[2] > 1.0), p[1], p[2]) for p in row]
    s.loft([lean(rows(0.36, 0.04), 0.05), lean(rows(0.32, 0.0), 0.03), rows(-0.30, 0.0), rows(-0.34, 0.04)],
           lambda i, j: "plain.dark" if j == 0 else ("glass" if j >= 4 else "body"), front=lambda j: "body", rear=lambda j: "body")
    s.panel((0.345, 0, 0.98), LEFT, UP, 0.42, 0.14, "plain.black")
    gauge = [(0.372, -0.06, 0.12), (0.372, 0.06, 0.12), (0.356, 0.06, 0.84), (0.356, -0.06, 0.84)]
    s.face(gauge, "gauge", 1.0, uv=[(0, 0), (0.12, 0), (0.12, 1), (0, 1)], flat=True)
    low = Shape()
    low.box(-0.34, 0.36, -0.34, 0.34, 0.0, 1.21, "body", top="glass")
    low.face([(0.37, -0.09, 0.12), (0.37, 0.09, 0.12), (0.37, 0.09, 0.84), (0.37, -0.09, 0.84)], "gauge", 1.0,
             uv=[(0, 0), (0.12, 0), (0.12, 1), (0, 1)], flat=True)
    return s, low


def ev_charger():
    s = Shape()
    rows = lambda x, k: [(x, 0, 0.0), (x, 0.36 - k, 0.0), (x, 0.38 - k, 0.08), (x, 0.34 - k, 1.78), (x, 0.28 - k, 1.86), (x, 0, 1.88)]
    s.loft([rows(0.24, 0.04), rows(0.20, 0), rows(-0.20, 0), rows(-0.24, 0.04)], lambda i, j: "plain.white" if j else "plain.dark",
           front=lambda j: "plain.dark" if j == 3 else "plain.white", rear=lambda j: "plain.white")
    s.panel((0.25, 0, 1.42), LEFT, UP, 0.36, 0.28, "plain.black")
    s.panel((0.25, 0, 1.72), LEFT, UP, 0.56, 0.06, "status", openness=1.0)
    s.tube([(0.28, 0.22, 1.0), (0.40, 0.24, 0.70), (0.38, 0.30, 0.42), (0.30, 0.36, 0.36)], [0.022] * 4, 5, "plain.black")
    s.box(0.22, 0.32, 0.16, 0.28, 0.98, 1.14, "plain.black", bottom=True)
    s.box(-0.3, 0.3, -0.5, 0.5, 0.0, 0.06, "plain.light")
    low = Shape()
    low.box(-0.23, 0.24, -0.38, 0.38, 0.0, 1.87, "plain.white")
    low.panel((0.25, 0, 1.30), LEFT, UP, 0.5, 0.6, "plain.black")
    low.panel((0.25, 0, 1.72), LEFT, UP, 0.56, 0.1, "status", openness=1.0)
    return s, low


def media_wall():
    """A free-standing screen of 6.4 x 3.6 m on two legs."""
    s = Shape()
    for y in (-2.4, 2.4):
        s.box(-0.20, 0.12, y - 0.14, y + 0.14, 0, 2.4, "plain.dark")
        s.box(-0.6, 0.5, y - 0.3, y + 0.3, 0, 0.15, "plain.light")
    s.box(-0.24, 0.10, -3.32, 3.32, 2.28, 6.12, "plain.black", bottom=True)
    s.box(-0.30, 0.22, -3.40, 3.40, 6.12, 6.2, "plain.dark", bottom=True)
    s.panel((0.112, 0, 4.2), LEFT, UP, 6.4, 3.6, "screen", uv=True, openness=1.0)
    low = Shape()
    low.box(-0.2, 0.1, -2.5, 2.5, 0, 2.3, "plain.dark")
    low.box(-0.24, 0.10, -3.4, 3.4, 2.28, 6.2, "plain.black", bottom=True)
    low.panel((0.112, 0, 4.2), LEFT, UP, 6.4, 3.6, "screen", uv=True, openness=1.0)
    return s, low


def emergency_bell():
    s = Shape()
    pole(s, 2.6, 0.09, 0.09, material="plain.yellow")
    cabinet(s, 0.0, 0.20, -0.17, 0.17, 1.05, 1.65, "plain.yellow")
    s.disc((0.208, 0, 1.28), FRONT, 0.065, 8, "plain.red", openness=1.0)
    s.panel((0.208, 0, 1.50), LEFT, UP, 0.2, 0.12, "plain.black")
    s.tube([(0, 0, 2.6), (0, 0, 2.66)], [0.11, 0.11], 8, "plain.dark")
    s.tube([(0, 0, 2.66), (0, 0, 2.82), (0, 0, 2.88)], [0.09, 0.085, 0.03], 8, "status", openness=1.0)
    low = Shape()
    thin(low, 2.66, 0.10, material="plain.yellow")
    low.box(0.0, 0.2, -0.17, 0.17, 1.05, 1.65, "plain.yellow")
    low.tube([(0, 0, 2.66), (0, 0, 2.88)], [0.1, 0.06], 4, "status", openness=1.0)
    return s, low


def wifi():
    s = Shape()
    pole(s, 3.6, 0.05)
    s.tube([(0, 0, 3.5), (0, 0, 3.56), (0, 0, 3.72), (0, 0, 3.80)], [0.06, 0.17, 0.17, 0.06], 10, "plain.white", openness=1.0, start_cap=True)
    s.tube([(0, 0, 3.60), (0, 0, 3.66)], [0.175, 0.175], 10, "status", cap=False, openness=1.0)
    cabinet(s, -0.10, 0.12, -0.14, 0.14, 2.5, 2.9)
    low = Shape()
    thin(low, 3.5, 0.05)
    low.tube([(0, 0, 3.5), (0, 0, 3.80)], [0.16, 0.14], 5, "plain.white", openness=1.0)
    low.tube([(0, 0, 3.60), (0, 0, 3.68)], [0.18, 0.18], 5, "status", cap=False, openness=1.0)
    return s, low


def speed_display():
    """Your-speed sign: a board that faces the traffic with a lit field."""
    s = Shape()
    pole(s, 3.6, 0.06)
    s.box(0.06, 0.18, -0.45, 0.45, 2.35, 3.6, "plain.dark", bottom=True)
    s.panel((0.188, 0, 3.36), LEFT, UP, 0.78, 0.32, "plain.white")
    s.panel((0.188, 0, 2.76), LEFT, UP, 0.78, 0.72, "screen", uv=True, openness=1.0)
    s.box(-0.1, 0.35, -0.3, 0.3, 3.68, 3.71, "glass", bottom=True)
    low = Shape()
    thin(low, 3.7, 0.06)
    low.box(0.06, 0.18, -0.45, 0.45, 2.35, 3.6, "plain.dark")
    low.panel((0.188, 0, 2.8), LEFT, UP, 0.78, 0.8, "screen", uv=True, openness=1.0)
    return s, low


def bus_stop():
    """A glazed shelter, 5 m along y, open towards the kerb at +x."""
    s = Shape()
    for y in (-2.3, 0.0, 2.3):
        s.box(-0.72, -0.64, y - 0.04, y + 0.04, 0, 2.45, "plain.dark")
    for y in (-1.15, 1.15):
        s.box(-0.69, -0.67, y - 1.08, y + 1.08, 0.25, 2.2, "glass", bottom=True)
    for y in (-2.3, 2.3):
        s.box(-0.62, 0.10, y - 0.012, y + 0.012, 0.25, 2.2, "glass", bottom=True)
        s.box(0.1, 0.16, y - 0.04, y + 0.04, 0, 2.45, "plain.dark")
    rows = lambda x, z: [(x, 0, z), (x, 2.45, z), (x, 2.5, z + 0.05), (x, 2.46, z + 0.12), (x, 0, z + 0.14)]
    s.loft([rows(0.85, 2.50), rows(0.80, 2.48), rows(-0.80, 2.42), rows(-0.85, 2.42)], lambda i, j: "plain.light" if j else "plain.white",
           front=lambda j: "plain.teal", rear=lambda j: "plain.light")
    s.box(-0.55, -0.15, -1.7, 0.9, 0.40, 0.46, "plain.wood", bottom=True)
    for y in (-1.5, 0.7):
        s.box(-0.45, -0.25, y - 0.04, y + 0.04, 0, 0.40, "plain.dark")
    s.box(-0.45, -0.35, 1.25, 2.05, 0.55, 2.1, "plain.dark", bottom=True)
    s.panel((-0.34, 1.65, 1.35), LEFT, UP, 0.7, 1.4, "screen", uv=True, openness=1.0)
    s.panel((0.1, 0, 2.455), BACK, LEFT, 0.10, 3.6, "lamphead", openness=1.0)
    low = Shape()
    low.box(-0.72, -0.66, -2.35, 2.35, 0.2, 2.4, "glass")
    low.box(-0.85, 0.85, -2.5, 2.5, 2.44, 2.60, "plain.light", bottom=True)
    for y in (-2.3, 2.3):
        low.box(-0.66, 0.15, y - 0.03, y + 0.03, 0, 2.44, "glass")
    low.box(-0.55, -0.15, -1.7, 0.9, 0.40, 0.46, "plain.wood")
    return s, low


def shuttle_stop():
    s = Shape()
    pole(s, 2.85, 0.045, 0.045)
    s.tube([(0.05, 0, 2.55), (0.10, 0, 2.55)], [0.34, 0.34], 16, "plain.white", start_cap=True, openness=1.0)
    s.disc((0.106, 0, 2.55), FRONT, 0.27, 16, "status", openness=1.0)
    s.panel((0.112, 0, 2.55), LEFT, UP, 0.26, 0.13, "plain.white", openness=1.0)
    s.box(0.045, 0.075, -0.20, 0.20, 1.2, 1.85, "plain.light", bottom=True)
    s.panel((0.081, 0, 1.52), LEFT, UP, 0.34, 0.55, "plain.dark")
    s.box(-0.25, 0.25, -0.25, 0.25, 0, 0.06, "plain.teal")
    low = Shape()
    thin(low, 2.4, 0.045)
    low.disc((0.03, 0, 2.55), FRONT, 0.34, 6, "status", openness=1.0)
    low.disc((-0.03, 0, 2.55), BACK, 0.34, 6, "plain.white", openness=1.0)
    low.box(-0.02, 0.03, -0.20, 0.20, 1.2, 1.85, "plain.light")
    return s, low


def metro_exit():
    """A canopy over stairs that go down towards -x; people enter at +x."""
    s = Shape()
    s.box(-4.0, 1.0, -2.1, -1.8, 0, 0.95, "plain.light")
    s.box(-4.0, 1.0, 1.8, 2.1, 0, 0.95, "plain.light")
    s.box(-4.0, -3.7, -1.8, 1.8, 0, 0.95, "plain.light")
    steps = 8
    for k in range(steps):  # flat treads that darken downwards tell of the depth below the ground
        x1 = 0.9 - k * 0.56
        s.face([(x1 - 0.56, -1.8, 0.05), (x1, -1.8, 0.05), (x1, 1.8, 0.05), (x1 - 0.56, 1.8, 0.05)],
               "plain.metal" if k % 2 == 0 else "plain.dark", max(0.7 - 0.09 * k, 0.05), flat=True)
    for y in (-1.95, 1.95):
        s.box(-3.85, 0.9, y - 0.02, y + 0.02, 0.95, 2.5, "glass", bottom=True)
        for x in (-3.8, -1.4, 0.85):
            s.box(x - 0.05, x + 0.05, y - 0.05, y + 0.05, 0.95, 2.7 + 0.12 * (x + 3.8), "plain.dark")
    s.box(-3.87, -3.83, -1.9, 1.9, 0.95, 2.5, "glass", bottom=True)
    roof = lambda x, z: [(x, 0, z), (x, 2.25, z), (x, 2.3, z + 0.06), (x, 2.2, z + 0.16), (x, 0, z + 0.22)]
    s.loft([roof(1.6, 3.22), roof(1.5, 3.2), roof(-4.1, 2.62), roof(-4.2, 2.62)], lambda i, j: "plain.light" if j else "plain.white",
           front=lambda j: "plain.dark", rear=lambda j: "plain.light")
    pole(s, 4.3, 0.06, 0.06, x=1.4, y=2.35)
    s.box(1.1, 1.7, 2.30, 2.40, 3.7, 4.4, "plain.green", bottom=True)
    s.panel((1.4, 2.408, 4.05), BACK, UP, 0.4, 0.45, "plain.white")
    s.panel((1.4, 2.292, 4.05), FRONT, UP, 0.4, 0.45, "plain.white")
    low = Shape()
    low.box(-4.0, 1.0, -2.1, 2.1, 0, 0.95, "plain.light", top="plain.dark")
    low.box(-3.9, 0.9, -1.97, 1.97, 0.95, 2.6, "glass")
    low.loft([roof(1.6, 3.22), roof(-4.2, 2.62)], lambda i, j: "plain.light", front=lambda j: "plain.dark", rear=lambda j: "plain.light")
    thin(low, 4.3, 0.06, 1.4, 2.35)
    low.box(1.1, 1.7, 2.30, 2.40, 3.7, 4.4, "plain.green")
    return s, low
