# SPDX-License-Identifier: Apache-2.0
"""Messages of every format that comes over MQTT or HTTP, made of real payloads (`data`) where there are some, else of
the ones that the fuzzers start from. A builder is called anew for every sending, so that its times are of now."""
import csv
import datetime
import json
import pathlib
import re
import subprocess
import time

from formats.relocate import dump, iso_now, json_at, load, xml_at

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests/fuzz/corpus"
NGSI = ["Streetlighting/Streetlight", "WasteManagement/WasteContainer", "Parking/OffStreetParking", "Environment/NoiseLevelObserved",
        "Environment/AirQualityObserved", "Transportation/EVChargingStation", "Device/Camera"]


def corpus(name):
    return (CORPUS / name).read_text(encoding="utf-8")


def now_ms():
    return int(time.time() * 1000)


class Payloads:
    """`data`: folder of the real payloads; `static`: the GTFS feed that the realtime ones refer to; `spots`: where."""

    def __init__(self, data, static, spots):
        self.data, self.static, self.spots, self.born = data, static, iter(spots), time.time()

    def spot(self):
        return next(self.spots)

    def drive(self, spot, metres_per_second=6, turn=120):
        """A place that goes to and fro north of the spot."""
        way = (time.time() - self.born) * metres_per_second % (2 * turn)
        return spot[0] + min(way, 2 * turn - way) / 111_320, spot[1]

    # What goes over MQTT: name of the source -> list of (topic, builder).
    def mqtt(self):
        jpo = self.data / "v2x_j2735_jpo/us/dot/its/jpo/ode/services/asn1"
        v2x = []
        for kind, reach in (("bsm", 60), ("psm", 40), ("spat", 0), ("map", 400), ("tim", 300)):
            tree, spot = load(jpo / f"expected-{kind}.json"), self.spot()
            v2x.append((f"j2735/{kind}", lambda tree=tree, spot=spot, reach=reach, kind=kind: self.j2735(tree, kind, spot, reach)))
        cam, denm = self.spot(), self.spot()
        cap, datex, works = self.spot(), self.spot(), self.spot()
        ngsi = [(f"ngsi/{folder.split('/')[1]}", self.ngsi(folder, form)) for folder, form in
                [("Transportation/Vehicle", "example.jsonld"), ("Transportation/TrafficFlowObserved", "example.json"),
                 ("Parking/ParkingSpot", "example-normalized.json")]]
        foi = json_at(load(self.data / "sensorthings_cite/JSON entities/foi/deerfootTrail.json"), self.spot(), 250) | {"@iot.id": 900}
        return {
            "J2735": v2x,
            "ETSI": [("etsi/cam", lambda: self.cam(self.drive(cam))),
                     ("etsi/denm", lambda: self.denm(denm))],
            "CAP": [("cap/kma", lambda: iso_now(xml_at(corpus("cap/update").replace("<headline>h<", "<headline>호우 (Heavy rain)<"), cap, 300), begins=True))],
            "DATEX II": [("datex2/police", lambda: iso_now(xml_at(corpus("datex/accident"), datex, 200), begins=True)),
                         ("datex2/fintraffic", lambda: dump(json_at(load(self.data / "datex2_digitraffic/wazefeed/Roadwork.json"), works, 200))),
                         ("datex2/fi35", lambda: (self.data / "datex2_digitraffic/lotju/datex2/3.5/GUID50456943.xml").read_text(encoding="utf-8"))],
            "NGSI": ngsi,
            "SensorThings": [("v1.1/FeaturesOfInterest", lambda: dump(foi)),
                             ("v1.1/Datastreams(1005)/Observations", lambda: dump({"result": 21.5 + time.time() % 10 / 10}))],
            "GTFS-RT": [("gtfs-rt/bart/trip_updates", (self.data / "gtfs_rt_bart/bart-trip-updates.pb").read_bytes),
                        ("gtfs-rt/bart/alerts", (self.data / "gtfs_rt_bart/bart-alerts.pb").read_bytes),
                        ("gtfs-rt/bart/vehicle_positions", self.positions())],
            "SPaT": [("spat/sc_n001", lambda: corpus("spat/two").replace("1795338000000", str(now_ms())))],
        }

    def j2735(self, tree, kind, spot, reach):
        now = datetime.datetime.now(datetime.timezone.utc)
        tree = json_at(tree, self.drive(spot) if kind in ("bsm", "psm") else spot, reach)
        tree["metadata"]["odeReceivedAt"] = now.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        minute = int((now - now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)).total_seconds() // 60)
        text = re.sub(r'"(secMark|timeStamp)": \d+', rf'"\1": {now.second * 1000 + now.microsecond // 1000}', dump(tree))
        if kind == "tim":
            text = re.sub(r'"startYear": \d+', f'"startYear": {now.year}', text)
            text = re.sub(r'"(startTime|timeStamp)": \d+', rf'"\1": {max(0, minute - 10)}', text)
        return text

    @staticmethod
    def its_ms(seconds):
        """TimestampIts: milliseconds since 2004 in TAI, five leap seconds ahead of UTC."""
        return int(seconds * 1000) - 1072915200000 + 5000

    def cam(self, spot):
        tree = json_at(json.loads(corpus("etsi/cam")), spot)
        tree["cam"]["generationDeltaTime"] = self.its_ms(time.time()) % 65536
        return dump(tree)

    def denm(self, spot):
        tree = json_at(json.loads(corpus("etsi/denm")), spot)
        tree["denm"]["management"] |= dict.fromkeys(("detectionTime", "referenceTime"), self.its_ms(self.born))
        return dump(tree)

    def ngsi(self, folder, form):
        spot = self.spot()
        tree = json_at(load(self.data / "ngsi_ld_models" / ("dataModel." + folder) / "examples" / form), spot, 60)
        return lambda: iso_now(dump(tree))

    def positions(self):
        """Vehicle positions of two trips of the static feed, each on its own course."""
        trips = list(csv.DictReader((self.static / "trips.txt").open(encoding="utf-8-sig")))
        trips = [trips[0], next(t for t in trips if t["shape_id"] != trips[0]["shape_id"])]
        shapes = {t["shape_id"]: [] for t in trips}
        for row in csv.DictReader((self.static / "shapes.txt").open(encoding="utf-8")):
            shapes.get(row["shape_id"], []).append((row["shape_pt_lat"], row["shape_pt_lon"]))

        def build():
            text = f'header {{ gtfs_realtime_version: "2.0" incrementality: FULL_DATASET timestamp: {int(time.time())} }}\n'
            for i, trip in enumerate(trips):
                way = shapes[trip["shape_id"]]
                lat, lon = way[int((time.time() - self.born) / 2) % len(way)]
                text += (f'entity {{ id: "v{i}" vehicle {{ trip {{ trip_id: "{trip["trip_id"]}" }} vehicle {{ id: "bart-{i}" label: "BART {i + 1}" }} '
                         f'position {{ latitude: {lat} longitude: {lon} }} timestamp: {int(time.time())} }} }}\n')
            return subprocess.run(["protoc", "--encode=transit_realtime.FeedMessage", "-I", str(ROOT / "twin/feeds"), "gtfs-realtime.proto"],
                                  input=text.encode(), capture_output=True, check=True).stdout

        return build

    # What is asked for over HTTP: path -> page.
    def pages(self, host):
        cite = self.data / "sensorthings_cite/JSON entities/thing"
        things, streams = [], []
        for number, name in enumerate(("complete", "embeddedLocation", "3"), 1):
            thing = json_at(load(cite / f"{name}.json"), self.spot(), 40) | {"@iot.id": number}
            thing.pop("HistoricalLocations", None)
            for k, stream in enumerate(thing.get("Datastreams", []), 1):
                stream |= {"@iot.id": 500 + number * 10 + k}
                stream.pop("Observations", None)
                streams.append(stream["@iot.id"])
            things.append(thing)

        def things_page(query):
            if "skip" in query:
                return dump({"value": things[2:]})
            return dump({"@iot.nextLink": f"{host}/frost/v1.1/Things?$skip=2", "value": things[:2]})

        def streams_page(_):
            when = datetime.datetime.now(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
            return dump({"value": [{"@iot.id": s, "Observations": [{"result": 20 + s % 7, "phenomenonTime": when}]} for s in streams]})

        polled = [self.ngsi(folder, "example-normalized.jsonld") for folder in NGSI[:4]]
        docks, bikes = self.spot(), self.spot()
        mds = self.spot()
        return {
            "/frost/v1.1/Things": things_page,
            "/frost/v1.1/Datastreams": streams_page,
            "/ngsi-ld/v1/entities": lambda _: "[" + ",".join(build() for build in polled) + "]",
            "/gbfs/gbfs.json": lambda _: dump({"last_updated": int(time.time()), "ttl": 5, "data": {"en": {"feeds": [
                {"name": n, "url": f"{host}/gbfs/{n}.json"} for n in ("station_information", "station_status", "free_bike_status")]}}}),
            "/gbfs/station_information.json": self.gbfs("station_information", "stations", docks),
            "/gbfs/station_status.json": self.gbfs("station_status", "stations", docks),
            "/gbfs/free_bike_status.json": self.gbfs("free_bike_status", "bikes", bikes),
            "/mds/vehicles/status": lambda _: self.mds(mds),
        }

    def gbfs(self, name, member, spot):
        tree = load(self.data / f"gbfs_bikes/{name}.json")
        ids = sorted(s["station_id"] for s in load(self.data / "gbfs_bikes/station_information.json")["data"]["stations"])[:8]
        rows = [row for row in tree["data"][member] if member == "bikes" or row["station_id"] in ids]
        tree["data"][member] = json_at(rows[:8], spot, 160)
        return lambda _: dump(tree | {"last_updated": int(time.time()), "ttl": 5})

    def mds(self, spot):
        tree = json_at(json.loads(corpus("mds/status")), spot, 40)
        tree["vehicles_status"][0]["last_event"]["timestamp"] = now_ms() - 60_000
        tree["vehicles_status"][0]["last_telemetry"]["timestamp"] = tree["last_updated"] = now_ms()
        return dump(tree | {"links": {}, "ttl": 2000})

    def notification(self):
        """An NGSI-LD notification in the concise form (1.8, section 4.5.1): values without "type"."""
        entities = [json.loads(self.ngsi(folder, "example-normalized.jsonld")()) for folder in NGSI[4:]]
        concise = [{k: {m: x for m, x in v.items() if m != "type"} if isinstance(v, dict) else v for k, v in e.items()} for e in entities]
        return lambda: dump({"id": "urn:ngsi-ld:Notification:1", "type": "Notification", "subscriptionId": "urn:s",
                             "notifiedAt": datetime.datetime.now(datetime.timezone.utc).isoformat(), "data": concise})


def garbage(data):
    """What no decoder may take, by the reason under which each is counted: topic and bytes, sent once."""
    broken = (data / "gtfs_rt_bart/bart-trip-updates.pb").read_bytes()[:-3]
    return {
        "json": ("j2735/bsm", b'{"payload":'),
        "too_large": ("j2735/map", b" " * (300 << 10)),
        "xml_dtd": ("cap/kma", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><alert>&x;</alert>'),
        "xml": ("datex2/police", b"<payload><situation>"),
        "protobuf": ("gtfs-rt/bart/trip_updates", broken),
        "missing_field": ("ngsi/Vehicle", b'{"id":"a"}'),
        "unknown_datastream": ("v1.1/Datastreams(987654321)/Observations", b'{"result":1}'),
        "time": ("spat/sc_n001", b'{"t":99300000000000.5,"groups":[]}'),
        "unsupported": ("j2735/srm", (data / "v2x_j2735_jpo/us/dot/its/jpo/ode/services/asn1/expected-srm.json").read_bytes()),
    }
