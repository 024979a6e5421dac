"""Energy of machines at work, and what it emits."""

from __future__ import annotations

from fieldguide.records.formulas.arithmetic import percent_of
from fieldguide.records.formulas.number import Number


def machine_watts(peak: Number, draw: Number, around: Number) -> float:
    """Watts of one accelerator with its share of server and network: `draw` percent of its `peak`, `around`
    times as much in all (Morrison et al. 2026).
    """
    return percent_of(peak, draw) * around


def site_energy(hours: Number, watts: Number, overhead: Number) -> float:
    """MWh of so many machine-hours at so many watts, times the site's power usage effectiveness: all that it
    draws over what its machines draw (ISO/IEC 30134-2).
    """
    return hours * watts * overhead / 1e6


def emissions(megawatt_hours: Number, grams: Number) -> float:
    """Tonnes of CO₂ at `grams` a kWh of the grid that feeds the site; making the machines is not in it
    (Luccioni et al. 2022).
    """
    return megawatt_hours * grams / 1000


def grid_intensity(tonnes: Number, megawatt_hours: Number) -> float:
    """Grams of CO₂ a kWh from tonnes emitted for so many MWh."""
    return tonnes / megawatt_hours * 1000
