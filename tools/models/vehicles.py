# SPDX-License-Identifier: Apache-2.0
"""All vehicles at their true size (metres)."""

from .cars import HATCH, SEDAN, SUV, VAN, ambulance, car, police, taxi_sign
from .coaches import bus, bus_midi, shuttle
from .trucks import fire_engine, truck


def all_vehicles():
    """name -> (levels, blob, stated (length, width, height))."""
    sedan = dict(axles=(1.40, -1.40), radius=0.33)
    return {
        "car_sedan": (*car(SEDAN, **sedan), (4.7, 1.85, 1.45)),
        "car_suv": (*car(SUV, (1.40, -1.38), 0.37), (4.68, 1.92, 1.68)),
        "car_hatch": (*car(HATCH, (1.18, -1.18), 0.29), (3.6, 1.65, 1.51)),
        "taxi": (*car(SEDAN, **sedan, roof=taxi_sign), (4.7, 1.85, 1.6)),
        "van": (*car(VAN, (1.70, -1.55), 0.35), (5.16, 1.98, 2.0)),
        "bus": (*bus(), (11.0, 2.49, 3.18)),
        "bus_midi": (*bus_midi(), (8.5, 2.28, 2.92)),
        "shuttle": (*shuttle(), (4.75, 2.1, 2.65)),
        "truck": (*truck(), (8.0, 2.4, 3.2)),
        "ambulance": (*ambulance(), (5.16, 1.98, 2.16)),
        "police": (*police(), (4.7, 1.85, 1.6)),
        "fire_engine": (*fire_engine(), (8.4, 2.52, 3.0)),
    }
