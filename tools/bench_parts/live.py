# SPDX-License-Identifier: Apache-2.0
"""The running program under messages of a broker: how old a picture is when it is ready, and what a burst does to
frames and events."""
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import threading
import time

from bench_parts.common import BUILD, Broker, free_port, run

SIZE = "1280x720"
ROUND = 5  # seconds after which bench_publish --lead has reported every vehicle
SETTLING = 10  # seconds in which a new program compiles shaders and fills caches


class Publisher:
    """bench_publish beside the program, once `ready` returns."""

    def __init__(self, port, arguments, ready=lambda: None):
        self.command, self.ready = [BUILD / "bench_publish", str(port), *arguments], ready
        self.figures = None
        self.thread = threading.Thread(target=self.publish)

    def publish(self):
        self.ready()
        done = subprocess.run(self.command, stdout=subprocess.PIPE, text=True)
        self.figures = json.loads(done.stdout) if done.returncode == 0 else None


def latency(seconds, rate=1000):
    """From the event (and from its reception) until the picture that shows it is ready, with `rate` messages per second."""
    with Broker() as broker:
        def settled():
            broker.wait_for_subscriber(["#"])
            time.sleep(SETTLING)

        publisher = Publisher(broker.port, ["--rate", str(rate), "--vehicles", str(rate), "--seconds", str(seconds)], settled)
        publisher.thread.start()
        stats = run(["--seconds", str(SETTLING + seconds), "--size", SIZE, "--view", "overview", "--feed", f"mqtt://127.0.0.1:{broker.port}"])
        publisher.thread.join()
    if not stats or not publisher.figures:
        return None
    under_load = [s["median"] for s in stats["frame_ms_by_time"] if s["from_s"] >= SETTLING]
    if not under_load:
        return None
    return {"published_per_s": publisher.figures["published_per_s"], "frame_ms": statistics.median(under_load), "event_to_shown_ms": stats["latency_ms"]["event_to_shown"],
            "received_to_shown_ms": stats["latency_ms"]["received_to_shown"]}


def stretches(stats, first, last):
    """Medians of the program's stretches of five seconds that lie within two moments (UTC, seconds)."""
    begun = stats["first_frame_utc_s"]
    return [s["median"] for s in stats["frame_ms_by_time"] if begun + s["from_s"] >= first and begun + s["from_s"] + 5 <= last]


def burst(seconds, rate=100_000, idle=25, events=50):
    """A burst into the running program after an idle time with the same things in the picture. Who sends it stands in the
    broker's place, so that the machine is the program's; the events of a feed of their own are counted one by one at both
    ends."""
    port = free_port()
    publisher = Publisher(port, ["--direct", *burst_arguments(seconds, rate, idle, events)])
    return flooded_picture(port, publisher, idle + seconds)


def burst_through_broker(seconds, rate=100_000, idle=25, events=50):
    """The same through a mosquitto on this machine, which takes and passes on what it can."""
    with Broker() as broker:
        publisher = Publisher(broker.port, burst_arguments(seconds, rate, idle, events), lambda: broker.wait_for_subscriber(["telemetry/#", "event/#"]))
        return flooded_picture(broker.port, publisher, idle + seconds)


def burst_arguments(seconds, rate, idle, events):
    return ["--rate", str(rate), "--seconds", str(seconds), "--lead", str(idle), "--events", str(events)]


def flooded_picture(port, publisher, seconds):
    """Frames before and in what the publisher sends for so many seconds, and what became of it; None when it failed."""
    url = f"mqtt://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as state:
        publisher.thread.start()
        stats = run(["--seconds", str(seconds + 20), "--size", SIZE, "--view", "overview", "--feed", url + "/telemetry/#", "--feed", url + "/event/#"],
                    environment=dict(os.environ, XDG_STATE_HOME=state))
        publisher.thread.join()
        spilled = [file.name for file in pathlib.Path(state).rglob("*.spill")]
    sent = publisher.figures
    if not stats or not sent:
        return None
    sources = {source["name"]: source for source in stats["sources"]}
    vehicles, told = sources[url + "/telemetry/#"], sources[url + "/event/#"]
    began, ended = sent["began_utc_s"], sent["ended_utc_s"]
    before, during = stretches(stats, stats["first_frame_utc_s"] + ROUND + 1, began), stretches(stats, began + 1, ended)
    if not before or not during:
        return None
    result = {"asked_per_s": sent["asked_per_s"], "seconds": ended - began, "published_per_s": sent["published_per_s"], "received_per_s": (vehicles["messages"] - sent["led"]) / (ended - began),
              "publisher_cpu_us_per_message": sent["cpu_us_per_message"], "idle_frame_ms": statistics.median(before), "burst_frame_ms": statistics.median(during),
              "events_sent": sent["events"], "events_applied": told["applied"], "events_duplicate": told["duplicate"], "events_queued": told["queued"],
              "events_lost": sent["events"] - told["applied"], "spill_files_left": len(spilled),
              "vehicles": {key: vehicles[key] for key in ("messages", "applied", "conflated", "late", "duplicate", "queued", "rejected", "balanced")},
              "resident_mb": stats["resident_bytes"] / 1e6, "latency_ms": stats["latency_ms"]}
    result["frame_ratio"] = result["burst_frame_ms"] / result["idle_frame_ms"]
    return result
