# SPDX-License-Identifier: Apache-2.0
"""Ground model: the public 300 m relief, smoothly upsampled, roughened on wooded slopes, graded along roads.

The relief numbers are 300 m cell means rounded to a metre (Daegu big-data mart, about 2019): a calibration,
not a survey. Everything between is a reconstruction.
"""
import math

import numpy as np

from . import geo

SPACING = 25.0
MARGIN = 150.0
# EPSG:5179 cell centres; rows north to south, columns west to east.
_X0, _Y0, _CELL = 1105682.5, 1761837.4, 300.0
_RELIEF = np.array([
    [52, 46, 47, 54, 67, 65, 86, 82, 72, 76, 76],
    [46, 46, 53, 76, 90, 77, 70, 62, 55, 55, 51],
    [51, 49, 57, 69, 79, 67, 60, 58, 56, 52, 50],
    [57, 68, 71, 80, 75, 66, 67, 64, 60, 55, 54],
    [72, 112, 90, 76, 77, 77, 76, 73, 65, 63, 65],
    [95, 106, 83, 80, 83, 86, 83, 81, 76, 73, 71],
    [106, 101, 96, 92, 95, 97, 98, 97, 91, 87, 80],
    [112, 120, 120, 112, 116, 116, 128, 131, 135, 123, 99],
    [145, 153, 161, 141, 131, 168, 213, 211, 201, 174, 117]], float)


def _cubic(p0, p1, p2, p3, t):
    return p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)))


def _relief(x, y):
    lon, lat = geo.to_degrees(x, y)
    e, n = geo.UTM_K.forward(lon, lat)
    c, r = (e - _X0) / _CELL, (_Y0 - n) / _CELL
    rows, cols = _RELIEF.shape
    i, j = int(math.floor(r)), int(math.floor(c))
    pick = lambda a, b: _RELIEF[min(rows - 1, max(0, a)), min(cols - 1, max(0, b))]
    lines = [_cubic(*(pick(i + di, j + dj) for dj in (-1, 0, 1, 2)), c - j) for di in (-1, 0, 1, 2)]
    return float(_cubic(*lines, r - i))


def noise(x, y, wave, seed):
    """Smooth value noise in -1..1 (hash lattice, quintic blend)."""
    u, v = x / wave, y / wave
    i, j = math.floor(u), math.floor(v)

    def h(a, b):
        k = (a * 374761393 + b * 668265263 + seed * 974634777) & 0xFFFFFFFF
        k = ((k ^ (k >> 13)) * 1274126177) & 0xFFFFFFFF
        return ((k ^ (k >> 16)) & 0xFFFF) / 32767.5 - 1

    s, t = (f * f * f * (f * (f * 6 - 15) + 10) for f in (u - i, v - j))
    a = h(i, j) + (h(i + 1, j) - h(i, j)) * s
    b = h(i, j + 1) + (h(i + 1, j + 1) - h(i, j + 1)) * s
    return a + (b - a) * t


class Terrain:
    """A regular lattice in local metres with bilinear lookup."""

    def __init__(self):
        x0, y0, x1, y1 = geo.box_local()
        self.x0 = math.floor((x0 - MARGIN) / SPACING) * SPACING
        self.y0 = math.floor((y0 - MARGIN) / SPACING) * SPACING
        self.nx = int(math.ceil((x1 + MARGIN - self.x0) / SPACING)) + 1
        self.ny = int(math.ceil((y1 + MARGIN - self.y0) / SPACING)) + 1
        self.h = np.zeros((self.ny, self.nx))
        for j in range(self.ny):
            for i in range(self.nx):
                self.h[j, i] = _relief(*self.point(i, j))
        gy, gx = np.gradient(self.h, SPACING)
        slope = np.hypot(gx, gy)
        for j in range(self.ny):
            for i in range(self.nx):
                x, y = self.point(i, j)
                k = min(1.0, max(0.0, (slope[j, i] - 0.06) / 0.14))
                self.h[j, i] += k * (6.5 * noise(x, y, 190, 1) + 3.0 * noise(x, y, 85, 2) + 0.9 * noise(x, y, 40, 3))

    def point(self, i, j):
        return self.x0 + i * SPACING, self.y0 + j * SPACING

    def z(self, x, y):
        u = min(self.nx - 1.001, max(0.0, (x - self.x0) / SPACING))
        v = min(self.ny - 1.001, max(0.0, (y - self.y0) / SPACING))
        i, j = int(u), int(v)
        s, t = u - i, v - j
        h = self.h
        return float((h[j, i] * (1 - s) + h[j, i + 1] * s) * (1 - t) + (h[j + 1, i] * (1 - s) + h[j + 1, i + 1] * s) * t)

    def flatten(self, polygon, level, blend):
        """Pull the ground to `level` (None: its mean inside) within a polygon, fading over `blend` metres."""
        from shapely.geometry import Point
        x0, y0, x1, y1 = polygon.bounds
        cells = []
        for j in range(self.ny):
            for i in range(self.nx):
                x, y = self.point(i, j)
                if x0 - blend < x < x1 + blend and y0 - blend < y < y1 + blend:
                    d = polygon.distance(Point(x, y))
                    if d < blend:
                        cells.append((j, i, d))
        if level is None:
            level = float(np.mean([self.h[j, i] for j, i, d in cells if d == 0] or [0]))
        for j, i, d in cells:
            t = d / blend
            w = 1 - t * t * (3 - 2 * t)
            self.h[j, i] += (level - self.h[j, i]) * w
        return level

    def cut(self, points, inner, outer):
        """Lower or raise the ground to given (x, y, z) points: full within `inner`, none beyond `outer` metres."""
        if not points:
            return
        p = np.array(points)
        for j in range(self.ny):
            for i in range(self.nx):
                x, y = self.point(i, j)
                d = np.hypot(p[:, 0] - x, p[:, 1] - y)
                k = int(d.argmin())
                if d[k] < outer:
                    t = min(1.0, max(0.0, (d[k] - inner) / (outer - inner)))
                    self.h[j, i] += (p[k, 2] - self.h[j, i]) * (1 - t * t * (3 - 2 * t))

    def grade_roads(self, edges, passes=6):
        """Give the ground-level roads smooth profiles and shape the ground to them."""
        for _ in range(passes):
            self._grade_once(edges)

    def _grade_once(self, edges):
        step = 12.5
        key, pts, half, limit, links = {}, [], [], [], []

        def vertex(name, p, hw, g):
            if name in key:
                k = key[name]
                half[k], limit[k] = max(half[k], hw), min(limit[k], g)
                return k
            key[name] = len(pts)
            pts.append(p)
            half.append(hw)
            limit.append(g)
            return key[name]

        for e in edges:
            line = e.line
            g = {"arterial": 0.045, "collector": 0.05}.get(e.road.cls, 0.065)
            n = max(1, int(round(line.length / step)))
            prev = None
            for k in range(n + 1):
                p = line.interpolate(line.length * k / n)
                name = e.a if k == 0 else e.b if k == n else (e.id, k)
                v = vertex(name, (p.x, p.y), e.half(), g)
                if prev is not None:
                    links.append((prev, v, line.length / n, g))
                prev = v
        z = np.array([self.z(*p) for p in pts])
        a, b = (np.array([q[k] for q in links], int) for k in (0, 1))
        ds, g = (np.array([q[k] for q in links]) for k in (2, 3))
        degree = np.bincount(np.concatenate([a, b]), minlength=len(z)).astype(float)
        for it in range(260):
            if it < 26:   # Laplacian: kill the short waves
                acc = np.bincount(a, z[b], len(z)) + np.bincount(b, z[a], len(z))
                z = z + 0.6 * (acc / degree - z)
            dz = z[b] - z[a]
            over = np.sign(dz) * np.maximum(0, np.abs(dz) - g * ds) * 0.5
            corr = np.bincount(a, over, len(z)) - np.bincount(b, over, len(z))
            z = z + corr / np.maximum(1.0, degree * 0.5)
        p = np.array(pts)
        hw = np.array(half)
        for j in range(self.ny):
            for i in range(self.nx):
                x, y = self.point(i, j)
                d = np.hypot(p[:, 0] - x, p[:, 1] - y)
                near = np.nonzero(d < hw + 62)[0]
                if not len(near):
                    continue
                t = np.clip((d[near] - hw[near] - 16) / 46, 0, 1)
                w = 1 - t * t * (3 - 2 * t)
                top = w.max()
                if top <= 0:
                    continue
                ww = w / (d[near] + 4.0) ** 3
                self.h[j, i] += (float((ww * z[near]).sum() / ww.sum()) - self.h[j, i]) * top

    def road_grade(self, e, chord=30.0):
        """Steepest mean grade over any chord of an edge on this ground."""
        line = e.line
        n = max(1, int(line.length // 10))
        zs = [self.z(*line.interpolate(line.length * k / n).coords[0]) for k in range(n + 1)]
        ds = line.length / n
        m = min(n, max(1, int(round(chord / ds))))
        return max(abs(zs[k + m] - zs[k]) / (m * ds) for k in range(n - m + 1))
