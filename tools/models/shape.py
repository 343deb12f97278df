# SPDX-License-Identifier: Apache-2.0
"""Polygons in the model frame (metres; x forward, y left, z up), and ways to make them."""

import math


def sub(a, b):
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def add(a, b):
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def mul(a, s):
    return (a[0] * s, a[1] * s, a[2] * s)


def dot(a, b):
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a, b):
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def unit(a):
    length = math.sqrt(dot(a, a))
    return mul(a, 1.0 / length) if length > 1e-12 else (0.0, 0.0, 1.0)


def newell(points):
    """Twice the area vector of a planar polygon."""
    n = (0.0, 0.0, 0.0)
    for i in range(1, len(points) - 1):
        n = add(n, cross(sub(points[i], points[0]), sub(points[i + 1], points[0])))
    return n


class Face:
    """A convex polygon, counter-clockwise seen from outside."""

    def __init__(self, points, material, openness=None, uv=None, normals=None, flat=False):
        self.points = points
        self.material = material
        self.openness = openness  # one number for all corners, a list of them, or None: by the shape's rule
        self.uv = uv
        self.normals = normals
        self.flat = flat


class Shape:
    def __init__(self, crease=38.0):
        self.faces = []
        self.crease = math.cos(math.radians(crease))

    # -- primitives

    def face(self, points, material, openness=None, uv=None, normals=None, flat=False):
        kept, keep_uv, keep_normals, keep_open = [], [], [], []
        for i, p in enumerate(points):
            if kept and max(abs(a - b) for a, b in zip(p, kept[-1])) < 1e-6:
                continue
            if i == len(points) - 1 and kept and max(abs(a - b) for a, b in zip(p, kept[0])) < 1e-6:
                continue
            kept.append(tuple(p))
            if uv:
                keep_uv.append(uv[i])
            if normals:
                keep_normals.append(normals[i])
            if isinstance(openness, list):
                keep_open.append(openness[i])
        n = newell(kept) if len(kept) > 2 else (0, 0, 0)
        if dot(n, n) < 1e-12:
            return
        self.faces.append(Face(kept, material, keep_open or openness, keep_uv or None, keep_normals or None, flat))

    def box(self, x0, x1, y0, y1, z0, z1, material, bottom=False, openness=None, top=None):
        p = lambda i, j, k: ((x0, x1)[i], (y0, y1)[j], (z0, z1)[k])
        quads = [
            ([p(1, 0, 0), p(1, 1, 0), p(1, 1, 1), p(1, 0, 1)], material),
            ([p(0, 1, 0), p(0, 0, 0), p(0, 0, 1), p(0, 1, 1)], material),
            ([p(1, 1, 0), p(0, 1, 0), p(0, 1, 1), p(1, 1, 1)], material),
            ([p(0, 0, 0), p(1, 0, 0), p(1, 0, 1), p(0, 0, 1)], material),
            ([p(0, 0, 1), p(1, 0, 1), p(1, 1, 1), p(0, 1, 1)], top or material),
        ]
        if bottom:
            quads.append(([p(0, 1, 0), p(1, 1, 0), p(1, 0, 0), p(0, 0, 0)], material))
        for points, m in quads:
            self.face(points, m, openness, flat=True)

    def loft(self, sections, material, front=None, rear=None, uv=None):
        """Skin over half sections (rows from the bottom up, y >= 0), mirrored to the right side.

        `material(segment, row)` names the material between section `segment` and the next one, row
        `row` and the next one, or None for no face; `row` = last joins left and right where the last
        row lies off the middle. `front(row)` and `rear(row)` close the ends in the same way.
        """
        right = lambda p: (p[0], -p[1], p[2])
        rows = len(sections[0])
        for i in range(len(sections) - 1):
            for j in range(rows - 1):
                m = material(i, j)
                if not m:
                    continue
                a, b, c, d = sections[i][j], sections[i + 1][j], sections[i + 1][j + 1], sections[i][j + 1]
                self.face([a, b, c, d], m)
                self.face([right(d), right(c), right(b), right(a)], m)
            a, b = sections[i][-1], sections[i + 1][-1]
            m = material(i, rows - 1)
            if m and (a[1] > 1e-6 or b[1] > 1e-6):
                self.face([a, b, right(b), right(a)], m)
        for section, choose, flip in ((sections[0], front, False), (sections[-1], rear, True)):
            if not choose:
                continue
            for j in range(rows - 1):
                m = choose(j)
                if m:
                    quad = [right(section[j]), section[j], section[j + 1], right(section[j + 1])]
                    self.face(quad[::-1] if flip else quad, m)

    def tube(self, path, radii, sides, material, cap=True, phase=0.0, openness=None, start_cap=False):
        """A round bar along points; a radius of 0 ends in a tip."""
        rings = []
        side = None
        for i, p in enumerate(path):
            before, after = path[max(i - 1, 0)], path[min(i + 1, len(path) - 1)]
            axis = unit(sub(after, before))
            if side is None:
                side = unit(cross((0, 0, 1), axis)) if abs(axis[2]) < 0.9 else unit(cross((0, 1, 0), axis))
            else:  # carried along, so that the bar does not twist
                side = unit(sub(side, mul(axis, dot(side, axis))))
            other = cross(axis, side)
            ring = []
            for k in range(sides):
                t = 2 * math.pi * k / sides + phase
                ring.append(add(p, add(mul(side, math.cos(t) * radii[i]), mul(other, math.sin(t) * radii[i]))))
            rings.append(ring)
        for i in range(len(rings) - 1):
            for k in range(sides):
                n = (k + 1) % sides
                self.face([rings[i][k], rings[i][n], rings[i + 1][n], rings[i + 1][k]], material, openness)
        if cap and radii[-1] > 1e-6:
            self.face(rings[-1], material, openness, flat=True)
        if start_cap and radii[0] > 1e-6:
            self.face(rings[0][::-1], material, openness, flat=True)

    def disc(self, centre, axis, radius, sides, material, phase=0.0, flat=True, openness=None):
        axis = unit(axis)
        side = unit(cross((0, 0, 1), axis)) if abs(axis[2]) < 0.9 else (1.0, 0.0, 0.0)
        other = cross(axis, side)
        points = []
        for k in range(sides):
            t = 2 * math.pi * k / sides + phase
            points.append(add(centre, add(mul(side, math.cos(t) * radius), mul(other, math.sin(t) * radius))))
        self.face(points, material, openness, flat=flat)

    def panel(self, centre, right, up, width, height, material, uv=False, openness=None):
        """A rectangle that faces right x up."""
        r, u = mul(unit(right), width / 2), mul(unit(up), height / 2)
        points = [sub(sub(centre, r), u), sub(add(centre, r), u), add(add(centre, r), u), add(sub(centre, r), u)]
        corners = [(0, 0), (width, 0), (width, height), (0, height)] if uv else None
        self.face(points, material, openness, uv=corners, flat=True)

    # -- whole shapes

    def take(self, other, move=(0, 0, 0), yaw=0.0, scale=(1, 1, 1)):
        """The faces of another shape, scaled, turned about z, then moved."""
        c, s = math.cos(yaw), math.sin(yaw)

        def place(p):
            x, y, z = p[0] * scale[0], p[1] * scale[1], p[2] * scale[2]
            return (x * c - y * s + move[0], x * s + y * c + move[1], z + move[2])

        def turn(n):
            x, y, z = n[0] / scale[0], n[1] / scale[1], n[2] / scale[2]
            return unit((x * c - y * s, x * s + y * c, z))

        for f in other.faces:
            normals = [turn(n) for n in f.normals] if f.normals else None
            self.faces.append(Face([place(p) for p in f.points], f.material, f.openness, f.uv, normals, f.flat))
        return self

    def bounds(self):
        points = [p for f in self.faces for p in f.points]
        return tuple(min(p[i] for p in points) for i in range(3)), tuple(max(p[i] for p in points) for i in range(3))

    def triangle_count(self):
        return sum(len(f.points) - 2 for f in self.faces)

    def corner_normals(self):
        """Per face its corner normals: faces that meet below the crease angle share a smooth one."""
        flat = [unit(newell(f.points)) for f in self.faces]
        weight = [newell(f.points) for f in self.faces]
        key = lambda p: (round(p[0], 4), round(p[1], 4), round(p[2], 4))
        around = {}
        for i, f in enumerate(self.faces):
            if not f.flat and not f.normals:
                for p in f.points:
                    around.setdefault(key(p), []).append(i)
        out = []
        for i, f in enumerate(self.faces):
            if f.normals:
                out.append([unit(n) for n in f.normals])
            elif f.flat:
                out.append([flat[i]] * len(f.points))
            else:
                normals = []
                for p in f.points:
                    total = (0.0, 0.0, 0.0)
                    for j in around[key(p)]:
                        if dot(flat[i], flat[j]) >= self.crease:
                            total = add(total, weight[j])
                    smooth = unit(total)
                    normals.append(smooth if dot(smooth, flat[i]) > 0.2 else flat[i])
                out.append(normals)
        return out


def default_openness(p, n):
    """Contact with the ground: faces that look down are dark, sides darken towards their foot."""
    if n[2] < -0.5:
        return 0.25
    rise = min(max(p[2] / 0.8, 0.0), 1.0)
    return 0.55 + 0.45 * rise if n[2] < 0.7 else 1.0
