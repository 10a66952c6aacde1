"""The players: how each sounds, what it can reach, where it sits; a row is all it takes to add one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Instrument:
    """One row of the table."""

    name: str
    stem: str
    """Instrument group of the mix."""
    program: int | None
    """General MIDI program 0-127 for the SoundFont; -1 is the drum kit; None: synthesised by `synth`."""
    low: int
    """Lowest comfortable MIDI note."""
    high: int
    synth: str = ""
    """Name of our own synthesiser patch."""
    pan: float = 0.0
    """-1 left to 1 right."""
    gain_db: float = 0.0
    send_db: float = -12.0
    """Into the shared reverb."""
    amp: str = ""
    """Amplifier of `mixing.amplifier` that the whole part goes through; empty: none."""
    kit: int = 0
    """Drum kit of the font, if `program` is -1: 0 standard, 16 power, 32 jazz, 40 brush, 48 orchestra."""


def _row(
    name: str, stem: str, program: int | None, low: int, high: int, amp: str = "", **mix: float
) -> Instrument:
    return Instrument(
        name,
        stem,
        program,
        low,
        high,
        pan=mix.get("pan", 0.0),
        gain_db=mix.get("gain", 0.0),
        send_db=mix.get("send", -12.0),
        amp=amp,
    )


def _synth(name: str, stem: str, low: int, high: int, amp: str = "", **mix: float) -> Instrument:
    return Instrument(
        name,
        stem,
        None,
        low,
        high,
        synth=name,
        amp=amp,
        pan=mix.get("pan", 0.0),
        gain_db=mix.get("gain", 0.0),
        send_db=mix.get("send", -12.0),
    )


TABLE: dict[str, Instrument] = {
    row.name: row
    for row in (
        _row("piano", "keys", 0, 28, 96, pan=-0.05),
        _row("electric piano", "keys", 4, 36, 88, pan=0.15),
        _row("celesta", "mallets", 8, 60, 96, pan=0.3),
        _row("glockenspiel", "mallets", 9, 72, 100, pan=0.35),
        _row("music box", "mallets", 10, 60, 96, pan=0.25),
        _row("vibraphone", "mallets", 11, 53, 89, pan=0.2),
        _row("marimba", "mallets", 12, 45, 84, pan=-0.25),
        _row("xylophone", "mallets", 13, 65, 96, pan=0.3),
        _row("tubular bells", "mallets", 14, 60, 77, pan=0.2),
        _row("organ", "keys", 19, 36, 84),
        _row("tine piano", "keys", 5, 36, 88, pan=0.15),
        _row("harpsichord", "keys", 6, 36, 89, pan=-0.05),
        _row("clavinet", "keys", 7, 36, 84, pan=-0.3),
        _row("drawbar organ", "keys", 16, 36, 96, pan=0.2),
        _row("rock organ", "keys", 18, 36, 96, pan=0.25),
        _row("dulcimer", "plucked", 15, 50, 86, pan=0.25),
        _row("bandoneon", "keys", 23, 48, 88, pan=-0.15),
        _row("harmonica", "woodwinds", 22, 60, 91, pan=0.1),
        _row("accordion", "keys", 21, 53, 89, pan=-0.2),
        _row("nylon guitar", "guitars", 24, 40, 76, pan=-0.3),
        _row("steel guitar", "guitars", 25, 40, 79, pan=0.3),
        _row("jazz guitar", "guitars", 26, 40, 79, pan=0.3),
        _row("clean guitar", "guitars", 27, 40, 79, pan=-0.3),
        _row("muted guitar", "guitars", 28, 40, 76, pan=0.35),
        _row("crunch guitar", "guitars", 27, 40, 84, "crunch", pan=0.5),
        _row("overdriven guitar", "guitars", 29, 40, 76, pan=-0.35),
        _row("banjo", "plucked", 105, 48, 84, pan=0.25),
        _row("sitar", "plucked", 104, 48, 79, pan=-0.2),
        _row("koto", "plucked", 107, 50, 84, pan=-0.25),
        _row("slap bass", "bass", 36, 28, 60),
        _row("tuba", "bass", 58, 28, 58),
        _row("upright bass", "bass", 32, 28, 55),
        _row("finger bass", "bass", 33, 28, 55),
        _row("picked bass", "bass", 34, 28, 55),
        _row("fretless bass", "bass", 35, 28, 55),
        _row("violins", "strings", 48, 55, 96, pan=-0.35),
        _row("violas", "strings", 48, 48, 79, pan=0.15),
        _row("cellos", "strings", 48, 36, 67, pan=0.35),
        _row("double basses", "strings", 48, 28, 48, pan=0.1),
        _row("slow strings", "strings", 49, 36, 91),
        _row("tremolo strings", "strings", 44, 40, 88),
        _row("pizzicato strings", "strings", 45, 36, 91, pan=-0.1),
        _row("violin", "strings", 40, 55, 96, pan=-0.25),
        _row("viola", "strings", 41, 48, 82, pan=0.1),
        _row("fiddle", "strings", 110, 55, 93, pan=-0.2),
        _row("solo cello", "strings", 42, 36, 72, pan=0.2),
        _row("harp", "plucked", 46, 31, 98, pan=-0.3),
        _row("timpani", "percussion", 47, 36, 57, pan=0.05),
        _row("choir", "voices", 52, 43, 79),
        _row("horns", "brass", 60, 41, 72, pan=-0.3),
        _row("brass section", "brass", 61, 40, 77, pan=0.25),
        _row("trumpets", "brass", 56, 55, 84, pan=0.2),
        _row("trombones", "brass", 57, 36, 65, pan=0.3),
        _row("muted trumpet", "brass", 59, 55, 82, pan=0.2),
        _row("alto saxophone", "woodwinds", 65, 49, 80, pan=-0.1),
        _row("tenor saxophone", "woodwinds", 66, 44, 75, pan=0.1),
        _row("piccolo", "woodwinds", 72, 74, 102, pan=-0.2),
        _row("recorder", "woodwinds", 74, 60, 91, pan=-0.1),
        _row("pan flute", "woodwinds", 75, 60, 91, pan=0.1),
        _row("tin whistle", "woodwinds", 78, 67, 90, pan=0.1),
        _row("bagpipe", "woodwinds", 109, 57, 84, pan=0.15),
        _row("shehnai", "woodwinds", 111, 58, 84, pan=0.1),
        _row("clarinet", "woodwinds", 71, 50, 86, pan=-0.15),
        _row("bassoon", "woodwinds", 70, 34, 67, pan=0.15),
        _row("flute", "woodwinds", 73, 60, 93, pan=-0.1),
        _row("oboe", "woodwinds", 68, 58, 86, pan=0.1),
        _row("shakuhachi", "woodwinds", 77, 55, 84),
        _row("kalimba", "plucked", 108, 55, 88, pan=0.25),
        _row("drum kit", "drums", -1, 27, 87),
        # Our own synthesis: pads, basses, electronic kits, risers.
        _synth("warm pad", "synths", 36, 84),
        _synth("glass pad", "synths", 48, 96),
        _synth("dark pad", "synths", 28, 67),
        _synth("saw pad", "synths", 36, 84),
        _synth("saw lead", "synths", 48, 91),
        _synth("square lead", "synths", 48, 96),
        _synth("pluck", "synths", 48, 96, pan=0.3),
        _synth("bell synth", "synths", 60, 100, pan=-0.3),
        _synth("sub bass", "bass", 24, 50),
        _synth("saw bass", "bass", 24, 55),
        _synth("square bass", "bass", 28, 60),
        _synth("808 bass", "bass", 24, 52),
        _synth("clipped 808", "bass", 24, 52),
        _synth("reese bass", "bass", 24, 52),
        _synth("wobble bass", "bass", 24, 52),
        _synth("supersaw", "synths", 48, 96),
        _synth("tuned cowbell", "synths", 60, 96),
        _synth("driven guitar", "guitars", 38, 76, "driven", pan=-0.7),
        _synth("second driven guitar", "guitars", 38, 76, "driven", pan=0.7),
        _synth("palm-muted guitar", "guitars", 38, 64, "high gain", pan=-0.6),
        _synth("lead guitar", "guitars", 48, 88, "lead", pan=0.1),
        _synth("pulse arp", "synths", 48, 91, pan=-0.4),
        _synth("chip square", "chip", 48, 100, pan=-0.45),
        _synth("chip triangle", "chip", 28, 72),
        _synth("chip noise", "drums", 27, 87),
        _synth("electronic kit", "drums", 27, 87),
        _synth("lo-fi kit", "drums", 27, 87),
        _synth("gated kit", "drums", 27, 87),
        _synth("techno kit", "drums", 27, 87),
        _synth("trap kit", "drums", 27, 87),
        _synth("hand drums", "percussion", 27, 87),
        _synth("cinematic drums", "percussion", 27, 87),
        _synth("riser", "effects", 36, 96, gain=-7.0),
        _synth("impact", "effects", 24, 60),
        _synth("reverse swell", "effects", 36, 96, gain=-6.0),
        _synth("drone", "synths", 24, 60),
        _synth("breath", "air", 60, 96, send=-9.0),
    )
}
