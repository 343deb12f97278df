# SPDX-License-Identifier: Apache-2.0
"""Transverse Mercator on GRS80 (Krueger n-series, order 4) and the pack's local frame.

Source: L. Krueger 1912 / EPSG guidance note 7-2, method 9807. Accurate to well under a millimetre
within a few degrees of the central meridian.
"""
import math

_A = 6378137.0
_F = 1 / 298.257222101
_N = _F / (2 - _F)
_R = _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_E = math.sqrt(_F * (2 - _F))
_ALPHA = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16 + 41 * _N**4 / 180,
    13 * _N**2 / 48 - 3 * _N**3 / 5 + 557 * _N**4 / 1440,
    61 * _N**3 / 240 - 103 * _N**4 / 140,
    49561 * _N**4 / 161280,
)
_BETA = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161280,
)

ORIGIN_E, ORIGIN_N = 171991.6, 359947.5
BOX_DEG = (128.6720, 35.8270, 128.7010, 35.8460)  # west, south, east, north


def _conformal_tan(lat):
    s = math.sin(lat)
    return math.sinh(math.atanh(s) - _E * math.atanh(_E * s))


def _meridian(lat):
    xi = math.atan(_conformal_tan(lat))
    return xi + sum(a * math.sin(2 * (j + 1) * xi) for j, a in enumerate(_ALPHA))


class TransverseMercator:
    """Degrees <-> metres for one belt."""

    def __init__(self, lon0, lat0=38.0, k0=1.0, fe=200000.0, fn=600000.0):
        self.lon0, self.k0, self.fe, self.fn = math.radians(lon0), k0, fe, fn
        self.m0 = _meridian(math.radians(lat0))

    def forward(self, lon, lat):
        t = _conformal_tan(math.radians(lat))
        d = math.radians(lon) - self.lon0
        xi, eta = math.atan2(t, math.cos(d)), math.asinh(math.sin(d) / math.hypot(t, math.cos(d)))
        e = eta + sum(a * math.cos(2 * (j + 1) * xi) * math.sinh(2 * (j + 1) * eta)
                      for j, a in enumerate(_ALPHA))
        n = xi + sum(a * math.sin(2 * (j + 1) * xi) * math.cosh(2 * (j + 1) * eta)
                     for j, a in enumerate(_ALPHA))
        return self.fe + self.k0 * _R * e, self.fn + self.k0 * _R * (n - self.m0)

    def inverse(self, east, north):
        x = (north - self.fn) / (self.k0 * _R) + self.m0
        y = (east - self.fe) / (self.k0 * _R)
        xi = x - sum(b * math.sin(2 * (j + 1) * x) * math.cosh(2 * (j + 1) * y) for j, b in enumerate(_BETA))
        eta = y - sum(b * math.cos(2 * (j + 1) * x) * math.sinh(2 * (j + 1) * y) for j, b in enumerate(_BETA))
        t = math.sin(xi) / math.hypot(math.sinh(eta), math.cos(xi))
        lon = self.lon0 + math.atan2(math.sinh(eta), math.cos(xi))
        lat = math.atan(t)  # first guess: conformal latitude, then Newton on the isometric latitude
        for _ in range(8):
            lat = math.asin(math.tanh(math.asinh(t) + _E * math.atanh(_E * math.sin(lat))))
        return math.degrees(lon), math.degrees(lat)


EAST_BELT = TransverseMercator(129.0)
UTM_K = TransverseMercator(127.5, k0=0.9996, fe=1000000.0, fn=2000000.0)


def to_local(lon, lat):
    e, n = EAST_BELT.forward(lon, lat)
    return e - ORIGIN_E, n - ORIGIN_N


def to_degrees(x, y):
    return EAST_BELT.inverse(x + ORIGIN_E, y + ORIGIN_N)


def box_local():
    """Scene box in local metres: (xmin, ymin, xmax, ymax), the rectangle inside the geographic box."""
    w, s, e, n = BOX_DEG
    c = [to_local(lon, lat) for lon in (w, e) for lat in (s, n)]
    xs, ys = sorted(p[0] for p in c), sorted(p[1] for p in c)
    return xs[1], ys[1], xs[2], ys[2]


def self_check():
    e, n = EAST_BELT.forward(129.0, 38.0)
    assert abs(e - 200000) < 1e-6 and abs(n - 600000) < 1e-6
    e, n = EAST_BELT.forward(128.6900, 35.8365)
    assert abs(e - ORIGIN_E) < 0.1 and abs(n - ORIGIN_N) < 0.1, (e, n)
    lon, lat = to_degrees(1234.5, -987.6)
    x, y = to_local(lon, lat)
    assert abs(x - 1234.5) < 1e-4 and abs(y + 987.6) < 1e-4, (x, y)
