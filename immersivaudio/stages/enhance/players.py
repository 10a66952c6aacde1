"""Instrument words -> the players meant, and what falls silent when the word is denied."""

from immersivaudio.music.instruments import TABLE

_WANTED: dict[str, str] = {
    "drums": "drum kit", "drum": "drum kit", "percussion": "cinematic drums", "beat drums": "drum kit",
    "808": "808 bass", "drum machine": "electronic kit", "kick": "electronic kit",
    "cymbals": "drum kit", "piano": "piano", "pianos": "piano", "grand piano": "piano",
    "keys": "electric piano",
    "rhodes": "electric piano", "electric piano": "electric piano", "keyboard": "electric piano",
    "organ": "organ", "accordion": "accordion", "guitar": "steel guitar", "guitars": "steel guitar",
    "acoustic guitar": "steel guitar", "electric guitar": "crunch guitar",
    "classical guitar": "nylon guitar", "distorted guitar": "driven guitar", "ukulele": "nylon guitar",
    "banjo": "banjo", "mandolin": "steel guitar", "bass": "finger bass", "bass guitar": "finger bass",
    "double bass": "upright bass", "contrabass": "upright bass", "sub bass": "sub bass",
    "violin": "violin", "violins": "violins", "fiddle": "fiddle", "viola": "viola", "cello": "solo cello",
    "cellos": "cellos", "strings": "slow strings", "string": "slow strings", "string section": "slow strings",
    "harp": "harp", "lyre": "harp", "timpani": "timpani", "choir": "choir", "choral": "choir",
    "voices": "choir", "vocals": "choir", "vocal": "choir", "voice": "choir", "singing": "choir",
    "singer": "choir", "horn": "horns", "horns": "horns", "french horn": "horns", "brass": "brass section",
    "trombone": "trombones", "tuba": "tuba", "trumpet": "trumpets", "trumpets": "trumpets",
    "clarinet": "clarinet", "bassoon": "bassoon", "flute": "flute", "flutes": "flute", "recorder": "recorder",
    "whistle": "tin whistle", "oboe": "oboe", "saxophone": "alto saxophone",
    "sax": "alto saxophone", "woodwinds": "flute",
    "woodwind": "flute", "shakuhachi": "shakuhachi", "kalimba": "kalimba", "celesta": "celesta",
    "glockenspiel": "glockenspiel", "bells": "tubular bells", "bell": "tubular bells",
    "chimes": "tubular bells", "music box": "music box", "vibraphone": "vibraphone",
    "marimba": "marimba",
    "xylophone": "xylophone", "mallets": "marimba", "synth": "saw pad", "synths": "saw pad",
    "synthesizer": "saw pad", "synthesizers": "saw pad", "pad": "warm pad", "pads": "warm pad",
    "arpeggio": "pulse arp", "arp": "pulse arp", "arpeggios": "pulse arp", "lead synth": "saw lead",
    "sitar": "sitar", "melody": "", "lead": "",
}  # fmt: skip
_GROUPS: dict[str, tuple[str, ...]] = {
    "drums": ("drums", "percussion"), "drum": ("drums", "percussion"), "percussion": ("drums", "percussion"),
    "kick": ("drums",), "cymbals": ("drums",), "drum machine": ("drums",), "strings": ("strings",),
    "string": ("strings",), "violin": ("violins",), "guitar": ("guitars",), "guitars": ("guitars",),
    "bass": ("bass",), "brass": ("brass",), "horn": ("horns",), "horns": ("brass",),
    "synth": ("synths",), "synths": ("synths",), "synthesizer": ("synths",), "synthesizers": ("synths",),
    "woodwind": ("woodwinds",), "woodwinds": ("woodwinds",), "choir": ("voices",), "vocals": ("voices",),
    "vocal": ("voices",), "voice": ("voices",), "voices": ("voices",), "singing": ("voices",),
    "singer": ("voices",), "piano": ("piano", "electric piano"), "keys": ("keys",), "keyboard": ("keys",),
    "mallets": ("mallets",), "bells": ("tubular bells", "bell synth", "glockenspiel"),
    "cello": ("solo cello", "cellos"), "pad": ("pad",), "pads": ("pad",), "arp": ("arp",),
    "arpeggio": ("arp",), "arpeggios": ("arp",), "melody": ("lead",), "lead": ("lead",),
}  # fmt: skip

PLAYERS: dict[str, tuple[str, tuple[str, ...]]] = {
    word: (wanted, _GROUPS.get(word, (wanted,)))
    for word, wanted in {**{name: name for name in TABLE}, **_WANTED}.items()
}
"""Word -> the instrument that plays when it is asked for ("" none), and what falls silent when it is denied:
instruments, stems or roles."""
