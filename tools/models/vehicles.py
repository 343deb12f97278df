# SPDX-License-Identifier: Apache-2.0
"""Vehicles at their true size: lofted bodies with chamfered edges, glass, lamps and proper wheels.

Levels: 0 about 300-600 triangles, 1 about 80, 2 about 20. The front faces +x.
"""

import math

from .shape import Shape

FRONT, BACK, LEFT, RIGHT, UP = (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1)
PROUD = 0.012  # how far lamps, doors and plates stand off the skin


def wheel(shape, x, y, radius, width, sides=12):
    """A wheel whose outer face lies at `y` (its sign says the side), with its arch and hub."""
    sign = 1 if y > 0 else -1
    outer, inner = y, y - sign * width
    ring = [(x + math.cos(2 * math.pi * k / sides) * radius, radius + math.sin(2 * math.pi * k / sides) * radius)
            for k in range(sides)]
    for k in range(sides):
        a, b = ring[k], ring[(k + 1) % sides]
        if min(a[1], b[1]) > radius * 1.05:
            continue  # hidden in the arch
        quad = [(a[0], outer, a[1]), (a[0], inner, a[1]), (b[0], inner, b[1]), (b[0], outer, b[1])]
        shape.face(quad if sign > 0 else quad[::-1], "plain.tyre", 0.55)
    shape.disc((x, outer, radius), (0, sign, 0), radius, sides, "plain.tyre", openness=0.8)
    shape.disc((x, outer + sign * 0.006, radius), (0, sign, 0), radius * 0.58, 8, "plain.hub", openness=0.8)
    arch = [(x + math.cos(math.pi * k / 8) * radius * 1.17, y - sign * 0.01, radius * 0.95 + math.sin(math.pi * k / 8) * radius * 1.2)
            for k in range(9)]
    shape.face(arch[::-1] if sign > 0 else arch, "plain.dark", 0.4, flat=True)


def wheels(shape, xs, half_width, radius, width, sides=12):
    for x in xs:
        for side in (1, -1):
            wheel(shape, x, side * half_width, radius, width, sides)


def simple_wheels(shape, xs, half_width, radius, sides=6):
    for x in xs:
        for side in (1, -1):
            shape.disc((x, side * half_width, radius), (0, side, 0), radius, sides, "plain.tyre",
                       phase=math.pi / sides, openness=0.7)


def blob(length, width, centre=0.0):
    """The contact shadow: uv -1..1 over a rectangle a little bigger than the footprint."""
    s = Shape()
    x, y = length / 2 + 0.35, width / 2 + 0.3
    s.face([(centre - x, -y, 0.03), (centre + x, -y, 0.03), (centre + x, y, 0.03), (centre - x, y, 0.03)], "blob", 1.0,
           uv=[(-1, -1), (1, -1), (1, 1), (-1, 1)], flat=True)
    return s


def lamp_pair(shape, x, y, z, width, height, material, facing):
    for side in (1, -1):
        shape.panel((x, side * y, z), LEFT if facing > 0 else RIGHT, UP, width, height, material)


def indicators(shape, x, y, z, width, height, facing):
    right = LEFT if facing > 0 else RIGHT
    shape.panel((x, y, z), right, UP, width, height, "indicator_left")
    shape.panel((x, -y, z), right, UP, width, height, "indicator_right")


# -- passenger cars ---------------------------------------------------------------------------------

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


def car_high(table, axles, radius, body="body", flank=None, mirror=True, glass_back=True, pillar=-0.34):
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
    rows = lambda t: [(t[0], t[2], t[1]), (t[0], t[2], t[3]), (t[0], t[5], t[4]), (t[0], t[6], t[7] + 0.02)]
    pick = [table[0], table[3], table[4], table[6], table[7], table[-1]]
    sections = [rows(t) for t in pick]
    for t, section in zip(pick, sections):  # the sill and crease merge into one side
        section[:2] = [(t[0], t[2], t[1])]

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


def wedge(s, x1, x0, w, z0, z1, top_x1, top_x0, top_w, side, top, ends=None):
    """A four-sided frustum without a floor: the low levels are made of these."""
    low = [(x1, -w, z0), (x1, w, z0), (x0, w, z0), (x0, -w, z0)]
    high = [(top_x1, -top_w, z1), (top_x1, top_w, z1), (top_x0, top_w, z1), (top_x0, -top_w, z1)]
    for i in range(4):
        n = (i + 1) % 4
        s.face([low[i], low[n], high[n], high[i]], (ends or side) if i in (0, 2) else side, flat=True)
    if top:
        s.face(high, top, flat=True)


def far_lights(s, x1, x0, half, z):
    """One lit strip at each end: at night the far traffic is nothing but these."""
    s.panel((x1 + PROUD, 0, z), LEFT, UP, half * 1.7, 0.16, "headlight")
    s.panel((x0 - PROUD, 0, z + 0.1), RIGHT, UP, half * 1.7, 0.16, "taillight")


def car_low(table, body="body"):
    s = Shape()
    belt, half = table[4][4], max(r[2] for r in table)
    wedge(s, table[0][0], table[-1][0], half, 0.2, belt, table[0][0] - 0.12, table[-1][0] + 0.05, half - 0.05, body, body)
    wedge(s, table[3][0], table[7][0], half - 0.06, belt, table[5][7] + 0.03, table[4][0], table[6][0], table[5][6], "glass", body)
    far_lights(s, table[0][0], table[-1][0], table[0][2], (table[0][3] + table[0][4]) / 2)
    return s


def car(table, axles, radius, roof=None, **style):
    """Three levels and the contact shadow; `roof(shape, level)` adds a sign or a light bar."""
    plain = {k: v for k, v in style.items() if k in ("body", "glass_back")}
    levels = [car_high(table, axles, radius, **style), car_mid(table, axles, radius, **plain),
              car_low(table, style.get("body", "body"))]
    if roof:
        for i, level in enumerate(levels):
            roof(level, i)
    return levels, blob(table[0][0] - table[-1][0], 2 * max(r[2] for r in table))


def taxi_sign(shape, level):
    wedge(shape, 0.02, -0.26, 0.30, 1.43, 1.60, -0.02, -0.22, 0.26, "headlight.sign", "headlight.sign")


def light_bar(z, x=-0.15, half=0.52, stripe=None):
    """A bar whose lamps glow in the instance's colour; `stripe` = (material, length, side, z) keeps the
    band along the flanks where the coarser levels have no row for it."""
    def add(shape, level):
        if level > 0 and stripe:
            material, length, side, height = stripe
            for sign in (1, -1):
                shape.panel((0, sign * side, height), (-sign, 0, 0), UP, length, 0.26, material)
        if level == 0:
            shape.box(x - 0.14, x + 0.14, -half, half, z, z + 0.05, "plain.dark")
            shape.box(x - 0.12, x + 0.12, 0.08, half, z + 0.05, z + 0.16, "status")
            shape.box(x - 0.12, x + 0.12, -half, -0.08, z + 0.05, z + 0.16, "status")
        else:
            shape.box(x - 0.12, x + 0.12, -half, half, z, z + 0.15, "status")
    return add


# -- boxes on wheels --------------------------------------------------------------------------------

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
            right = LEFT if side > 0 else RIGHT
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


def coach_low(length, w, zb, belt, glass, top, body="body"):
    h = length / 2
    s = Shape()
    wedge(s, h, -h, w, zb, belt, h, -h, w, body, None)
    wedge(s, h, -h, w, belt, glass, h - 0.06, -h + 0.03, w - 0.03, "glass", None)
    wedge(s, h - 0.06, -h + 0.03, w - 0.03, glass, top + 0.1, h - 0.2, -h + 0.12, w - 0.15, body, body)
    far_lights(s, h, -h, w, zb + 0.4)
    return s


def bus():
    p = (1.235, 0.30, 1.05, 2.45, 2.93)
    s = coach(10.95, *p, (2.75, -2.85), 0.48, [(4.35, 1.15), (-0.1, 1.25)])
    coach_lamps(s, 5.475, p[0], 0.62, 0.95)
    s.panel((5.475 - 0.10 + PROUD, 0, 2.60), LEFT, UP, 1.5, 0.22, "headlight.amber")
    s.box(-3.9, -0.6, -0.85, 0.85, 2.93, 3.18, "body.trim")
    s.box(0.6, 2.4, -0.75, 0.75, 2.93, 3.12, "body.trim")
    mid, low = coach_mid(11.0, *p, (2.75, -2.85), 0.48), coach_low(11.0, *p)
    mid.box(-3.9, 2.4, -0.85, 0.85, 2.93, 3.18, "body.trim")
    return [s, mid, low], blob(11.0, 2.47)


def bus_midi():
    p = (1.13, 0.32, 1.02, 2.30, 2.72)
    s = coach(8.45, *p, (2.15, -2.05), 0.42, [(3.25, 0.95), (-0.15, 1.0)], pane=1.25)
    coach_lamps(s, 4.225, p[0], 0.62, 0.92)
    s.panel((4.225 - 0.10 + PROUD, 0, 2.44), LEFT, UP, 1.3, 0.2, "headlight.amber")
    s.box(-2.4, -0.2, -0.75, 0.75, 2.72, 2.92, "body.trim")
    mid, low = coach_mid(8.5, *p, (2.15, -2.05), 0.42), coach_low(8.5, *p)
    mid.box(-2.4, -0.2, -0.75, 0.75, 2.72, 2.92, "body.trim")
    return [s, mid, low], blob(8.5, 2.26)


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
    mid, low = coach_mid(4.75, *p, (1.42, -1.42), 0.34), coach_low(4.75, *p)
    mid.box(-0.9, 0.9, -0.7, 0.7, 2.52, 2.64, "body.trim")
    return [s, mid, low], blob(4.75, 2.1)


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


def ambulance():
    flank = lambda j: "plain.stripe" if j == 3 else "plain.white"
    return car(VAN, (1.70, -1.55), 0.35, roof=light_bar(2.0, 0.55, 0.66, ("plain.stripe", 4.4, 0.975, 0.92)), body="plain.white", flank=flank, glass_back=True)


def police():
    flank = lambda j: "plain.blue" if j == 3 else "plain.white"
    return car(SEDAN, (1.40, -1.40), 0.33, roof=light_bar(1.44, -0.25, 0.5, ("plain.blue", 3.9, 0.915, 0.74)), body="plain.white", flank=flank)


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


def all_vehicles():
    """name -> (levels, blob, stated (length, width, height))."""
    sedan = dict(axles=(1.40, -1.40), radius=0.33)
    return {
        "car_sedan": (*car(SEDAN, **sedan), (4.7, 1.85, 1.45)),
        "car_suv": (*car(SUV, (1.40, -1.38), 0.37), (4.68, 1.92, 1.68)),
        "car_hatch": (*car(HATCH, (1.18, -1.18), 0.29), (3.6, 1.65, 1.51)),
        "taxi": (*car(SEDAN, **sedan, roof=taxi_sign), (4.7, 1.85, 1.6)),
        "van": (*car(VAN, (1.70, -1.55), 0.35), (5.16, 1.98, 2.0)),
        "bus": (*bus(), (11.0, 2.49, 3.18)),
        "bus_midi": (*bus_midi(), (8.5, 2.28, 2.92)),
        "shuttle": (*shuttle(), (4.75, 2.1, 2.65)),
        "truck": (*truck(), (8.0, 2.4, 3.2)),
        "ambulance": (*ambulance(), (5.16, 1.98, 2.16)),
        "police": (*police(), (4.7, 1.85, 1.6)),
        "fire_engine": (*fire_engine(), (8.4, 2.52, 3.0)),
    }
