"""What people call sounds of the scene, and how they ask for more or less volume: two tables."""

_SOUNDS: dict[str, str] = {
    "rain": "rain, rainfall, raindrops, regen, pluie, lluvia, pioggia, chuva",
    "sea": (
        "sea, ocean, waves, surf waves, meer, wellen, mer, vagues, mar, olas, mare, onde, ondas, "
        "oceano, ozean"
    ),
    "wind": "wind, vent, viento, vento, breeze",
    "birds": "birds, bird, vogel, oiseaux, pajaros, uccelli, passaros",
    "stream": "stream, river, water, waterfall, bach, fluss, wasser, riviere, eau, rio, agua, fiume, acqua",
    "fire": "fire, fireplace, campfire, feuer, kamin, feu, fuego, fuoco, fogo, lareira",
    "city": "city, stadt, ville, ciudad, citta, cidade",
    "traffic": "traffic, cars, verkehr, circulation, trafico, traffico, transito",
    "crowd": "crowd, people talking, menge, foule, multitud, folla, multidao",
    "forest": "forest, woods, jungle, wald, foret, bosque, foresta, floresta",
    "night insects": "crickets, insects, grillen, grillons, grillos, grilli",
    "train": "train, zug, tren, treno, trem",
    "footsteps": "footsteps, steps, schritte, pas de marche, pasos, passi, passos",
    "heartbeat": "heartbeat, herzschlag, battement de coeur, latido",
    "clock": "clock, ticking clock, uhr, horloge, reloj, orologio, relogio",
}
"""Sound of the scene -> the nouns for it."""
_NAMED: dict[str, str] = {
    "rain": "regengerausch, regengerausche, regenrauschen, rain ambience",
    "sea": "meeresrauschen, wellenrauschen, seaside sounds, beach sounds",
    "birds": "birdsong, bird song, birds chirping, vogelgezwitscher, chant d oiseaux, canto de pajaros",
    "wind": "windrauschen, windgerausche",
    "stream": "bachrauschen",
    "forest": "waldgerausche, nature sounds, naturgerausche, sons de la nature, sonidos de la naturaleza",
    "fire": "crackling fire, kaminfeuer, lagerfeuer",
    "city": "city noise, stadtgerausche",
}
"""Phrases that are a sound wherever they stand."""
_CALLED = ("sound", "sounds", "noise", "noises", "ambience", "ambiance")
SOUND_OF = frozenset({
    "sound of", "sounds of", "noise of", "noises of", "bruit de", "bruits de", "bruit du", "bruit des",
    "son de",
    "sons de", "son do", "som de", "som do", "som da", "sons da", "sons do", "sonido de", "sonido del",
    "sonidos de",
    "sonidos del", "ruido de", "ruido del", "rumore di", "rumore del", "rumore della", "suono di",
    "suono del",
    "suono della", "suoni di", "suoni del", "gerausch von", "gerausche von", "gerausch der", "gerausch des",
    "rauschen des", "rauschen der", "klang von", "klang des",
})  # fmt: skip
"""Openings after which a noun is a sound."""

NOUNS: dict[str, str] = {noun: name for name, nouns in _SOUNDS.items() for noun in nouns.split(", ")}
"""Noun -> sound; only where sounds are spoken of."""
PHRASES: dict[str, str] = {
    **{f"{noun} {called}": name for noun, name in NOUNS.items() for called in _CALLED},
    **{phrase: name for name, phrases in _NAMED.items() for phrase in phrases.split(", ")},
}
"""Phrase -> sound, wherever it stands."""

STEP_DB = 4.0
"""How far "louder" goes, dB."""
_LOUDER = (
    "louder, turn it up, turn up, turn the music up, turn up the music, turn up the volume, volume up, "
    "more volume, "
    "pump up the volume, raise the volume, increase the volume, higher volume, max volume, full volume, "
    "lauter, mehr lautstarke, plus fort, plus forte, monte le son, monte le volume, augmente le volume, "
    "plus de volume, "
    "mas alto, mas fuerte, sube el volumen, sube la musica, sube el sonido, mas volumen, mas volume, "
    "piu forte, piu alto, alza il volume, alza la musica, piu volume, mais alto, mais forte, "
    "aumenta o volume, "
    "aumente o volume, aumenta a musica, mais volume"
)
_QUIETER = (
    "quieter, softer volume, turn it down, turn down, turn the music down, turn down the music, "
    "lower the music, "
    "turn down the volume, volume down, less volume, lower the volume, decrease the volume, "
    "lower volume, less loud, "
    "not so loud, leiser, weniger laut, nicht so laut, moins fort, moins forte, plus doucement, "
    "moins de volume, "
    "baisse le son, baisse le volume, baisse la musique, plus bas, mas bajo, mas bajito, baja el volumen, "
    "baja la musica, menos volumen, menos fuerte, piu piano, piu basso, abbassa il volume, "
    "abbassa la musica, "
    "meno forte, mais baixo, abaixa o volume, abaixa a musica, diminui o volume, menos volume"
)
LOUDNESS: dict[str, float] = {
    **dict.fromkeys(_LOUDER.split(", "), STEP_DB),
    **dict.fromkeys(_QUIETER.split(", "), -STEP_DB),
}
"""Phrase -> dB for the music."""
