# SPDX-License-Identifier: Apache-2.0
"""Parts of the city-pack generator (entry point: tools/make_city_pack.py)."""
