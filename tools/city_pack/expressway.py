# SPDX-License-Identifier: Apache-2.0
"""The Sindaegu-Busan Expressway on its viaduct, Suseong IC and the tunnel in the south."""
import numpy as np
from shapely.geometry import LineString, box

from . import curves, network, plan


def add(net, terrain, clip):
    """Two carriageways on a viaduct and a diamond interchange on the spine (Suseong IC); a tunnel in the south.

    Returns (axis of the open part, axis of everything)."""
    ground_z = terrain.z
    axis = LineString(curves.catmull_rom(plan.EXPRESSWAY_AXIS, step=12)).intersection(box(*clip))
    step = 12.0
    n = int(axis.length // step)
    s = np.linspace(0, axis.length, n + 1)
    pts = [axis.interpolate(t).coords[0] for t in s]
    ground = np.array([ground_z(x, y) for x, y in pts])
    z = ground + 8.8
    kernel = np.hanning(31)
    kernel /= kernel.sum()
    z = np.convolve(np.pad(z, 15, mode="edge"), kernel, "valid")
    for _ in range(3):   # lift smoothly where the deck is too low over the ground or a road
        need = np.array([max(0.0, ground[max(0, k - 3):k + 4].max() + 7.4 - z[k]) if pts[k][1] > -700 else 0.0
                         for k in range(n + 1)])
        if need.max() < 0.01:
            break
        lift = np.zeros(n + 1)
        for k in np.nonzero(need > 0)[0]:
            bump = need[k] * np.exp(-((np.arange(n + 1) - k) * step / 110.0) ** 2)
            lift = np.maximum(lift, bump)
        z = z + lift
    k0 = min(k for k in range(n + 1) if pts[k][1] < -690)
    z[k0:] = np.minimum(z[k0:], z[k0] + 0.024 * (s[k0:] - s[k0]))
    for k in range(1, n + 1):   # raise only, so clearances stay
        z[k] = max(z[k], z[k - 1] - 0.042 * (s[k] - s[k - 1]))
    for k in range(n - 1, -1, -1):
        z[k] = max(z[k], z[k + 1] - 0.042 * (s[k + 1] - s[k]))
    short = np.hanning(13) / np.hanning(13).sum()
    smooth = np.convolve(np.pad(z, 6, mode="edge"), short, "valid")
    z = smooth
    portal = min(k for k in range(n + 1) if ground[k] - z[k] > 7.5)
    terrain.cut([(x, y, h - 0.7) for (x, y), h, g in zip(pts[:portal + 2], z, ground) if g > h - 2.0], 15.0, 34.0)
    grade = np.abs(np.diff(z) / np.diff(s)).max()
    assert grade <= 0.06, f"expressway grade {grade:.3f}"
    style = plan.Road("exp", "신대구부산고속도로", "Sindaegu-Busan Expressway", "expressway", [], fwd=2, bwd=0, width=3.6,
                      speed=100, sidewalk=0.0)
    ramp = plan.Road("ramp", "수성IC 연결로", "Suseong IC ramp", "ramp", [], fwd=1, bwd=0, width=4.5, speed=40, sidewalk=0.0)
    south = [(x, y, h) for (x, y), h in zip(pts, z)]

    def side(points, d):
        off = curves.offset_polyline(points, d)
        return [(*o, p[2]) for o, p in zip(off, points)]

    sb, nb = side(south, 6.6), side(south[::-1], 6.6)
    west, east = _terminal(net, 108.0), _terminal(net, 233.0)

    def index(points, y):
        return min(range(len(points)), key=lambda k: abs(points[k][1] - y))

    _carriageway(net, "sb", style, ramp, sb, index(sb, 320), index(sb, -362), portal, west, ground_z)
    _carriageway(net, "nb", style, ramp, nb, index(nb, -362), index(nb, 320), len(nb) - 1 - portal, east, ground_z)
    net.connect()
    return LineString([p[:2] for p in south[:portal + 2]]), LineString([p[:2] for p in south])


def _terminal(net, x):
    """Split the spine at abscissa x and return the new node."""
    for e in list(net.edges.values()):
        if e.road.key == "spine" and min(p[0] for p in e.pts) < x - 5 and max(p[0] for p in e.pts) > x + 5:
            line = e.line
            s = min(np.linspace(0, line.length, 600), key=lambda t: abs(line.interpolate(t).x - x))
            p = line.interpolate(s)
            nid = f"n_ic_{'w' if x < 170 else 'e'}"
            net.nodes[nid] = network.Node(nid, p.x, p.y)
            first, second = curves.substring(line, 0, s), curves.substring(line, s, line.length)
            first[0], second[-1] = tuple(e.pts[0]), tuple(e.pts[-1])
            first[-1] = second[0] = (p.x, p.y)
            del net.edges[e.id]
            net.edges[e.id] = network.Edge(e.id, e.road, e.a, nid, first)
            net.edges[e.id + "b"] = network.Edge(e.id + "b", e.road, nid, e.b, second)
            net.connect()
            return net.nodes[nid]
    raise AssertionError("no spine edge for the ramp terminal")


def _carriageway(net, tag, style, ramp, pts, i_off, i_on, i_portal, terminal, ground_z):
    def bridge_node(nid, p, kind="priority"):
        net.nodes[nid] = network.Node(nid, p[0], p[1], kind, z=p[2])
        return nid

    cuts = sorted([(0, "in"), (i_off, "off"), (i_on, "on"), (i_portal, "portal"), (len(pts) - 1, "out")])
    ids = {name: bridge_node(f"n_{tag}_{name}", pts[k], "end" if name in ("in", "out") else "priority") for k, name in cuts}
    for (k0, n0), (k1, n1) in zip(cuts, cuts[1:]):
        deep = (n1 == "portal" and tag == "nb") or (n0 == "portal" and tag == "sb")
        eid = f"r_exp_{tag}_{n0}"
        net.edges[eid] = network.Edge(eid, style, ids[n0], ids[n1], pts[k0:k1 + 1], "tunnel" if deep else "bridge", -1 if deep else 1)
    tz = ground_z(terminal.x, terminal.y)
    for name, at_node, leg in (("off", ids["off"], pts[i_off:]), ("on", ids["on"], pts[:i_on + 1][::-1])):
        leg = leg[:min(range(len(leg)), key=lambda k: abs(leg[k][1] - terminal.y)) + 1]
        shape = _ramp(leg, terminal, tz, ground_z)
        if name == "off":
            a, b = at_node, terminal.id
        else:
            a, b, shape = terminal.id, at_node, shape[::-1]
        eid = f"r_ramp_{tag}_{name}"
        net.edges[eid] = network.Edge(eid, ramp, a, b, shape, "bridge", 1)


def _ramp(leg, terminal, tz, ground_z):
    """From the deck to the terminal: parallel, then swinging out, falling with a soft start and end."""
    n = len(leg) - 1
    out = []
    z0 = leg[0][2]
    foot = leg[-1]
    dx, dy = terminal.x - foot[0], terminal.y - foot[1]
    for k, p in enumerate(leg):
        t = k / n
        w = t * t * (3 - 2 * t)
        f = min(1.0, max(0.0, (t - 0.02) / 0.96))
        fall = f * f * (3 - 2 * f) * 0.15 + f * 0.85
        out.append((p[0] + dx * w, p[1] + dy * w, z0 + (tz - z0) * fall))
    out[0] = tuple(leg[0])
    out[-1] = (terminal.x, terminal.y, tz)
    return out
