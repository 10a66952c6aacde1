"""Styles in two vocabularies: what people call them, and how captions of music describe them.

The captions' words (genre, instruments, production) are the ones that text-to-music models met in
training: the tags of stock-music libraries and of MusicCaps (Agostinelli et al. 2023). A palette that
stands in no row here works as well: its own words call it, and its name describes it.
"""

from dataclasses import dataclass

from immersivaudio.stages.enhance.named_styles import ROWS


@dataclass(frozen=True, slots=True)
class GenreStyle:
    """What the enhancer knows of one palette besides the palette's own table."""

    genre: str
    production: str
    names: tuple[str, ...]
    """What people call it, besides the palette's name."""
    leaning: float = 0.0
    """How readily it is chosen unasked: a genre with a strong taste of its own waits to be named."""


def _style(genre: str, production: str, names: str, leaning: float = 0.0) -> GenreStyle:
    return GenreStyle(genre, production, tuple(names.split(", ")), leaning)


WAITS = -4.0
"""Leaning of a style that is chosen only where the user names it, such as samba."""
STYLES: dict[str, GenreStyle] = {
    "cinematic": _style(
        "cinematic orchestral film score", "wide stereo image, concert hall reverb",
        "orchestral, orchestra, symphonic, symphony, film score, film music, movie score, score, "
        "neoclassical, trailer piano, documentary score, period drama, time lapse, timelapse", 0.15),
    "epic": _style(
        "epic orchestral trailer music", "huge drums, big room reverb, powerful mix",
        "trailer music, trailer, hybrid orchestral, viking, vikings, medieval battle, superhero, taiko, "
        "marching, war movie, battle music, football match, football game"),
    "tense": _style(
        "suspenseful underscore, thriller soundtrack", "pulsing low end, dark textures",
        "thriller, crime, heist music, spy thriller, investigation music, underscore, true crime"),
    "horror": _style(
        "horror film soundtrack, dark ambient", "dissonant textures, deep drones, long reverb",
        "horror movie, horror film, slasher, scary movie, dark ambient, creepypasta"),
    "melancholic piano": _style(
        "melancholic solo piano, neoclassical", "intimate close recording, soft felt piano, room reverb",
        "piano ballad, sad piano, ballad, nocturne"),
    "hopeful": _style(
        "uplifting inspirational background music", "warm piano and strings, polished production",
        "motivational, advertising, commercial, charity, product launch, pitch, "
        "pitch deck, real estate, house tour, home tour, room tour, open house, new house, our house, "
        "my house, unboxing, infomercial, team building", 0.1),
    "ambient": _style(
        "ambient soundscape, atmospheric pads", "slowly evolving textures, long reverb, no drums",
        "drone, soundscape, new age, spa music, meditation music, sleep music, ambience, drone music", 0.05),
    "lo-fi": _style(
        "lo-fi hip hop, chillhop", "dusty drums, vinyl crackle, warm tape saturation",
        "lofi, lo fi beats, lofi beats, chillhop, chill hop, study beats, study music, chill beats, "
        "cafe, coffee shop, vlog, aesthetic, vibey, study with me, rainy night, coffee break"),
    "synthwave": _style(
        "synthwave, retrowave, 80s electronic", "analog synthesizers, gated reverb, neon atmosphere",
        "retrowave, outrun, eighties, 80s, 1980s, electronic, cyberpunk, sci fi synth, techwear, "
        "blade runner, neon"),
    "house": _style(
        "deep house, electronic dance music", "four on the floor kick, sidechain compression, club mix",
        "dance music, club, club music, dj, electronic dance, house party, pool party, after party, "
        "catwalk, fashion show"),
    "hip-hop": _style(
        "hip hop instrumental, boom bap beat", "punchy drums, deep 808 bass",
        "rap, beats, gangster, sick beat, dope, bop, sigma, street dance, breakdance", -0.2),
    "folk": _style(
        "acoustic folk, fingerpicked guitar", "organic, close and warm recording",
        "acoustic, indie folk, campfire, acoustic guitar music, mountain hike, farmhouse"),
    "jazz": _style(
        "smooth jazz combo, swing", "brushed drums, upright bass, club room sound",
        "noir jazz, lounge jazz, jazzy, speakeasy, film noir, 1920s, twenties, 1930s, "
        "cabaret, burlesque", -0.25),
    "bossa": _style(
        "bossa nova, latin jazz", "nylon guitar, soft percussion, relaxed lounge sound",
        "bossa nova, brazil, rio, caribbean", -0.2),
    "rock": _style(
        "energetic rock instrumental, electric guitars", "live drums, driving bass, loud mix",
        "hard rock, rock n roll, pop rock, classic rock, skateboarding, snowboarding, surfing, bmx, "
        "motocross, extreme sports, 50s, 1950s, fifties, 60s, 1960s, sixties, "
        "air guitar, roller derby", -0.1),
    "comedic pizzicato": _style(
        "quirky comedic pizzicato strings", "playful bassoon and marimba, dry room",
        "pizzicato, cartoon, cartoons, sitcom, slapstick music, kids music, tiptoe music, "
        "mickey mousing, cat video, cat videos, funny cats", -0.05),
    "chiptune": _style(
        "8-bit chiptune, retro video game music", "square wave leads, arpeggios",
        "8 bit, 8bit, 16 bit, video game, videogame, retro game, game music, nintendo, arcade, chip "
        "tune, pixel, gameboy, game boy, retro gaming", -0.3),
    "orchestral waltz": _style(
        "orchestral waltz in three four time", "elegant strings and woodwinds, ballroom reverb",
        "waltz, waltzing, ballroom, vienna, viennese, ballet, carousel, merry go round, strauss, "
        "tchaikovsky, valse, vals, walzer, valzer", -0.15),
    **{palette: GenreStyle(genre, production, names, WAITS) for palette, genre, production, names in ROWS},
}  # fmt: skip

FITTING: dict[str, tuple[str, ...]] = {
    "heartbroken": ("melancholic piano", "cinematic"),
    "dark": ("tense", "cinematic"),
    "evil": ("horror",),
    "angry": ("rock",),
    "aggressive": ("rock", "epic"),
    "chaotic": ("rock", "tense"),
    "frustrated": ("rock", "hip-hop"),
    "urgent": ("tense", "epic"),
    "strange": ("tense", "ambient"),
    "mysterious": ("tense", "cinematic"),
    "adventurous": ("cinematic", "epic"),
    "majestic": ("cinematic", "epic"),
    "magical": ("cinematic", "orchestral waltz"),
    "romantic": ("hopeful", "jazz"),
    "tender": ("folk", "hopeful"),
    "warm": ("folk", "hopeful"),
    "carefree": ("folk", "hopeful"),
    "groovy": ("house", "hip-hop"),
    "confident": ("hip-hop", "rock"),
    "nostalgic": ("lo-fi", "melancholic piano"),
    "bittersweet": ("melancholic piano", "lo-fi"),
    "wistful": ("melancholic piano", "lo-fi"),
    "reflective": ("melancholic piano", "ambient"),
    "hypnotic": ("synthwave", "house"),
    "spiritual": ("ambient", "cinematic"),
    "elegant": ("jazz", "orchestral waltz"),
    "subtle": ("ambient", "lo-fi"),
    "serious": ("cinematic", "hopeful"),
    "dramatic": ("cinematic", "epic"),
    "scary": ("horror", "tense"),
    "creepy": ("horror", "tense"),
    "funny": ("comedic pizzicato",),
    "quirky": ("comedic pizzicato",),
    "sneaky": ("tense", "comedic pizzicato"),
    "futuristic": ("synthwave", "ambient"),
}
"""Mood -> palettes known to carry it, where two axes would mislead: heartbreak and horror share a place."""

SCENES: dict[str, tuple[str, ...]] = {
    "night": ("synthwave", "lo-fi", "ambient"),
    "city": ("lo-fi", "house", "hip-hop", "synthwave"),
    "sea": ("ambient", "hopeful", "cinematic"),
    "water": ("ambient", "hopeful"),
    "beach": ("bossa", "house", "hopeful"),
    "snow": ("ambient", "melancholic piano", "cinematic"),
    "forest": ("folk", "ambient", "cinematic"),
    "greenery": ("folk", "hopeful", "ambient"),
    "mist": ("ambient", "melancholic piano", "cinematic"),
    "space": ("ambient", "synthwave", "cinematic"),
    "title": ("cinematic",),
    "nature": ("folk", "ambient", "hopeful"),
    "plants": ("folk", "hopeful", "ambient"),
    "flower": ("hopeful", "folk", "ambient"),
    "mountain": ("cinematic", "hopeful", "epic"),
    "sky": ("hopeful", "ambient", "cinematic"),
    "sunset": ("hopeful", "lo-fi", "cinematic"),
    "desert": ("cinematic", "ambient"),
    "indoor": ("lo-fi", "hopeful"),
    "portrait": ("hopeful", "lo-fi", "melancholic piano"),
    "people": ("hopeful", "lo-fi"),
    "crowd": ("house", "hopeful"),
    "sport": ("rock", "house", "epic"),
    "animation": ("comedic pizzicato", "cinematic"),
    "screen": ("lo-fi", "house"),
    "text": ("hopeful",),
    "fire": ("epic", "tense"),
    "dark": ("tense", "ambient", "cinematic"),
    "black and white": ("jazz", "melancholic piano"),
    "monochrome": ("jazz", "melancholic piano"),
    "street": ("hip-hop", "lo-fi"),
    "car": ("synthwave", "rock"),
    "animal": ("comedic pizzicato", "folk"),
    "dog": ("comedic pizzicato", "folk"),
    "cat": ("comedic pizzicato", "lo-fi"),
    "food": ("bossa", "lo-fi"),
}
"""Scene word -> palettes it suits, best first."""
