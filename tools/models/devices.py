# SPDX-License-Identifier: Apache-2.0
"""Street furniture and the city's devices at true size, two levels each, and the data marks.

What a device looks at, or shows its face to, is +x, except signals: their mast arm runs along +x and
their lenses face +y (traffic that drives along -y sees red at its left). A `status` part glows in the
instance's colour. Lamps reach over the road along +x.
"""

import math

from .shape import Shape, add, mul

FRONT, BACK, LEFT, RIGHT, UP = (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1)


def pole(s, height, radius, top=None, sides=8, x=0.0, y=0.0, material="plain.pole", foot=True):
    if foot:
        s.tube([(x, y, 0), (x, y, 0.12)], [radius * 1.9, radius * 1.7], sides, "plain.dark", openness=0.6)
    s.tube([(x, y, 0), (x, y, height * 0.25), (x, y, height)], [radius, radius, top or radius * 0.75], sides, material)


def thin(s, height, radius, x=0.0, y=0.0, material="plain.pole"):
    s.tube([(x, y, 0), (x, y, height)], [radius, radius * 0.8], 4, material, cap=False)


def collar(s, z, radius, sides=8, height=0.10, x=0.0, y=0.0):
    """The glowing band that carries a device's state."""
    s.tube([(x, y, z), (x, y, z + height)], [radius, radius], sides, "status", openness=1.0, start_cap=True)


def cabinet(s, x0, x1, y0, y1, z0, z1, material="plain.light"):
    s.box(x0, x1, y0, y1, z0, z1, material, bottom=True)


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
    return s, low


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
    return s, low


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


def camera_box(s, x, y, z):
    s.box(x - 0.05, x + 0.36, y - 0.08, y + 0.08, z - 0.07, z + 0.07, "plain.light", bottom=True)
    s.box(x - 0.08, x + 0.44, y - 0.10, y + 0.10, z + 0.07, z + 0.09, "plain.white", bottom=True)
    s.panel((x + 0.367, y, z), LEFT, UP, 0.12, 0.11, "glass")


def cctv_pole():
    s = Shape()
    pole(s, 5.0, 0.075)
    s.tube([(0, 0, 4.78), (0.9, 0, 4.9)], [0.04, 0.03], 5, "plain.pole")
    camera_box(s, 0.62, 0, 4.70)
    s.tube([(0.35, 0, 4.78), (0.35, 0, 4.66), (0.35, 0, 4.54), (0.35, 0, 4.50)], [0.11, 0.11, 0.09, 0.03], 8, "plain.white")
    cabinet(s, -0.12, 0.12, -0.24, 0.24, 1.1, 1.7)
    collar(s, 4.2, 0.085)
    low = Shape()
    thin(low, 5.0, 0.07)
    low.box(0.0, 1.0, -0.09, 0.09, 4.62, 4.86, "plain.white")
    low.tube([(0, 0, 4.2), (0, 0, 4.32)], [0.1, 0.1], 4, "status", openness=1.0)
    return s, low


def rsu():
    s = Shape()
    pole(s, 5.6, 0.075)
    s.box(-0.10, 0.16, -0.20, 0.20, 5.05, 5.55, "plain.light", bottom=True)
    for y in (-0.12, 0.12):
        s.tube([(0.03, y, 5.55), (0.03, y, 6.0)], [0.028, 0.02], 6, "plain.black", openness=1.0)
    cabinet(s, -0.14, 0.14, -0.26, 0.26, 1.0, 1.7)
    collar(s, 4.75, 0.085)
    low = Shape()
    thin(low, 5.6, 0.07)
    low.box(-0.10, 0.16, -0.20, 0.20, 5.05, 5.55, "plain.light")
    low.tube([(0.03, 0, 5.55), (0.03, 0, 6.0)], [0.06, 0.03], 3, "plain.black", openness=1.0)
    low.tube([(0, 0, 4.75), (0, 0, 4.87)], [0.1, 0.1], 4, "status", openness=1.0)
    return s, low


def air_station():
    """A louvred sensor screen on a short pole with a small sun roof."""
    s = Shape()
    pole(s, 2.9, 0.055)
    for k in range(4):
        z = 2.35 + 0.11 * k
        s.tube([(0.0, 0, z), (0.0, 0, z + 0.07)], [0.19, 0.14], 8, "plain.white", openness=0.9, start_cap=True)
    s.tube([(0, 0, 2.80), (0, 0, 2.88), (0, 0, 3.0)], [0.24, 0.22, 0.04], 8, "plain.teal", openness=1.0, start_cap=True)
    cabinet(s, 0.04, 0.26, -0.18, 0.18, 1.35, 1.85)
    s.panel((0.268, 0, 1.66), LEFT, UP, 0.24, 0.14, "status", openness=1.0)
    low = Shape()
    thin(low, 2.4, 0.055)
    low.tube([(0, 0, 2.35), (0, 0, 2.8)], [0.18, 0.16], 5, "plain.white", cap=False)
    low.tube([(0, 0, 2.8), (0, 0, 3.0)], [0.24, 0.0], 5, "plain.teal", cap=False)
    low.box(0.04, 0.26, -0.18, 0.18, 1.35, 1.85, "plain.light")
    low.panel((0.268, 0, 1.66), LEFT, UP, 0.24, 0.16, "status", openness=1.0)
    return s, low


def noise_sensor():
    s = Shape()
    pole(s, 3.2, 0.05)
    s.tube([(0, 0, 3.2), (0, 0, 3.42)], [0.022, 0.022], 6, "plain.metal")
    s.tube([(0, 0, 3.40), (0, 0, 3.47), (0, 0, 3.55), (0, 0, 3.60)], [0.05, 0.10, 0.085, 0.02], 9, "plain.black", openness=1.0, start_cap=True)
    cabinet(s, 0.0, 0.18, -0.14, 0.14, 1.9, 2.3)
    collar(s, 2.85, 0.065)
    low = Shape()
    thin(low, 3.45, 0.05)
    low.tube([(0, 0, 3.38), (0, 0, 3.60)], [0.11, 0.04], 4, "plain.black", openness=1.0)
    low.box(0.0, 0.18, -0.14, 0.14, 1.9, 2.3, "plain.light")
    low.tube([(0, 0, 2.85), (0, 0, 2.97)], [0.08, 0.08], 4, "status", openness=1.0)
    return s, low


def weather_station():
    s = Shape()
    pole(s, 5.6, 0.06)
    s.tube([(0, -0.75, 5.3), (0, 0.75, 5.3)], [0.03, 0.03], 5, "plain.metal", start_cap=True)
    for k in range(3):  # cups of the anemometer
        t = 2 * math.pi * k / 3 + 0.3
        c = (math.cos(t) * 0.16, 0.72 + math.sin(t) * 0.16, 5.62)
        s.tube([(0, 0.72, 5.62), c], [0.012, 0.012], 3, "plain.metal", cap=False)
        s.tube([c, add(c, (-math.sin(t) * 0.09, math.cos(t) * 0.09, 0))], [0.06, 0.02], 6, "plain.black", start_cap=True)
    s.tube([(0, 0.72, 5.3), (0, 0.72, 5.66)], [0.02, 0.02], 5, "plain.metal")
    s.tube([(0, -0.72, 5.3), (0, -0.72, 5.72)], [0.02, 0.02], 5, "plain.metal")
    fin = [(-0.34, -0.72, 5.66), (-0.06, -0.72, 5.69), (-0.06, -0.72, 5.75), (-0.34, -0.72, 5.90)]
    s.face(fin, "plain.red", 1.0, flat=True)
    s.face(fin[::-1], "plain.red", 1.0, flat=True)
    s.tube([(-0.06, -0.72, 5.72), (0.30, -0.72, 5.72)], [0.012, 0.012], 4, "plain.metal")
    for k in range(4):
        z = 1.75 + 0.10 * k
        s.tube([(0.28, 0, z), (0.28, 0, z + 0.065)], [0.13, 0.10], 8, "plain.white", openness=0.9, start_cap=True)
    s.tube([(0, 0, 1.9), (0.2, 0, 1.9)], [0.025, 0.025], 4, "plain.metal")
    s.tube([(0, -0.42, 0), (0, -0.42, 0.9), (0, -0.42, 1.2)], [0.05, 0.10, 0.11], 8, "plain.light")  # rain gauge
    collar(s, 4.6, 0.07)
    low = Shape()
    thin(low, 5.6, 0.06)
    low.box(-0.03, 0.03, -0.8, 0.8, 5.26, 5.32, "plain.metal")
    low.box(-0.14, 0.14, 0.6, 0.86, 5.55, 5.68, "plain.black")
    low.box(-0.34, 0.1, -0.74, -0.70, 5.6, 5.90, "plain.red")
    low.tube([(0.28, 0, 1.7), (0.28, 0, 2.1)], [0.14, 0.12], 4, "plain.white")
    low.tube([(0, 0, 4.6), (0, 0, 4.72)], [0.09, 0.09], 4, "status", openness=1.0)
    return s, low


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


def flood_sensor():
    """A level staff with a radar head over the water."""
    s = Shape()
    pole(s, 2.6, 0.05)
    s.tube([(0, 0, 2.45), (0.7, 0, 2.5)], [0.03, 0.025], 5, "plain.metal")
    s.tube([(0.7, 0, 2.52), (0.7, 0, 2.38), (0.7, 0, 2.28)], [0.05, 0.06, 0.10], 8, "plain.blue", start_cap=True)
    s.box(0.08, 0.10, -0.08, 0.08, 0.0, 1.6, "plain.white")
    for k in range(8):
        s.panel((0.104, 0.03 if k % 2 else -0.03, 0.12 + k * 0.2), LEFT, UP, 0.08, 0.1, "plain.blue")
    cabinet(s, -0.12, 0.05, -0.14, 0.14, 1.75, 2.1)
    collar(s, 2.28, 0.065)
    low = Shape()
    thin(low, 2.6, 0.05)
    low.box(0.0, 0.8, -0.05, 0.05, 2.36, 2.5, "plain.blue")
    low.box(0.06, 0.10, -0.08, 0.08, 0, 1.6, "plain.white")
    low.tube([(0, 0, 2.2), (0, 0, 2.32)], [0.08, 0.08], 4, "status", openness=1.0)
    return s, low


def lpr():
    """A plate reader: a gate post with a camera and an infrared lamp."""
    s = Shape()
    pole(s, 1.7, 0.07)
    camera_box(s, 0.0, 0.0, 1.78)
    s.box(-0.05, 0.12, -0.16, 0.16, 1.42, 1.60, "plain.black", bottom=True)
    s.panel((0.128, 0, 1.51), LEFT, UP, 0.26, 0.12, "glass")
    cabinet(s, -0.15, 0.15, -0.18, 0.18, 0.0, 0.95)
    s.panel((0.158, 0, 0.84), LEFT, UP, 0.22, 0.06, "status", openness=1.0)
    low = Shape()
    thin(low, 1.8, 0.06)
    low.box(-0.1, 0.4, -0.1, 0.1, 1.7, 1.87, "plain.light")
    low.box(-0.15, 0.15, -0.18, 0.18, 0, 0.95, "plain.light")
    low.panel((0.158, 0, 0.84), LEFT, UP, 0.26, 0.1, "status", openness=1.0)
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


def all_devices():
    """name -> (levels, stated (length, width, height) or height)."""
    heights = {lamp: 8.0, lamp_park: 4.5, signal_mast: 6.5, signal_ped: 3.0, cctv_pole: 5.0, rsu: 6.0, air_station: 3.0, noise_sensor: 3.6,
               weather_station: 5.9, waste_bin: 1.18, ev_charger: 1.88, media_wall: 6.2, emergency_bell: 2.88, wifi: 3.8, speed_display: 3.71,
               flood_sensor: 2.6, lpr: 1.87, bus_stop: 2.62, shuttle_stop: 2.89, metro_exit: 4.4}
    return {f.__name__: (list(f()), h) for f, h in heights.items()}


def all_marks():
    return {"mark_pin": (mark_pin(), 1.0), "mark_ring": (mark_ring(), 0.06), "mark_gauge": (mark_gauge(), 1.0)}
