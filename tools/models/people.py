# SPDX-License-Identifier: Apache-2.0
"""People, and what they ride. The clothes take the instance's colour."""

import math

from .shape import Shape
from .vehicle_parts import LEFT, RIGHT, UP, blob, wedge


def head(s, x, z, sides=6):
    s.tube([(x, 0, z - 0.10), (x, 0, z - 0.03), (x, 0, z + 0.07)], [0.05, 0.085, 0.09], sides, "plain.skin", cap=False, openness=0.9)
    s.tube([(x - 0.01, 0, z + 0.06), (x - 0.01, 0, z + 0.12), (x - 0.01, 0, z + 0.155)], [0.098, 0.085, 0.03], sides, "plain.hair", openness=1.0)


def person():
    s = Shape(crease=60)
    for side in (1, -1):
        y = side * 0.09
        s.tube([(0.02 * side, y, 0.0), (0.01, y, 0.45), (0, y, 0.86)], [0.055, 0.06, 0.085], 5, "plain.trousers", cap=False)
        s.box(-0.06 + 0.02 * side, 0.14 + 0.02 * side, y - 0.045, y + 0.045, 0.0, 0.07, "plain.black", openness=0.5)
        s.tube([(0, side * 0.15, 1.43), (0, side * 0.205, 1.36), (0.02, side * 0.24, 1.12), (0.07, side * 0.22, 0.86)], [0.02, 0.055, 0.048, 0.035], 5, "body",
               openness=0.85)
        s.tube([(0.07, side * 0.22, 0.87), (0.09, side * 0.215, 0.77)], [0.035, 0.03], 4, "plain.skin", openness=0.8)
    rows = [(0.80, 0.12, 0.17), (0.95, 0.115, 0.165), (1.15, 0.115, 0.175), (1.36, 0.115, 0.20), (1.44, 0.07, 0.12)]
    rings = [[(math.cos(t) * a, math.sin(t) * b, z) for t in [2 * math.pi * k / 8 for k in range(8)]] for z, a, b in rows]
    for low, high in zip(rings, rings[1:]):
        for k in range(8):
            n = (k + 1) % 8
            s.face([low[k], low[n], high[n], high[k]], "body", 0.9)
    s.face(rings[-1], "body", 1.0)
    head(s, 0.01, 1.545)
    mid = Shape(crease=60)
    mid.tube([(0, 0, 0), (0, 0, 0.85)], [0.10, 0.15], 5, "plain.trousers", cap=False)
    mid.tube([(0, 0, 0.82), (0, 0, 1.38), (0, 0, 1.46)], [0.17, 0.20, 0.07], 5, "body", cap=False, openness=0.9)
    mid.tube([(0, 0, 1.46), (0, 0, 1.62), (0, 0, 1.70)], [0.07, 0.10, 0.05], 5, "plain.skin", openness=1.0)
    low = Shape()
    wedge(low, 0.09, -0.09, 0.13, 0.0, 0.85, 0.1, -0.1, 0.17, "plain.trousers", None)
    wedge(low, 0.1, -0.1, 0.2, 0.85, 1.7, 0.06, -0.06, 0.09, "body", None)
    return [s, mid, low], blob(0.3, 0.35)


def tyre(s, x, radius, width, sides=12):
    for side in (1, -1):
        s.disc((x, side * width / 2, radius), (0, side, 0), radius, sides, "plain.tyre", openness=0.8)
        s.disc((x, side * (width / 2 + 0.004), radius), (0, side, 0), radius * 0.6, 6, "plain.hub", openness=0.9)
    for k in range(sides):
        a, b = 2 * math.pi * k / sides, 2 * math.pi * (k + 1) / sides
        p = lambda t, y: (x + math.cos(t) * radius, y, radius + math.sin(t) * radius)
        s.face([p(a, width / 2), p(a, -width / 2), p(b, -width / 2), p(b, width / 2)], "plain.tyre", 0.6)


def rider(s, hip, shoulder, hands, feet, helmet):
    s.tube([hip, ((hip[0] + shoulder[0]) / 2 - 0.03, 0, (hip[2] + shoulder[2]) / 2), shoulder], [0.16, 0.17, 0.15], 7, "body", openness=0.9)
    for side in (1, -1):
        s.tube([(shoulder[0], side * 0.19, shoulder[2] - 0.02), (hands[0] - 0.12, side * 0.25, (hands[2] + shoulder[2]) / 2 - 0.05), (hands[0], side * 0.22, hands[2])],
               [0.055, 0.05, 0.035], 4, "body", openness=0.85)
        knee = (hip[0] + 0.38, side * 0.13, hip[2] - 0.08)
        s.tube([(hip[0] + 0.02, side * 0.10, hip[2]), knee, (feet[0], side * 0.12, feet[2])], [0.09, 0.07, 0.05], 5, "plain.trousers", openness=0.75)
    z = shoulder[2] + 0.22
    x = shoulder[0] + 0.06
    s.tube([(x, 0, z - 0.14), (x, 0, z - 0.04), (x, 0, z + 0.06), (x, 0, z + 0.13)], [0.06, 0.115, 0.12, 0.05], 7, helmet, openness=1.0)
    s.panel((x + 0.115, 0, z - 0.01), LEFT, UP, 0.14, 0.08, "glass")


def motorcycle():
    """A delivery scooter with its rider and box."""
    s = Shape(crease=55)
    tyre(s, 0.66, 0.25, 0.11)
    tyre(s, -0.64, 0.25, 0.12)
    s.loft([[(0.42, 0, 0.42), (0.42, 0.12, 0.5), (0.36, 0.20, 0.85), (0.36, 0, 1.0)], [(0.30, 0, 0.30), (0.30, 0.16, 0.34), (0.28, 0.20, 0.7), (0.28, 0, 0.95)]],
           lambda i, j: "body", front=lambda j: "body", rear=lambda j: "plain.dark")
    s.box(-0.30, 0.34, -0.14, 0.14, 0.26, 0.38, "plain.dark")
    s.loft([[(-0.10, 0, 0.36), (-0.10, 0.14, 0.40), (-0.12, 0.14, 0.66), (-0.12, 0, 0.74)], [(-0.85, 0, 0.56), (-0.85, 0.10, 0.60), (-0.85, 0.12, 0.72), (-0.82, 0, 0.78)]],
           lambda i, j: "body" if j < 2 else "plain.black", front=lambda j: "body", rear=lambda j: "body")
    s.tube([(0.66, 0, 0.25), (0.40, 0, 0.92), (0.36, 0, 1.02)], [0.04, 0.04, 0.03], 4, "plain.metal")
    s.tube([(0.34, -0.30, 1.04), (0.36, 0, 1.02), (0.34, 0.30, 1.04)], [0.02, 0.03, 0.02], 4, "plain.dark")
    s.panel((0.43, 0, 0.86), LEFT, UP, 0.16, 0.12, "headlight")
    s.panel((-0.87, 0, 0.68), RIGHT, UP, 0.16, 0.07, "taillight")
    s.panel((0.43, 0.16, 0.80), LEFT, UP, 0.07, 0.05, "indicator_left")
    s.panel((0.43, -0.16, 0.80), LEFT, UP, 0.07, 0.05, "indicator_right")
    s.box(-0.90, -0.48, -0.21, 0.21, 0.82, 1.22, "plain.light", bottom=True)
    rider(s, (-0.22, 0, 0.80), (-0.06, 0, 1.34), (0.32, 0, 1.02), (0.22, 0, 0.38), "plain.white")
    mid = Shape(crease=55)
    for x in (0.66, -0.64):
        for side in (1, -1):
            mid.disc((x, side * 0.06, 0.25), (0, side, 0), 0.25, 6, "plain.tyre", openness=0.7)
    mid.box(-0.85, 0.42, -0.14, 0.14, 0.3, 0.76, "body")
    mid.box(-0.90, -0.48, -0.21, 0.21, 0.78, 1.22, "plain.light")
    mid.tube([(-0.20, 0, 0.76), (-0.06, 0, 1.40)], [0.17, 0.16], 5, "body", openness=0.9)
    mid.tube([(0.0, 0, 1.42), (0.0, 0, 1.55), (0.0, 0, 1.69)], [0.07, 0.13, 0.06], 5, "plain.white", openness=1.0)
    mid.box(0.0, 0.42, -0.26, 0.26, 0.85, 1.05, "body")
    mid.panel((0.43, 0, 0.7), LEFT, UP, 0.16, 0.12, "headlight")
    mid.panel((-0.91, 0, 0.66), RIGHT, UP, 0.16, 0.1, "taillight")
    low = Shape()
    low.box(-0.89, 0.89, -0.14, 0.14, 0.15, 0.8, "body")
    wedge(low, 0.05, -0.5, 0.2, 0.8, 1.68, 0.05, -0.15, 0.12, "body", "plain.white")
    low.panel((0.90, 0, 0.7), LEFT, UP, 0.24, 0.14, "headlight")
    low.panel((-0.90, 0, 0.7), RIGHT, UP, 0.24, 0.12, "taillight")
    return [s, mid, low], blob(1.8, 0.6)


def bicycle():
    s = Shape(crease=55)
    for x in (0.53, -0.53):
        sides, r, w = 14, 0.34, 0.02
        for side in (1, -1):  # an open ring reads as a wheel
            for k in range(sides):
                a, b = 2 * math.pi * k / sides, 2 * math.pi * (k + 1) / sides
                p = lambda t, q: (x + math.cos(t) * q, side * w, r + math.sin(t) * q)
                quad = [p(a, r), p(a, r - 0.05), p(b, r - 0.05), p(b, r)]
                s.face(quad if side > 0 else quad[::-1], "plain.tyre", 0.8, flat=True)
    bar = lambda *path: s.tube(list(path), [0.022] * len(path), 4, "body.trim", openness=0.9)
    bar((-0.53, 0, 0.34), (-0.06, 0, 0.30), (0.38, 0, 0.78), (-0.18, 0, 0.76), (-0.06, 0, 0.30))
    bar((-0.53, 0, 0.34), (-0.18, 0, 0.76), (-0.22, 0, 0.90))
    bar((0.53, 0, 0.34), (0.38, 0, 0.78), (0.36, 0, 0.98))
    s.tube([(0.34, -0.26, 1.0), (0.38, 0, 0.98), (0.34, 0.26, 1.0)], [0.018] * 3, 4, "plain.dark")
    s.box(-0.34, -0.12, -0.06, 0.06, 0.88, 0.93, "plain.black", bottom=True)
    s.panel((0.42, 0, 0.90), LEFT, UP, 0.06, 0.05, "headlight")
    s.panel((-0.35, 0, 0.80), RIGHT, UP, 0.06, 0.05, "taillight")
    rider(s, (-0.20, 0, 0.98), (0.02, 0, 1.46), (0.34, 0, 1.02), (-0.02, 0, 0.26), "plain.teal")
    mid = Shape(crease=55)
    for x in (0.53, -0.53):
        for side in (1, -1):
            mid.disc((x, side * 0.02, 0.34), (0, side, 0), 0.34, 7, "plain.tyre", openness=0.8)
    mid.box(-0.5, 0.5, -0.02, 0.02, 0.45, 0.75, "body.trim")
    mid.tube([(-0.20, 0, 0.90), (0.02, 0, 1.50)], [0.16, 0.15], 5, "body", openness=0.9)
    mid.tube([(0.06, 0, 1.54), (0.06, 0, 1.66), (0.06, 0, 1.81)], [0.06, 0.12, 0.05], 5, "plain.teal", openness=1.0)
    mid.box(-0.02, 0.3, -0.14, 0.14, 0.3, 0.9, "plain.trousers")
    mid.box(0.0, 0.36, -0.24, 0.24, 1.0, 1.3, "body")
    low = Shape()
    low.box(-0.87, 0.87, -0.03, 0.03, 0.0, 0.66, "plain.tyre")
    wedge(low, 0.3, -0.35, 0.17, 0.6, 1.8, 0.12, 0.0, 0.1, "body", "plain.teal")
    return [s, mid, low], blob(1.7, 0.45)


def all_people():
    return {"person": (*person(), (0.28, 0.57, 1.7)), "motorcycle": (*motorcycle(), (1.8, 0.6, 1.69)), "bicycle": (*bicycle(), (1.74, 0.60, 1.80))}
