#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write the city pack of Suseong Alpha City: tools/make_city_pack.py [--out assets/city/alpha]

A developer's tool; its output is committed, so neither the build nor the program runs it. It needs Debian's
python3-numpy and python3-shapely, and checks the road graph with netconvert when SUMO is installed. The same
input gives the same bytes. It fails loudly when the pack breaks one of its own rules (city_pack/check.py).
"""
import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from city_pack import assemble  # noqa: E402

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[1] / "assets/city/alpha")
    sys.exit(assemble.main(parser.parse_args().out))
