# SPDX-License-Identifier: Apache-2.0
"""Passenger cars and vans: bodies lofted over cross sections, in five levels.

Level 0 has about 540 triangles, 1 about 80, 2 and 3 about 24, 4 has 14; level 3 shares its corners.
"""

from .shape import Shape
from .vehicle_parts import (LEFT, PROUD, RIGHT, UP, blob, far_lights, indicators, lamp_pair, light_bar, speck,
                            simple_wheels, wedge, wheels)


# x, underside, half width, crease height, belt height, belt half width, rail half width, rail height
SEDAN = [
    (2.35, 0.32, 0.72, 0.55, 0.68, 0.68, 0.60, 0.73),
    (2.20, 0.22, 0.86, 0.58, 0.75, 0.82, 0.72, 0.82),
    (1.60, 0.20, 0.905, 0.62, 0.83, 0.865, 0.76, 0.91),
    (0.95, 0.20, 0.91, 0.64, 0.90, 0.87, 0.79, 0.97),    # windscreen foot
    (0.10, 0.20, 0.91, 0.65, 0.92, 0.875, 0.64, 1.38),   # windscreen head
    (-0.42, 0.20, 0.91, 0.66, 0.93, 0.875, 0.65, 1.42),
    (-1.10, 0.20, 0.91, 0.67, 0.94, 0.87, 0.62, 1.37),   # roof end
    (-1.82, 0.22, 0.90, 0.68, 0.96, 0.855, 0.76, 1.03),  # rear window foot
    (-2.24, 0.25, 0.86, 0.68, 0.96, 0.81, 0.73, 1.03),
    (-2.35, 0.34, 0.78, 0.62, 0.90, 0.74, 0.68, 0.96),
]
SUV = [
    (2.33, 0.38, 0.74, 0.68, 0.86, 0.70, 0.62, 0.92),
    (2.18, 0.30, 0.88, 0.70, 0.92, 0.84, 0.74, 0.99),
    (1.60, 0.27, 0.93, 0.74, 0.99, 0.89, 0.78, 1.07),
    (1.02, 0.27, 0.935, 0.76, 1.05, 0.89, 0.82, 1.13),
    (0.35, 0.27, 0.935, 0.78, 1.08, 0.89, 0.70, 1.60),
    (-0.50, 0.27, 0.935, 0.78, 1.09, 0.89, 0.71, 1.645),
    (-1.75, 0.28, 0.93, 0.78, 1.11, 0.885, 0.69, 1.60),
    (-2.20, 0.32, 0.91, 0.78, 1.12, 0.87, 0.78, 1.16),
    (-2.28, 0.34, 0.88, 0.78, 1.05, 0.85, 0.78, 1.10),
    (-2.33, 0.42, 0.80, 0.74, 0.98, 0.80, 0.72, 1.02),
]
HATCH = [
    (1.80, 0.30, 0.62, 0.55, 0.72, 0.58, 0.50, 0.78),
    (1.66, 0.23, 0.76, 0.58, 0.78, 0.72, 0.62, 0.85),
    (1.28, 0.21, 0.795, 0.62, 0.86, 0.75, 0.66, 0.94),
    (0.90, 0.21, 0.80, 0.63, 0.91, 0.755, 0.69, 0.99),
    (0.22, 0.21, 0.80, 0.65, 0.94, 0.76, 0.57, 1.44),
    (-0.40, 0.21, 0.80, 0.65, 0.95, 0.76, 0.58, 1.48),
    (-1.25, 0.22, 0.795, 0.66, 0.97, 0.755, 0.55, 1.43),
    (-1.66, 0.25, 0.77, 0.66, 0.98, 0.74, 0.66, 1.05),
    (-1.74, 0.28, 0.74, 0.64, 0.94, 0.71, 0.64, 0.99),
    (-1.80, 0.34, 0.66, 0.60, 0.86, 0.66, 0.60, 0.90),
]
VAN = [
    (2.57, 0.36, 0.76, 0.72, 0.90, 0.72, 0.64, 0.96),
    (2.44, 0.28, 0.92, 0.76, 0.98, 0.88, 0.78, 1.06),
    (2.15, 0.26, 0.965, 0.80, 1.06, 0.92, 0.82, 1.14),
    (1.80, 0.26, 0.97, 0.82, 1.10, 0.925, 0.85, 1.20),
    (1.05, 0.26, 0.97, 0.84, 1.14, 0.93, 0.78, 1.90),
    (-0.40, 0.26, 0.97, 0.84, 1.15, 0.93, 0.79, 1.97),
    (-2.20, 0.27, 0.97, 0.84, 1.15, 0.93, 0.78, 1.93),
    (-2.47, 0.30, 0.95, 0.84, 1.15, 0.91, 0.84, 1.22),
    (-2.52, 0.32, 0.93, 0.82, 1.10, 0.90, 0.83, 1.15),
    (-2.57, 0.40, 0.86, 0.78, 1.02, 0.86, 0.78, 1.06),
]


def car_section(s, crown=0.03):
    x, zb, w, zm, belt, wbelt, wrail, rail = s
    return [(x, 0, zb), (x, w - 0.10, zb), (x, w, zb + 0.10), (x, w, zm), (x, wbelt, belt), (x, wrail, rail),
            (x, wrail - 0.10, rail + crown * 0.8), (x, 0, rail + crown)]


def car_high(table, axles, radius, body="body", flank=None, mirror=True, glass_back=True):
    sections = [car_section(s) for s in table]
    mid = [tuple(a + (b - a) * t for a, b in zip(table[4], table[5])) for t in (0.55, 0.78)]
    sections[5:5] = [car_section(mid[0]), car_section(mid[1])]
    screen, roof, back = 3, (4, 5, 6, 7), 8

    def material(i, j):
        if j == 0:
            return "plain.black"
        if j == 1:
            return "plain.dark"
        if j in (2, 3):
            return flank(j) if flank else body
        if i == screen:
            return "glass" if j != 5 else body
        if i in roof:
            return ("plain.black" if i == 5 else "glass") if j == 4 else body
        if i == back and glass_back:
            return "glass" if j == 6 else body
        return body

    s = Shape()
    end = lambda j: "plain.dark" if j in (1,) else ("plain.black" if j == 0 else body)
    s.loft(sections, material, front=end, rear=end)
    front, rear, half = table[0], table[-1], max(r[2] for r in table)
    wheels(s, axles, half + 0.014, radius, 0.21)
    xf, xr = front[0] + PROUD, rear[0] - PROUD
    zf = (front[3] + front[4]) / 2 + 0.02
    lamp_pair(s, xf, front[2] - 0.20, zf, 0.32, 0.11, "headlight", 1)
    indicators(s, xf, front[2] - 0.12, zf - 0.10, 0.16, 0.05, 1)
    s.panel((xf, 0, zf - 0.02), LEFT, UP, front[2] * 1.0, 0.10, "plain.black")
    s.panel((xf, 0, front[1] + 0.14), LEFT, UP, front[2] * 1.2, 0.12, "plain.dark")
    s.panel((xf + 0.006, 0, front[1] + 0.15), LEFT, UP, 0.5, 0.11, "plain.plate")
    zr = rear[3] + 0.14
    lamp_pair(s, xr, rear[2] - 0.17, zr, 0.34, 0.13, "taillight", -1)
    indicators(s, xr, rear[2] - 0.10, zr - 0.11, 0.18, 0.06, -1)
    s.panel((xr, 0, zr - 0.02), RIGHT, UP, 0.5, 0.11, "plain.plate")
    if mirror:
        foot = table[3]
        for side in (1, -1):
            y0, y1 = sorted((side * (foot[5] - 0.02), side * (half + 0.028)))
            s.box(foot[0] - 0.30, foot[0] - 0.16, y0, y1, foot[4] + 0.03, foot[4] + 0.15, body, bottom=True)
    return s


def car_mid(table, axles, radius, body="body", glass_back=True):
    # the sill and the crease of the fine level merge into one side
    rows = lambda t: [(t[0], t[2], t[1]), (t[0], t[5], t[4]), (t[0], t[6], t[7] + 0.02)]
    pick = [table[0], table[3], table[4], table[6], table[7], table[-1]]
    sections = [rows(t) for t in pick]

    def material(i, j):
        if j == 0:
            return body
        if i == 1:
            return "glass"
        if i in (2,):
            return "glass" if j == 1 else body
        if i == 3 and glass_back:
            return "glass" if j == 2 else body
        return body

    s = Shape()
    s.loft(sections, material, front=lambda j: body, rear=lambda j: body)
    simple_wheels(s, axles, max(r[2] for r in table) + 0.012, radius)
    front, rear = table[0], table[-1]
    lamp_pair(s, front[0] + PROUD, front[2] - 0.20, (front[3] + front[4]) / 2, 0.34, 0.13, "headlight", 1)
    lamp_pair(s, rear[0] - PROUD, rear[2] - 0.17, rear[3] + 0.12, 0.34, 0.15, "taillight", -1)
    return s


def car_low(table, body="body", shared=False):
    """`shared`: faces share their corners, for a few pixels: 28 corners in place of 48."""
    s = Shape(crease=180.0) if shared else Shape()
    belt, half = table[4][4], max(r[2] for r in table)
    wedge(s, table[0][0], table[-1][0], half, 0.2, belt, table[0][0] - 0.12, table[-1][0] + 0.05, half - 0.05, body, body, flat=not shared)
    wedge(s, table[3][0], table[7][0], half - 0.06, belt, table[5][7] + 0.03, table[4][0], table[6][0], table[5][6], "glass", body, flat=not shared)
    far_lights(s, table[0][0], table[-1][0], table[0][2], (table[0][3] + table[0][4]) / 2)
    return s


def car_speck(table, body="body"):
    """A few pixels high: one hull, of the height and the footprint, with its lamps."""
    return speck(table[0][0], table[-1][0], max(r[2] for r in table), 0.2, table[5][7] + 0.03, table[4][0], table[6][0], table[5][6], body,
                 (table[0][3] + table[0][4]) / 2)


def car(table, axles, radius, roof=None, **style):
    """Five levels and the contact shadow; `roof(shape, level)` adds a sign or a light bar to all but the last two."""
    plain = {k: v for k, v in style.items() if k in ("body", "glass_back")}
    body = style.get("body", "body")
    levels = [car_high(table, axles, radius, **style), car_mid(table, axles, radius, **plain), car_low(table, body),
              car_low(table, body, shared=True), car_speck(table, body)]
    if roof:
        for i, level in enumerate(levels[:3]):
            roof(level, i)
    return levels, blob(table[0][0] - table[-1][0], 2 * max(r[2] for r in table))


def taxi_sign(shape, level):
    wedge(shape, 0.02, -0.26, 0.30, 1.43, 1.60, -0.02, -0.22, 0.26, "headlight.sign", "headlight.sign")


def ambulance():
    flank = lambda j: "plain.stripe" if j == 3 else "plain.white"
    return car(VAN, (1.70, -1.55), 0.35, roof=light_bar(2.0, 0.55, 0.66, ("plain.stripe", 4.4, 0.975, 0.92)), body="plain.white", flank=flank, glass_back=True)


def police():
    flank = lambda j: "plain.blue" if j == 3 else "plain.white"
    return car(SEDAN, (1.40, -1.40), 0.33, roof=light_bar(1.44, -0.25, 0.5, ("plain.blue", 3.9, 0.915, 0.74)), body="plain.white", flank=flank)
