"""German."""

from collections.abc import Mapping

AND = "und"
KEY = "{note}-{mode}"
NOTES: Mapping[str, str] = {
    "C": "C", "D": "D", "E": "E", "F": "F", "G": "G", "A": "A", "B": "H", "C#": "Cis", "D#": "Dis", "E#": "Eis",
    "F#": "Fis", "G#": "Gis", "A#": "Ais", "B#": "His", "Cb": "Ces", "Db": "Des", "Eb": "Es", "Fb": "Fes", "Gb": "Ges",
    "Ab": "As", "Bb": "B",
}  # fmt: skip
MODES: Mapping[str, str] = {
    "ionian": "Dur", "aeolian": "Moll", "dorian": "dorisch", "phrygian": "phrygisch", "lydian": "lydisch",
    "mixolydian": "mixolydisch",
    "harmonic minor": "harmonisch Moll", "phrygian dominant": "phrygisch-dominant",
}  # fmt: skip
MOODS: Mapping[str, str] = {
    "adventurous": "abenteuerlich", "aggressive": "aggressiv", "angry": "wütend", "anxious": "ängstlich",
    "atmospheric": "atmosphärisch", "bittersweet": "bittersüß", "bored": "gelangweilt", "calm": "ruhig",
    "carefree": "unbeschwert", "chaotic": "chaotisch", "confident": "selbstbewusst", "content": "zufrieden",
    "creepy": "unheimlich", "dangerous": "gefährlich", "dark": "dunkel", "depressed": "niedergeschlagen",
    "disgusted": "angewidert", "dramatic": "dramatisch", "dreamy": "verträumt", "easygoing": "gelassen",
    "ecstatic": "ekstatisch", "elegant": "elegant", "energetic": "energisch", "epic": "episch",
    "evil": "böse", "excited": "aufgeregt", "festive": "festlich", "frustrated": "frustriert",
    "funny": "lustig", "futuristic": "futuristisch", "groovy": "groovig", "happy": "glücklich",
    "heartbroken": "untröstlich", "heroic": "heldenhaft", "hopeful": "hoffnungsvoll",
    "hypnotic": "hypnotisch", "inspiring": "inspirierend", "joyful": "freudig", "lonely": "einsam",
    "magical": "zauberhaft", "majestic": "majestätisch", "meditative": "meditativ",
    "melancholic": "melancholisch", "mournful": "trauernd", "mysterious": "geheimnisvoll",
    "nostalgic": "nostalgisch", "passionate": "leidenschaftlich", "peaceful": "friedlich",
    "playful": "verspielt", "quirky": "schrullig", "reflective": "nachdenklich", "regretful": "reuevoll",
    "relaxing": "entspannend", "romantic": "romantisch", "sad": "traurig", "sarcastic": "sarkastisch",
    "scary": "gruselig", "serious": "ernst", "sneaky": "verstohlen", "spiritual": "spirituell",
    "strange": "seltsam", "subtle": "dezent", "tender": "zärtlich", "tense": "gespannt",
    "triumphant": "triumphierend", "upbeat": "beschwingt", "urgent": "drängend", "warm": "warm",
    "wistful": "wehmütig",
}  # fmt: skip
PLAYERS: Mapping[str, str] = {
    "piano": "Klavier", "electric piano": "E-Piano", "celesta": "Celesta", "glockenspiel": "Glockenspiel",
    "music box": "Spieluhr", "vibraphone": "Vibraphon", "marimba": "Marimba", "xylophone": "Xylophon",
    "tubular bells": "Röhrenglocken", "organ": "Orgel", "accordion": "Akkordeon",
    "nylon guitar": "Konzertgitarre", "steel guitar": "Westerngitarre", "jazz guitar": "Jazzgitarre",
    "clean guitar": "E-Gitarre", "muted guitar": "gedämpfte Gitarre",
    "overdriven guitar": "verzerrte Gitarre", "upright bass": "Kontrabass", "finger bass": "Fingerbass",
    "picked bass": "Plektrumbass", "fretless bass": "bundloser Bass", "violins": "Violinen",
    "violas": "Bratschen", "cellos": "Celli", "double basses": "Kontrabässe",
    "slow strings": "langsame Streicher", "tremolo strings": "Tremolo-Streicher",
    "pizzicato strings": "Pizzicato-Streicher", "solo cello": "Solocello", "harp": "Harfe",
    "timpani": "Pauken", "choir": "Chor", "horns": "Hörner", "brass section": "Blechbläser",
    "trombones": "Posaunen", "muted trumpet": "gedämpfte Trompete", "clarinet": "Klarinette",
    "bassoon": "Fagott", "flute": "Flöte", "oboe": "Oboe", "shakuhachi": "Shakuhachi", "kalimba": "Kalimba",
    "drum kit": "Schlagzeug", "warm pad": "warme Fläche", "glass pad": "gläserne Fläche",
    "dark pad": "dunkle Fläche", "saw pad": "Sägezahnfläche", "saw lead": "Sägezahn-Lead",
    "square lead": "Rechteck-Lead", "pluck": "Pluck", "bell synth": "Glockensynth", "sub bass": "Subbass",
    "saw bass": "Sägezahnbass", "square bass": "Rechteckbass", "pulse arp": "Puls-Arpeggio",
    "chip square": "Chip-Rechteck", "chip triangle": "Chip-Dreieck", "chip noise": "Chip-Rauschen",
    "electronic kit": "elektronische Drums", "lo-fi kit": "Lo-Fi-Drums", "cinematic drums": "Filmtrommeln",
    "riser": "Riser", "impact": "Schlag", "reverse swell": "umgekehrter Schweller", "drone": "Bordun",
    "breath": "Atem",
    "tine piano": "FM-Piano", "harpsichord": "Cembalo", "clavinet": "Clavinet", "drawbar organ": "Hammondorgel",
    "rock organ": "Rockorgel", "dulcimer": "Hackbrett", "bandoneon": "Bandoneon", "harmonica": "Mundharmonika",
    "banjo": "Banjo", "sitar": "Sitar", "koto": "Koto", "slap bass": "Slapbass", "tuba": "Tuba", "violin": "Violine",
    "viola": "Bratsche", "fiddle": "Fiedel", "trumpets": "Trompeten", "alto saxophone": "Altsaxofon",
    "tenor saxophone": "Tenorsaxofon", "piccolo": "Piccoloflöte", "recorder": "Blockflöte", "pan flute": "Panflöte",
    "tin whistle": "Tin Whistle", "bagpipe": "Dudelsack", "shehnai": "Shehnai", "808 bass": "808-Bass",
    "clipped 808": "verzerrter 808-Bass", "reese bass": "Reese-Bass", "wobble bass": "Wobble-Bass",
    "supersaw": "Supersaw", "tuned cowbell": "gestimmte Kuhglocke", "driven guitar": "E-Gitarre am Verstärker",
    "second driven guitar": "zweite E-Gitarre am Verstärker", "palm-muted guitar": "abgedämpfte E-Gitarre",
    "crunch guitar": "angezerrte Gitarre", "lead guitar": "Leadgitarre", "gated kit": "Gated Drums",
    "techno kit": "Techno-Drums", "trap kit": "Trap-Drums", "hand drums": "Handtrommeln",
}  # fmt: skip
SOUNDS: Mapping[str, str] = {
    "rain": "Regen", "wind": "Wind", "snow hush": "gedämpfte Stille im Schnee", "sea": "Meer",
    "stream": "Bach", "forest": "Wald", "birds": "Vögel", "night insects": "Insekten der Nacht",
    "fire": "Feuer", "city": "Stadt", "traffic": "Verkehr", "crowd": "Menschenmenge",
    "room tone": "Raumton", "train": "Zug", "engine": "Motor", "footsteps": "Schritte",
    "heartbeat": "Herzschlag", "impact": "Aufprall", "whoosh": "Rauschen im Vorbeiflug",
    "airplane": "Flugzeug", "bicycle": "Fahrrad", "swish": "Kanten im Schnee", "clock": "Uhr",
    "typing": "Tippen", "hum": "Brummen", "glasses": "Gläser",
}  # fmt: skip
