"""Every sound there is, and how loud it stands beside music at -14 LUFS. A row is all it takes to add one."""

from collections.abc import Callable
from dataclasses import dataclass

from immersivaudio.sound import effects, machines, nature, things, town, water, weather
from immersivaudio.sound.synthesis import Dice, Voice


@dataclass(frozen=True, slots=True)
class Sound:
    """One row."""

    make: Callable[[Dice, float], Voice]
    """(dice, seconds) -> voice."""
    trim_db: float
    """Brings the voice to its place: beds 9 to 15 dB under the music, quiet ones lower."""
    fade: float = 1.0
    """Seconds in and out; an effect with an attack of its own has none."""


TABLE: dict[str, Sound] = {
    "rain": Sound(weather.rain, -10.5),
    "wind": Sound(weather.wind, -0.5),
    "snow hush": Sound(weather.snow_hush, -3.0),
    "sea": Sound(water.sea, 1.5),
    "stream": Sound(water.stream, -9.0),
    "forest": Sound(nature.forest, -4.0),
    "birds": Sound(nature.birds, -6.0),
    "night insects": Sound(nature.night_insects, -6.0),
    "fire": Sound(nature.fire, -3.0),
    "city": Sound(town.city, 0.5),
    "traffic": Sound(town.traffic, -3.0),
    "crowd": Sound(town.crowd, -7.5),
    "room tone": Sound(town.room_tone, -8.0),
    "train": Sound(machines.train, -7.5),
    "engine": Sound(machines.engine, -4.0),
    "airplane": Sound(things.airplane, -4.0),
    "bicycle": Sound(things.bicycle, -4.0),
    "swish": Sound(things.swish, -13.0),
    "clock": Sound(things.clock, -4.0),
    "typing": Sound(things.typing, -4.0),
    "hum": Sound(things.hum, -4.0),
    "glasses": Sound(things.glasses, -4.0),
    "footsteps": Sound(effects.footsteps, -1.0, fade=0.05),
    "heartbeat": Sound(effects.heartbeat, -1.5, fade=0.3),
    "impact": Sound(effects.impact, -7.0, fade=0.0),
    "whoosh": Sound(effects.whoosh, -3.0, fade=0.0),
}
