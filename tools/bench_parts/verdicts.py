# SPDX-License-Identifier: Apache-2.0
"""What is aimed at, and whether it was met."""


def verdict(figure, value, aim, met):
    return {"figure": figure, "value": value, "aim": aim, "met": met}


def at_least(figure, value, aim):
    return verdict(figure, value, f"at least {aim}", value >= aim)


def at_most(figure, value, aim):
    return verdict(figure, value, f"at most {aim:.4g}", value <= aim)


def of(flood, history, latency, burst, brokered):
    """One verdict per figure that was measured."""
    verdicts = []
    if "ratio_to_count" in flood.get("ingest", {}):
        verdicts.append(at_least("feed path, messages/s against counting", flood["ingest"]["ratio_to_count"], 0.8))
    if "ratio_to_count" in flood.get("history", {}):
        verdicts.append(at_least("feed path with history, messages/s against counting", flood["history"]["ratio_to_count"], 0.5))
        verdicts.append(at_most("rows that this history lost", flood["history"]["lost_rows"], 0))
    if history:
        scrub = history["scrub"]
        hours = scrub["seconds_of_history"] / 3600
        verdicts.append(at_least("history rows/s against a bare statement", history["value_ratio"], 0.7))
        verdicts.append(at_most(f"scrub in {hours:.1f} h of {scrub['entities']:,} movers, ms", scrub["jump_ms_median"], 50))
        verdicts.append(at_most("memory that scrubbing adds, MB", scrub["resident_megabytes_most"] - scrub["resident_megabytes_before"], 64))
    if latency:
        verdicts.append(at_most("event to picture at 1,000 messages/s, p95, ms (a frame + 50)", latency["event_to_shown_ms"]["p95"], latency["frame_ms"] + 50))
    if burst:
        verdicts.append(at_least(f"burst of {burst['seconds']:.0f} s, messages/s that the program took", min(burst["published_per_s"], burst["received_per_s"]), 100_000 * 0.99))
        verdicts.append(at_most("median frame in the burst against idle", burst["frame_ratio"], 1.3))
        verdicts.append(at_most(f"events lost of {burst['events_sent']:,}", burst["events_lost"], 0))
    if brokered:
        verdicts.append(at_most(f"through a broker here: events lost of {brokered['events_sent']:,}", brokered["events_lost"], 0))
    return verdicts


def print_table(verdicts):
    for v in verdicts:
        print(f"{v['figure']:64}{v['value']:>12,.2f}   {v['aim']:18}{'met' if v['met'] else 'NOT MET'}")
