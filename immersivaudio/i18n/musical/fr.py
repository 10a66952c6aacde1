"""French."""

from collections.abc import Mapping

AND = "et"
KEY = "{note} {mode}"
NOTES: Mapping[str, str] = {
    "C": "do", "D": "ré", "E": "mi", "F": "fa", "G": "sol", "A": "la", "B": "si", "C#": "do dièse",
    "D#": "ré dièse", "E#": "mi dièse", "F#": "fa dièse", "G#": "sol dièse", "A#": "la dièse",
    "B#": "si dièse", "Cb": "do bémol", "Db": "ré bémol", "Eb": "mi bémol", "Fb": "fa bémol",
    "Gb": "sol bémol", "Ab": "la bémol", "Bb": "si bémol",
}  # fmt: skip
MODES: Mapping[str, str] = {
    "ionian": "majeur", "aeolian": "mineur", "dorian": "dorien", "phrygian": "phrygien", "lydian": "lydien",
    "mixolydian": "mixolydien",
    "harmonic minor": "mineur harmonique", "phrygian dominant": "phrygien dominant",
}  # fmt: skip
MOODS: Mapping[str, str] = {
    "adventurous": "aventureux", "aggressive": "agressif", "angry": "furieux", "anxious": "anxieux",
    "atmospheric": "atmosphérique", "bittersweet": "doux-amer", "bored": "ennuyé", "calm": "calme",
    "carefree": "insouciant", "chaotic": "chaotique", "confident": "confiant", "content": "content",
    "creepy": "inquiétant", "dangerous": "dangereux", "dark": "ténébreux", "depressed": "déprimé",
    "disgusted": "dégoûté", "dramatic": "dramatique", "dreamy": "rêveur", "easygoing": "décontracté",
    "ecstatic": "extatique", "elegant": "élégant", "energetic": "énergique", "epic": "épique",
    "evil": "maléfique", "excited": "excité", "festive": "festif", "frustrated": "frustré", "funny": "drôle",
    "futuristic": "futuriste", "groovy": "groovy", "happy": "heureux", "heartbroken": "déchirant",
    "heroic": "héroïque", "hopeful": "optimiste", "hypnotic": "hypnotique", "inspiring": "inspirant",
    "joyful": "joyeux", "lonely": "solitaire", "magical": "magique", "majestic": "majestueux",
    "meditative": "méditatif", "melancholic": "mélancolique", "mournful": "endeuillé",
    "mysterious": "mystérieux", "nostalgic": "nostalgique", "passionate": "passionné",
    "peaceful": "paisible", "playful": "enjoué", "quirky": "loufoque", "reflective": "pensif",
    "regretful": "contrit", "relaxing": "relaxant", "romantic": "romantique", "sad": "triste",
    "sarcastic": "sarcastique", "scary": "effrayant", "serious": "sérieux", "sneaky": "furtif",
    "spiritual": "spirituel", "strange": "étrange", "subtle": "subtil", "tender": "tendre", "tense": "tendu",
    "triumphant": "triomphal", "upbeat": "entraînant", "urgent": "pressant", "warm": "chaleureux",
    "wistful": "songeur",
}  # fmt: skip
PLAYERS: Mapping[str, str] = {
    "piano": "piano", "electric piano": "piano électrique", "celesta": "célesta",
    "glockenspiel": "glockenspiel", "music box": "boîte à musique", "vibraphone": "vibraphone",
    "marimba": "marimba", "xylophone": "xylophone", "tubular bells": "cloches tubulaires", "organ": "orgue",
    "accordion": "accordéon", "nylon guitar": "guitare classique", "steel guitar": "guitare folk",
    "jazz guitar": "guitare jazz", "clean guitar": "guitare claire", "muted guitar": "guitare étouffée",
    "overdriven guitar": "guitare saturée", "upright bass": "contrebasse", "finger bass": "basse aux doigts",
    "picked bass": "basse au médiator", "fretless bass": "basse fretless", "violins": "violons",
    "violas": "altos", "cellos": "violoncelles", "double basses": "contrebasses",
    "slow strings": "cordes lentes", "tremolo strings": "cordes en trémolo",
    "pizzicato strings": "cordes en pizzicato", "solo cello": "violoncelle solo", "harp": "harpe",
    "timpani": "timbales", "choir": "chœur", "horns": "cors", "brass section": "cuivres",
    "trombones": "trombones", "muted trumpet": "trompette bouchée", "clarinet": "clarinette",
    "bassoon": "basson", "flute": "flûte", "oboe": "hautbois", "shakuhachi": "shakuhachi",
    "kalimba": "kalimba", "drum kit": "batterie", "warm pad": "nappe chaude",
    "glass pad": "nappe cristalline", "dark pad": "nappe sombre", "saw pad": "nappe en dents de scie",
    "saw lead": "lead en dents de scie", "square lead": "lead carré", "pluck": "pluck",
    "bell synth": "synthé de cloches", "sub bass": "infrabasse", "saw bass": "basse en dents de scie",
    "square bass": "basse carrée", "pulse arp": "arpège pulsé", "chip square": "chip carré",
    "chip triangle": "chip triangle", "chip noise": "bruit de chip",
    "electronic kit": "batterie électronique", "lo-fi kit": "batterie lo-fi",
    "cinematic drums": "tambours de cinéma", "riser": "montée", "impact": "impact",
    "reverse swell": "montée inversée", "drone": "bourdon", "breath": "souffle",
    "tine piano": "piano FM", "harpsichord": "clavecin", "clavinet": "clavinet", "drawbar organ": "orgue Hammond",
    "rock organ": "orgue rock", "dulcimer": "tympanon", "bandoneon": "bandonéon", "harmonica": "harmonica",
    "banjo": "banjo", "sitar": "sitar", "koto": "koto", "slap bass": "basse slap", "tuba": "tuba", "violin": "violon",
    "viola": "alto", "fiddle": "violon traditionnel", "trumpets": "trompettes", "alto saxophone": "saxophone alto",
    "tenor saxophone": "saxophone ténor", "piccolo": "piccolo", "recorder": "flûte à bec", "pan flute": "flûte de Pan",
    "tin whistle": "flûte irlandaise", "bagpipe": "cornemuse", "shehnai": "shehnai", "808 bass": "basse 808",
    "clipped 808": "basse 808 saturée", "reese bass": "basse reese", "wobble bass": "basse wobble",
    "supersaw": "supersaw", "tuned cowbell": "cloche accordée", "driven guitar": "guitare saturée",
    "second driven guitar": "seconde guitare saturée", "palm-muted guitar": "guitare étouffée",
    "crunch guitar": "guitare crunch", "lead guitar": "guitare solo", "gated kit": "batterie gated",
    "techno kit": "batterie techno", "trap kit": "batterie trap", "hand drums": "percussions à main",
}  # fmt: skip
SOUNDS: Mapping[str, str] = {
    "rain": "pluie", "wind": "vent", "snow hush": "silence de neige", "sea": "mer", "stream": "ruisseau",
    "forest": "forêt", "birds": "oiseaux", "night insects": "insectes de la nuit", "fire": "feu",
    "city": "ville", "traffic": "circulation", "crowd": "foule", "room tone": "fond de pièce",
    "train": "train", "engine": "moteur", "footsteps": "pas", "heartbeat": "battements de cœur",
    "impact": "impact", "whoosh": "sifflement au passage",
    "airplane": "avion", "bicycle": "vélo", "swish": "carres dans la neige", "clock": "horloge",
    "typing": "clavier", "hum": "bourdonnement", "glasses": "verres",
}  # fmt: skip
