# SPDX-License-Identifier: Apache-2.0
"""Things that measure and watch; they face +x."""

import math

from .device_parts import LEFT, UP, cabinet, camera_box, collar, pole, thin
from .shape import Shape, add


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
