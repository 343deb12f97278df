# SPDX-License-Identifier: Apache-2.0
"""What tools/bench measures, a part per file."""
