# SPDX-License-Identifier: Apache-2.0
"""Messages per second through a mosquitto on loopback: a client that only counts, the feed path, the feed path with a
history. The same flood for each, in turns."""
import json
import subprocess

from bench_parts.common import BUILD, Broker, median

MODES = ("count", "ingest", "history")


def flooded(mode, messages):
    """One flood through a fresh broker: what the client saw; None when it failed."""
    with Broker() as broker:
        client = subprocess.Popen([BUILD / "bench_mqtt", mode, str(broker.port), str(messages)], stdout=subprocess.PIPE, text=True)
        broker.wait_for_subscriber(["telemetry/#"], 20)
        subprocess.run([BUILD / "bench_publish", str(broker.port), "--messages", str(messages)], stdout=subprocess.DEVNULL)
        out, _ = client.communicate(timeout=600)
        return json.loads(out) if client.returncode == 0 else None


def figures(runs):
    """Medians by mode, and the ratios to the client that only counts: of rates, and of processor time per message."""
    rows = {mode: {key: median(seen, key) for key in ("per_s", "cpu_us_per_message", "lost_rows", "conflated", "received")} for mode, seen in runs.items() if seen}
    for row in rows.values():
        if "count" in rows:
            row["ratio_to_count"] = row["per_s"] / rows["count"]["per_s"]
            row["cpu_ratio_to_count"] = row["cpu_us_per_message"] / rows["count"]["cpu_us_per_message"]
    return rows
