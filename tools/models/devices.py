# SPDX-License-Identifier: Apache-2.0
"""All street furniture and devices at true size, two levels each."""

from .furniture import bus_stop, emergency_bell, ev_charger, media_wall, metro_exit, shuttle_stop, speed_display, waste_bin, wifi
from .lights import lamp, lamp_park, signal_mast, signal_ped
from .sensors import air_station, cctv_pole, flood_sensor, lpr, noise_sensor, rsu, weather_station


def all_devices():
    """name -> (levels, stated (length, width, height) or height)."""
    heights = {lamp: 8.0, lamp_park: 4.5, signal_mast: 6.5, signal_ped: 3.0, cctv_pole: 5.0, rsu: 6.0, air_station: 3.0, noise_sensor: 3.6,
               weather_station: 5.9, waste_bin: 1.18, ev_charger: 1.88, media_wall: 6.2, emergency_bell: 2.88, wifi: 3.8, speed_display: 3.71,
               flood_sensor: 2.6, lpr: 1.87, bus_stop: 2.62, shuttle_stop: 2.89, metro_exit: 4.4}
    return {f.__name__: (list(f()), h) for f, h in heights.items()}
