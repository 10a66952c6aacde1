"""From presets and instruments to regions: which sample a key plays, with which generators (section 9.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from immersivaudio.music.soundfont.generators import DEFAULTS, INSTRUMENT_ONLY, RANGES, G
from immersivaudio.music.soundfont.modulators import DEFAULTS as DEFAULT_MODULATORS
from immersivaudio.music.soundfont.modulators import Modulator, from_table, merged
from immersivaudio.music.soundfont.riff import Table

_EVERYTHING = 127 << 8


@dataclass(frozen=True, slots=True)
class Zone:
    """One bag: its generators and modulators."""

    generators: Mapping[int, int]
    modulators: tuple[Modulator, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """One sample with everything that applies to it."""

    sample: int
    keys: tuple[int, int]
    velocities: tuple[int, int]
    generators: Mapping[int, int]
    modulators: tuple[Modulator, ...]

    def covers(self, key: int, velocity: int) -> bool:
        """Tell whether the region sounds for `key` at `velocity`."""
        low, high = self.keys
        soft, loud = self.velocities
        return low <= key <= high and soft <= velocity <= loud

    def values(self, key: int, velocity: int) -> dict[int, float]:
        """Return all generators for one note: defaults, zones, modulators."""
        values: dict[int, float] = {**DEFAULTS, **self.generators}
        for modulator in self.modulators:
            values[modulator.dest] = values.get(modulator.dest, 0) + modulator.value(key, velocity)
        return values


def preset_regions(tables: Mapping[str, Table], index: int) -> tuple[Region, ...]:
    """Return every region of preset `index`. Raises IndexError where a table points outside another."""
    instruments: dict[int, tuple[tuple[Zone, Zone], ...]] = {}
    regions: list[Region] = []
    for shared, zone in _zones(tables, "p", tables["phdr"], index, G.INSTRUMENT):
        number = zone.generators[G.INSTRUMENT]
        if number not in instruments:
            if not 0 <= number < len(tables["inst"]) - 1:
                raise IndexError(number)
            instruments[number] = tuple(_zones(tables, "i", tables["inst"], number, G.SAMPLE))
        regions.extend(
            _region(
                {**shared.generators, **zone.generators}, merged(shared.modulators, zone.modulators), pair
            )
            for pair in instruments[number]
        )
    return tuple(regions)


def _region(
    preset: Mapping[int, int], preset_modulators: tuple[Modulator, ...], pair: tuple[Zone, Zone]
) -> Region:
    shared, own = pair
    values = {**shared.generators, **own.generators}
    keys = _overlap(values.get(G.KEY_RANGE, _EVERYTHING), preset.get(G.KEY_RANGE, _EVERYTHING))
    velocities = _overlap(
        values.get(G.VELOCITY_RANGE, _EVERYTHING), preset.get(G.VELOCITY_RANGE, _EVERYTHING)
    )
    for operator, amount in preset.items():
        if operator not in RANGES and operator not in INSTRUMENT_ONLY and operator != G.INSTRUMENT:
            values[operator] = values.get(operator, DEFAULTS.get(operator, 0)) + amount
    # Preset modulators add to the instrument's, they do not replace them (section 9.5).
    modulators = merged(DEFAULT_MODULATORS, shared.modulators, own.modulators) + preset_modulators
    return Region(values[G.SAMPLE], keys, velocities, values, modulators)


def _zones(
    tables: Mapping[str, Table], letter: str, headers: Table, index: int, needed: int
) -> Iterator[tuple[Zone, Zone]]:
    """Yield (global zone, zone) for each zone of a header that names what it `needed`."""
    shared = Zone({}, ())
    first, last = int(headers[index]["bag"]), int(headers[index + 1]["bag"])
    bags = tables[f"{letter}bag"]
    for bag in range(first, min(last, len(bags) - 1)):
        zone = _zone(tables, letter, bag)
        if needed in zone.generators:
            yield shared, zone
        elif bag == first:
            shared = zone


def _zone(tables: Mapping[str, Table], letter: str, bag: int) -> Zone:
    bags, gens, mods = tables[f"{letter}bag"], tables[f"{letter}gen"], tables[f"{letter}mod"]
    here, after = bags[bag], bags[bag + 1]
    rows = gens[int(here["gen"]) : int(after["gen"])]
    unsigned = {G.KEY_RANGE, G.VELOCITY_RANGE, G.INSTRUMENT, G.SAMPLE}
    generators = {
        (oper := int(row["oper"])): int(row["amount"]) & 0xFFFF if oper in unsigned else int(row["amount"])
        for row in rows
    }
    return Zone(generators, from_table(mods[int(here["mod"]) : int(after["mod"])]))


def _overlap(a: int, b: int) -> tuple[int, int]:
    """Intersect two ranges of section 8.1.2: low in the low byte, high in the high byte."""
    return max(a & 0xFF, b & 0xFF), min(a >> 8, b >> 8)
