# SPDX-License-Identifier: Apache-2.0
"""Runs of the built programs, a broker on loopback, medians."""
import json
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/release"
PROGRAM = BUILD / "alphacity"


def run(arguments, during=None, environment=None):
    """The statistics of one headless run, with its wall time; None when it failed. `during` is called while it runs."""
    with tempfile.TemporaryDirectory() as folder:
        stats = pathlib.Path(folder) / "stats.json"
        began = time.monotonic()
        program = subprocess.Popen([PROGRAM, "--headless", "--stats", stats, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
        try:
            if during:
                during()
            _, errors = program.communicate()
        finally:
            if program.poll() is None:
                program.kill()
                program.wait()
        if program.returncode != 0:
            print(f"bench: {' '.join(map(str, arguments))}: exit {program.returncode}: {errors.strip()}", file=sys.stderr)
            return None
        figures = json.loads(stats.read_text())
        figures["wall_s"] = time.monotonic() - began
        return figures


def output_of(arguments):
    """The JSON that a bench program prints; None when it failed."""
    done = subprocess.run(arguments, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def median(runs, *path):
    """Of one figure, by its keys, over several runs; None where no run has it."""
    values = []
    for figures in runs:
        value = figures
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            values.append(value)
    return statistics.median(values) if values else None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Broker:
    """A fresh mosquitto on a free port of loopback that queues without limit."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.port = free_port()
        configuration = pathlib.Path(self.folder.name) / "mosquitto.conf"
        configuration.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nset_tcp_nodelay true\nlog_type subscribe\nlog_dest stderr\n")
        self.log = pathlib.Path(self.folder.name) / "mosquitto.log"
        broker = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        with self.log.open("w") as log:
            self.server = subprocess.Popen([broker, "-c", configuration], stdout=subprocess.DEVNULL, stderr=log)
        self.wait_until(lambda: self.answers(), 5, "the broker does not start")
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.folder.cleanup()

    def answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def wait_for_subscriber(self, topics, seconds=60):
        """Returns once somebody has subscribed to each of the filters."""
        self.wait_until(lambda: all(topic in self.log.read_text() for topic in topics), seconds, f"nobody subscribes to {topics}")

    @staticmethod
    def wait_until(true, seconds, otherwise):
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                raise RuntimeError("bench: " + otherwise)
            time.sleep(0.1)
