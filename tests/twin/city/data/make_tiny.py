#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the tiny pack of the city tests: a crossing, a bridge and one of everything."""
import json
import os

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "tiny"))
lon0, lat0, kx, ky = 128.69, 35.8365, 90350.0, 110956.0


def ll(x, y, z=None):
    p = [round(lon0 + x / kx, 7), round(lat0 + y / ky, 7)]
    return p if z is None else p + [z]


def fc(name, features, **extra):
    with open(name, "w") as f:
        head = json.dumps({"type": "FeatureCollection", **extra}, ensure_ascii=False)[:-1]
        f.write(head + ', "features": [\n' + ",\n".join(json.dumps(x, ensure_ascii=False, separators=(",", ":")) for x in features) + "\n]}\n")


def feat(geometry, coords, **props):
    props.setdefault("origin", "reconstructed")
    props.setdefault("source", "test")
    return {"type": "Feature", "properties": props, "geometry": {"type": geometry, "coordinates": coords}}


def ring(*pts):
    return [[ll(*p) for p in pts] + [ll(*pts[0])]]


def road(i, a, b, line, cls="collector", f=1, w=1, **k):
    props = {"class": cls, "from": a, "to": b, "lanes_forward": f, "lanes_backward": w, "lane_width": 3.25, "speed": 50, "structure": "ground",
             "level": 0, "median": 0, "sidewalk": 3, "bus_lane": False, "shuttle_loop": False, **k}
    return feat("LineString", line, id=i, name_ko="시험로", name_en="Test-ro", **props)


n, m, s = 29, 21, 25.0
fc("terrain.geojson", [{"type": "Feature", "properties": {"i": i, "j": j, "h": round(60 + 0.03 * (-350 + i * s) + 0.01 * (-250 + j * s), 2)},
                        "geometry": {"type": "Point", "coordinates": ll(-350 + i * s, -250 + j * s)}} for j in range(m) for i in range(n)],
   lattice={"columns": n, "rows": m, "spacing": s, "east0": 171991.6 - 350, "north0": 359947.5 - 250})
nodes = [("n1", 0, 0), ("n2", -300, 0), ("n3", 300, 0), ("n4", 0, 200), ("n5", 10, -200), ("b1", -300, 90), ("b2", 300, 110)]
fc("nodes.geojson", [feat("Point", ll(x, y), id=i, **({"kind": "signal", "signal": "sc_01"} if i == "n1" else {"kind": "end"})) for i, x, y in nodes])
fc("roads.geojson", [road("r1", "n2", "n1", [ll(-300, 0), ll(-150, 10), ll(0, 0)], "arterial", 3, 3, median=2.0),
                     road("r2", "n1", "n3", [ll(0, 0), ll(300, 0)], "arterial", 3, 3, median=2.0, shuttle_loop=True),
                     road("r3", "n1", "n4", [ll(0, 0), ll(0, 200)]), road("r4", "n5", "n1", [ll(10, -200), ll(0, 0)], "local"),
                     road("r5", "b1", "b2", [ll(-300, 90, 72), ll(0, 100, 74), ll(300, 110, 74)], "expressway", 2, 0, lane_width=3.6, speed=100,
                          structure="bridge", level=1, sidewalk=0)])
fc("crosswalks.geojson", [feat("LineString", [ll(-24, -9), ll(-24, 12)], id="cw1", road="r1", node="n1", width=5, signalled=True, floor_signal=True)])
fc("buildings.geojson", [
    feat("Polygon", ring((40, 40), (80, 40), (80, 70), (40, 70)), id="bd1", name_ko="시험관", name_en="Test hall", use="office", height=24, storeys=6,
         roof="flat", lot="lot1", material="light"),
    feat("Polygon", ring((100, 40), (125, 40), (125, 55), (100, 55)), id="bd2", use="detached", height=6, storeys=2, roof="gable", ridge=90, material="brick"),
    feat("Polygon", [ring((-120, 40), (-60, 40), (-60, 80), (-120, 80))[0], ring((-100, 50), (-100, 70), (-80, 70), (-80, 50))[0]], id="bd3",
         use="apartment", height=45, storeys=15, roof="flat", households=60)])
fc("lots.geojson", [feat("Polygon", ring((30, 30), (140, 30), (140, 85), (30, 85)), id="lot1", zoning="준공업지역", landuse="industry", far_max=400, bcr_max=70)])
fc("boundary.geojson", [feat("Polygon", ring((-280, -180), (280, -180), (280, 180), (-280, 180)), id="boundary", approximate=True)])
fc("water.geojson", [feat("Polygon", ring((-250, -150), (-180, -150), (-180, -100), (-250, -100)), id="pond1", kind="pond", elevation=54),
                     feat("LineString", [ll(150, -190), ll(180, -100), ll(250, -40)], id="stream1", kind="stream", width=5)])
fc("green.geojson", [feat("Polygon", ring((-260, -170), (-100, -170), (-100, -40), (-260, -40)), id="park1", name_ko="시험공원", kind="park"),
                     feat("Polygon", ring((60, -160), (140, -160), (140, -60), (60, -60)), id="wood1", kind="wood"),
                     feat("Polygon", ring((160, 40), (200, 40), (200, 70), (160, 70)), id="lotp", kind="parking")])
species = ["zelkova", "ginkgo", "cherry", "pine", "oak", "metasequoia"]
fc("trees.geojson", [feat("Point", ll(65 + 10 * (k % 7), -150 + 12 * (k // 7)), id=f"tree{k}", species=species[k % 6], height=7 + k % 5, crown=4 + k % 3)
                     for k in range(40)])
fc("stops.geojson", [feat("Point", ll(60, -14), id="st1", name_ko="시험정류장", name_en="Test stop", kind="bus_stop", stop_id="S1", routes=["609"], heading=0),
                     feat("Point", ll(120, 14), id="station", name_ko="수성알파시티역", name_en="Suseong Alpha City", kind="metro_station", stop_id="M1", routes=["2"])])
kinds = ["cctv", "lpr", "rsu", "speed_display", "air_station", "noise_sensor", "weather_station", "flood_sensor", "waste_bin", "ev_charger", "media_wall",
         "emergency_bell", "wifi", "incident_detector"]
devices = [feat("Point", ll(-280 + 20 * k, 18), id=f"lamp{k}", kind="street_light", heading=180, height=8, arm=1.8, watt=100,
                datastreams={"power_state": 1000 + k}) for k in range(6)]
devices += [feat("Point", ll(25, -13 - k), id=f"dev_{kind}", kind=kind, heading=0, height=3, datastreams={"status": 2000 + k}) for k, kind in enumerate(kinds)]
devices += [feat("Point", ll(14, -13), id="head1", kind="signal", controller="sc_01", node="n1", approach=90, heading=90, group=1, pedestrian=False, arm=5, height=6),
            feat("Point", ll(180, 55), id="pl1", kind="parking_lot", heading=0, height=3, capacity=40, lot="lotp"),
            feat("Point", ll(170, 50), id="pb1", kind="parking_bay", heading=0, height=0, lot="lotp"),
            feat("Point", ll(30, 5), id="ut1", kind="utility_tag", heading=0, height=0, utility="water", depth=1.2, buried=True)]
fc("devices.geojson", devices)
fc("utilities.geojson", [feat("LineString", [ll(-300, 5), ll(300, 5)], id="pipe1", kind="water", depth=1.5, diameter=0.6, year=2013, owner="city")])
with open("city.toml", "w") as f:
    f.write(f'''# SPDX-License-Identifier: Apache-2.0
[city]
name_ko = "시험 도시"
name_en = "Test town"
crs = "EPSG:5187"
origin_e = 171991.6
origin_n = 359947.5
elevation0 = 0.0
timezone = "Asia/Seoul"
utc_offset_minutes = 540
box = [{lon0 - 300 / kx:.7f}, {lat0 - 200 / ky:.7f}, {lon0 + 300 / kx:.7f}, {lat0 + 200 / ky:.7f}]
about_ko = "시험용"
about_en = "For tests"

[[rename]]
entity = "station"
property = "name_ko"
until = "2024-01-01"
value = "대공원역"
''')
with open("views.toml", "w") as f:
    f.write('''# SPDX-License-Identifier: Apache-2.0
[[view]]
id = "overview"
name_ko = "전경"
name_en = "Overview"
lon = 128.69
lat = 35.8365
height = 5
distance = 500
heading = 30
pitch = -30
fov = 32
layers = []
order = 0

[[view]]
id = "broken"
name_ko = "좌표 없음"
''')
with open("sources.toml", "w") as f:
    f.write('''# SPDX-License-Identifier: Apache-2.0
[test]
title = "Made for tests"
licence = "Apache-2.0"
url = ""
note_ko = "시험"
note_en = "test"
''')
os.makedirs("gtfs", exist_ok=True)
with open("gtfs/routes.txt", "w") as f:
    f.write('route_id,agency_id,route_short_name,route_long_name,route_type,route_color\nbus_609,a,609,,3,2D6BD2\nshuttle,a,셔틀,"Shuttle, loop",3,00B8C8\n')
with open("gtfs/trips.txt", "w") as f:
    f.write("route_id,service_id,trip_id,shape_id\nbus_609,d,t1,s1\nshuttle,d,t2,s2\n")
shapes = [("s1", -300, -5), ("s1", 0, -5), ("s1", 300, -5), ("s2", 0, 0), ("s2", 300, 0)]
with open("gtfs/shapes.txt", "w") as f:
    f.write("shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n")
    for k, (i, x, y) in enumerate(shapes):
        f.write(f"{i},{ll(x, y)[1]},{ll(x, y)[0]},{k}\n")
    f.write("s2,not a number,128.69,9\n")
