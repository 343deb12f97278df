# SPDX-License-Identifier: Apache-2.0
"""Six trees of Daegu's streets and slopes, normalised to height 1 and crown diameter 1.

A crown is a handful of uneven lumps; its corner normals lie between facet and lump so that it reads
as leaves in soft light, and its openness falls towards the inside and the underside.
"""

import math
import random

from .shape import Shape, add, dot, mul, newell, sub, unit

GOLDEN = (1 + math.sqrt(5)) / 2


def icosahedron():
    v = [unit(p) for p in [(-1, GOLDEN, 0), (1, GOLDEN, 0), (-1, -GOLDEN, 0), (1, -GOLDEN, 0), (0, -1, GOLDEN), (0, 1, GOLDEN),
                           (0, -1, -GOLDEN), (0, 1, -GOLDEN), (GOLDEN, 0, -1), (GOLDEN, 0, 1), (-GOLDEN, 0, -1), (-GOLDEN, 0, 1)]]
    f = [(0, 11, 5), (0, 5, 1), (0, 1, 7), (0, 7, 10), (0, 10, 11), (1, 5, 9), (5, 11, 4), (11, 10, 2), (10, 7, 6), (7, 1, 8),
         (3, 9, 4), (3, 4, 2), (3, 2, 6), (3, 6, 8), (3, 8, 9), (4, 9, 5), (2, 4, 11), (6, 2, 10), (8, 6, 7), (9, 8, 1)]
    return v, f


class Crown:
    """Lumps that share one centre for openness and normals."""

    def __init__(self, material, centre, reach, seed, smooth=False):
        self.smooth = smooth  # far away: corners share one normal, so that triangles share vertices
        self.shape = Shape()
        self.material = material
        self.centre = centre  # middle of the whole crown
        self.reach = reach    # its half sizes
        self.random = random.Random(seed)

    def corner(self, p, facet, lump):
        out = sub(p, lump)
        relative = tuple((p[i] - self.centre[i]) / self.reach[i] for i in range(3))
        radial = unit(tuple(relative[i] / self.reach[i] for i in range(3)))
        normal = unit(add(add(mul(facet, 0.0 if self.smooth else 0.40), mul(unit(out), 0.35)), mul(radial, 0.45)))
        depth = min(math.sqrt(dot(relative, relative)), 1.0)
        openness = 0.34 + 0.66 * (0.55 * depth ** 1.5 + 0.45 * min(max(relative[2] * 0.5 + 0.5, 0.0), 1.0))
        if facet[2] < -0.3 and not self.smooth:
            openness *= 0.75
        return normal, openness

    def add_triangles(self, triangles, lump):
        for points in triangles:
            facet = unit(newell(points))
            pairs = [self.corner(p, facet, lump) for p in points]
            self.shape.face(points, self.material, [o for _, o in pairs], normals=[n for n, _ in pairs])

    def lump(self, centre, radii, roughness=0.16):
        vertices, faces = icosahedron()
        turn = self.random.uniform(0, 2 * math.pi)
        c, s = math.cos(turn), math.sin(turn)
        points = []
        for v in vertices:
            r = 1 + self.random.uniform(-roughness, roughness)
            x, y, z = v[0] * c - v[1] * s, v[0] * s + v[1] * c, v[2]
            points.append((centre[0] + x * radii[0] * r, centre[1] + y * radii[1] * r, centre[2] + z * radii[2] * r))
        self.add_triangles([[points[i] for i in f] for f in faces], centre)

    def tier(self, z0, z1, radius, tip, sides, droop=0.0, phase=0.0):
        """A ragged cone of branches from z0 (edge) to z1."""
        rim = []
        for k in range(sides):
            t = 2 * math.pi * k / sides + phase
            r = radius * (1 + (0.08 if k % 2 else -0.14) + self.random.uniform(-0.05, 0.05))
            rim.append((math.cos(t) * r, math.sin(t) * r, z0 - (droop if k % 2 == 0 else 0.0)))
        inside = (0.0, 0.0, z0 + (z1 - z0) * 0.35)
        top = (0.0, 0.0, z1)
        for k in range(sides):
            a, b = rim[k], rim[(k + 1) % sides]
            if tip:
                self.add_triangles([[a, b, top]], inside)
            else:
                q = lambda p: (p[0] * 0.30, p[1] * 0.30, z1)
                self.add_triangles([[a, b, q(b)], [a, q(b), q(a)]], inside)
            self.add_triangles([[b, a, inside]], (0.0, 0.0, z1))

    def bipyramid(self, bottom, middle, top, radius, sides, phase=0.3):
        ring = [(math.cos(2 * math.pi * k / sides + phase) * radius, math.sin(2 * math.pi * k / sides + phase) * radius, middle) for k in range(sides)]
        lump = (0.0, 0.0, middle)
        for k in range(sides):
            a, b = ring[k], ring[(k + 1) % sides]
            self.add_triangles([[a, b, (0.0, 0.0, top)], [b, a, (0.0, 0.0, bottom)]], lump)


def normalised(shape):
    """Height 1 and crown diameter 1 (mean of both axes), the foot of the trunk at the origin."""
    low, high = shape.bounds()
    width = ((high[0] - low[0]) + (high[1] - low[1])) / 2
    out = Shape()
    return out.take(shape, scale=(1 / width, 1 / width, 1 / high[2]))


def trunk(shape, path, radii, material, sides=6):
    openness = 0.6
    shape.tube(path, radii, sides, material, cap=False, openness=openness)


def species(name, bark, trunk_path, trunk_radii, branches, centre, reach, lumps, seed, mid_lumps, low, tiers=None, mid_tiers=None):
    material = "foliage_evergreen.pine" if name == "pine" else "foliage_deciduous." + name
    levels = []
    for detail in (0, 1):
        s = Shape()
        crown = Crown(material, centre, reach, seed)
        for lump in (lumps if detail == 0 else mid_lumps):
            crown.lump(*lump)
        for t in ((tiers if detail == 0 else mid_tiers) or []):
            crown.tier(**t)
        if detail == 0:
            trunk(s, trunk_path, trunk_radii, bark)
            for path, radii in branches:
                trunk(s, path, radii, bark, 4)
        else:
            top = trunk_path[-1][:2] + (max(trunk_path[-1][2], centre[2] - reach[2] * 0.35),)  # into the crown
            trunk(s, [trunk_path[0], top], [trunk_radii[0], trunk_radii[-1]], bark, 4)
        levels.append(normalised(s.take(crown.shape)))
    s = Shape()
    crown = Crown(material, centre, reach, seed, smooth=True)
    crown.bipyramid(low[0], low[1], 1.0, 0.5, 4)
    r = trunk_radii[0] * 1.1
    s.face([(r, 0, 0), (0, r, low[0] + 0.08), (-r * 0.5, -r, 0)], bark, 0.6, flat=True)
    levels.append(normalised(s.take(crown.shape)))
    levels.append(speck(material, centre, reach, seed, low))
    return levels


def speck(material, centre, reach, seed, low):
    """A tree of ten pixels: three sides, no trunk, as wide as the others on average."""
    crown = Crown(material, centre, reach, seed, smooth=True)
    crown.bipyramid(low[0], low[1], 1.0, 0.545, 3)  # a triangle of the same mean width as the square of 0.5
    return crown.shape


def ring_of(count, radius, z, radii, phase=0.0, rough=0.16, wobble=0.0):
    out = []
    for k in range(count):
        t = 2 * math.pi * k / count + phase
        out.append(((math.cos(t) * radius, math.sin(t) * radius, z + wobble * (1 if k % 2 else -1)), radii, rough))
    return out


def zelkova():
    """A vase that opens into a broad dome."""
    lumps = ring_of(5, 0.25, 0.66, (0.23, 0.23, 0.17), 0.2, wobble=0.03) + [((0.03, 0.02, 0.82), (0.27, 0.27, 0.18), 0.14),
             ((-0.06, 0.08, 0.62), (0.22, 0.22, 0.14), 0.12)]
    fork = lambda t: ([(0, 0, 0.26), (math.cos(t) * 0.12, math.sin(t) * 0.12, 0.42), (math.cos(t) * 0.24, math.sin(t) * 0.24, 0.62)], [0.026, 0.02, 0.008])
    return species("zelkova", "plain.barkpale", [(0, 0, 0), (0, 0, 0.30)], [0.045, 0.03], [fork(0.4), fork(2.5), fork(4.6)],
                   (0, 0, 0.68), (0.5, 0.5, 0.34), lumps, 11, [((0, 0, 0.70), (0.5, 0.5, 0.30), 0.12)], (0.26, 0.66))


def ginkgo():
    """Upright and narrow, an even cone with a rounded foot."""
    lumps = (ring_of(3, 0.19, 0.40, (0.27, 0.27, 0.17), 0.5, 0.10) + ring_of(3, 0.13, 0.59, (0.24, 0.24, 0.17), 1.5, 0.12) +
             [((0.02, 0, 0.76), (0.21, 0.21, 0.15), 0.12), ((-0.01, 0.01, 0.88), (0.14, 0.14, 0.13), 0.08)])
    return species("ginkgo", "plain.bark", [(0, 0, 0), (0, 0, 0.45)], [0.04, 0.02], [], (0, 0, 0.58), (0.48, 0.48, 0.44), lumps, 23,
                   [((0, 0, 0.48), (0.48, 0.48, 0.26), 0.06), ((0, 0, 0.74), (0.31, 0.31, 0.27), 0.06)], (0.20, 0.44))


def cherry():
    """Low, broad, a flat umbrella of several clouds."""
    lumps = ring_of(6, 0.28, 0.64, (0.21, 0.21, 0.16), 0.1, wobble=0.05) + [((0.04, -0.03, 0.80), (0.25, 0.25, 0.18), 0.16)]
    fork = lambda t: ([(0, 0, 0.24), (math.cos(t) * 0.16, math.sin(t) * 0.16, 0.42), (math.cos(t) * 0.28, math.sin(t) * 0.28, 0.60)], [0.03, 0.022, 0.008])
    return species("cherry", "plain.bark", [(0, 0, 0), (0.01, 0, 0.28)], [0.05, 0.036], [fork(1.0), fork(3.2), fork(5.2)], (0, 0, 0.66),
                   (0.5, 0.5, 0.32), lumps, 37, [((0, 0, 0.68), (0.5, 0.5, 0.27), 0.16)], (0.26, 0.62))


def pine():
    """Korean red pine: a leaning red trunk under flat clouds."""
    lumps = [((0.10, 0.02, 0.90), (0.27, 0.25, 0.095), 0.14), ((-0.20, 0.14, 0.76), (0.25, 0.23, 0.085), 0.14), ((0.26, -0.16, 0.70), (0.24, 0.24, 0.08), 0.14),
             ((0.05, 0.26, 0.64), (0.22, 0.21, 0.075), 0.14), ((-0.16, -0.22, 0.58), (0.24, 0.22, 0.075), 0.14), ((0.03, 0.0, 0.79), (0.28, 0.26, 0.09), 0.12)]
    path = [(0, 0, 0), (0.05, 0.01, 0.26), (0.02, -0.02, 0.52), (0.07, 0.0, 0.86)]
    branches = [([(0.04, 0, 0.50), (-0.15, -0.20, 0.57)], [0.018, 0.008]), ([(0.03, 0, 0.60), (0.23, -0.14, 0.68)], [0.016, 0.008]),
                ([(0.03, 0, 0.56), (0.05, 0.22, 0.63)], [0.016, 0.008])]
    return species("pine", "plain.barkred", path, [0.038, 0.032, 0.026, 0.012], branches, (0.03, 0, 0.74), (0.5, 0.5, 0.26), lumps, 41,
                   [((0.06, 0, 0.86), (0.36, 0.36, 0.13), 0.14), ((-0.04, 0.03, 0.64), (0.47, 0.45, 0.11), 0.14)], (0.45, 0.66))


def oak():
    """A full round head."""
    lumps = ring_of(4, 0.22, 0.50, (0.27, 0.27, 0.20), 0.3) + ring_of(3, 0.17, 0.72, (0.26, 0.26, 0.18), 1.1) + [((0, 0, 0.86), (0.22, 0.22, 0.14), 0.14)]
    return species("oak", "plain.bark", [(0, 0, 0), (0, 0, 0.36)], [0.05, 0.036], [], (0, 0, 0.62), (0.5, 0.5, 0.38), lumps, 53,
                   [((0, 0, 0.62), (0.5, 0.5, 0.37), 0.12)], (0.22, 0.58))


def metasequoia():
    """A tall slender spire of tiers."""
    tiers, mid = [], []
    steps = 7
    for k in range(steps):
        f = k / steps
        tiers.append(dict(z0=0.16 + 0.78 * f, z1=min(0.16 + 0.78 * f + 0.27, 1.0), radius=0.50 * (1 - f ** 1.25) + 0.06, tip=True, sides=10,
                          droop=0.03, phase=0.5 * k))
    for k in range(2):
        mid.append(dict(z0=(0.14, 0.48)[k], z1=(0.72, 1.0)[k], radius=(0.52, 0.38)[k], tip=True, sides=8, droop=0.03, phase=0.4 * k))
    return species("metasequoia", "plain.barkred", [(0, 0, 0), (0, 0, 0.5)], [0.045, 0.02], [], (0, 0, 0.50), (0.5, 0.5, 0.5), [], 67, [],
                   (0.12, 0.26), tiers, mid)


def all_trees():
    return {f.__name__: f() for f in (zelkova, ginkgo, cherry, pine, oak, metasequoia)}
