# SPDX-License-Identifier: Apache-2.0
"""What vehicles share: wheels, lamps, contact shadows, simple hulls. The front faces +x."""

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


def wedge(s, x1, x0, w, z0, z1, top_x1, top_x0, top_w, side, top, flat=True):
    """A four-sided frustum without a floor: the low levels are made of these. Not flat: its sides share
    their corners, and a top of the same material too."""
    low = [(x1, -w, z0), (x1, w, z0), (x0, w, z0), (x0, -w, z0)]
    high = [(top_x1, -top_w, z1), (top_x1, top_w, z1), (top_x0, top_w, z1), (top_x0, -top_w, z1)]
    for i in range(4):
        n = (i + 1) % 4
        s.face([low[i], low[n], high[n], high[i]], side, flat=flat)
    if top:
        s.face(high, top, flat=flat or top != side)


def far_lights(s, x1, x0, half, z):
    """One lit strip at each end: at night the far traffic is nothing but these."""
    s.panel((x1 + PROUD, 0, z), LEFT, UP, half * 1.7, 0.16, "headlight")
    s.panel((x0 - PROUD, 0, z + 0.1), RIGHT, UP, half * 1.7, 0.16, "taillight")


def speck(x1, x0, w, z0, z1, top_x1, top_x0, top_w, body, lamp_z):
    """The coarsest level: one hull whose faces share their corners, and the lamps."""
    s = Shape(crease=180.0)
    wedge(s, x1, x0, w, z0, z1, top_x1, top_x0, top_w, body, body, flat=False)
    far_lights(s, x1, x0, w, lamp_z)
    return s


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
