# SPDX-License-Identifier: Apache-2.0
"""Frame times of headless runs, and their ratio to the limit: the same visible geometry drawn once with one colour
and depth, in blocks of the same run. `fixed` rows draw without the simulation."""
from bench_parts.common import median

MORNING = "2026-11-23T08:30:00+09:00"


def cases(sizes, qualities, seconds):
    """Name and arguments of every row."""
    rows = []
    for size in sizes:
        for quality in qualities:
            common = ["--size", size, "--quality", quality, "--view", "overview"]
            rows.append((f"{size} {quality} fixed", common + ["--time", MORNING, "--frames", "61", "--bench-limit", "--no-ui", "--no-labels"]))
            rows.append((f"{size} {quality} live", common + ["--seconds", str(seconds)]))
    return rows


def row(name, runs):
    figures = {"name": name, "runs": len(runs), "frame_ms": median(runs, "frame_ms", "median"), "frame_p95_ms": median(runs, "frame_ms", "p95"),
               "frame_max_ms": median(runs, "frame_ms", "max"), "gpu_ms": median(runs, "gpu_ms", "median"), "limit_gpu_ms": median(runs, "limit_gpu_ms", "median"),
               "app_cpu_ms": median(runs, "app_cpu_ms", "median"), "load_s": median(runs, "load_s"),
               "first_picture_s": None, "resident_mb": (median(runs, "resident_bytes") or 0) / 1e6,
               "entities": median(runs, "entities"), "triangles": median(runs, "triangles"),
               "passes_ms": {key: median(runs, "passes_ms", key, "median") for key in (runs[0].get("passes_ms") or {})}}
    if figures["limit_gpu_ms"]:
        figures["ratio_to_limit"] = figures["gpu_ms"] / figures["limit_gpu_ms"]
    figures["first_picture_s"] = figures["load_s"] + (median(runs, "first_picture_s") or 0)
    return figures


def print_table(rows):
    print(f"{'':28}{'frame ms':>10}{'p95':>8}{'max':>8}{'gpu ms':>8}{'limit':>8}{'ratio':>7}{'cpu ms':>8}{'first s':>8}{'MB':>7}")
    for line in rows:
        def cell(key, form):
            return form.format(line[key]) if line.get(key) is not None else "-"
        print(f"{line['name']:28}{cell('frame_ms', '{:.1f}'):>10}{cell('frame_p95_ms', '{:.1f}'):>8}{cell('frame_max_ms', '{:.0f}'):>8}{cell('gpu_ms', '{:.1f}'):>8}"
              f"{cell('limit_gpu_ms', '{:.1f}'):>8}{cell('ratio_to_limit', '{:.2f}'):>7}{cell('app_cpu_ms', '{:.2f}'):>8}"
              f"{cell('first_picture_s', '{:.2f}'):>8}{cell('resident_mb', '{:.0f}'):>7}")
    for line in rows:
        print(f"{line['name']:28}passes: " + ", ".join(f"{k} {v:.1f}" for k, v in line["passes_ms"].items() if v is not None))
