"""Spanish."""

from collections.abc import Mapping

AND = "y"
KEY = "{note} {mode}"
NOTES: Mapping[str, str] = {
    "C": "do", "D": "re", "E": "mi", "F": "fa", "G": "sol", "A": "la", "B": "si", "C#": "do sostenido",
    "D#": "re sostenido", "E#": "mi sostenido", "F#": "fa sostenido", "G#": "sol sostenido",
    "A#": "la sostenido", "B#": "si sostenido", "Cb": "do bemol", "Db": "re bemol", "Eb": "mi bemol",
    "Fb": "fa bemol", "Gb": "sol bemol", "Ab": "la bemol", "Bb": "si bemol",
}  # fmt: skip
MODES: Mapping[str, str] = {
    "ionian": "mayor", "aeolian": "menor", "dorian": "dórico", "phrygian": "frigio", "lydian": "lidio",
    "mixolydian": "mixolidio",
    "harmonic minor": "menor armónico", "phrygian dominant": "frigio dominante",
}  # fmt: skip
MOODS: Mapping[str, str] = {
    "adventurous": "aventurero", "aggressive": "agresivo", "angry": "enfadado", "anxious": "ansioso",
    "atmospheric": "atmosférico", "bittersweet": "agridulce", "bored": "aburrido", "calm": "tranquilo",
    "carefree": "despreocupado", "chaotic": "caótico", "confident": "seguro", "content": "satisfecho",
    "creepy": "inquietante", "dangerous": "peligroso", "dark": "oscuro", "depressed": "deprimido",
    "disgusted": "asqueado", "dramatic": "dramático", "dreamy": "soñador", "easygoing": "desenfadado",
    "ecstatic": "extático", "elegant": "elegante", "energetic": "enérgico", "epic": "épico",
    "evil": "malvado", "excited": "emocionado", "festive": "festivo", "frustrated": "frustrado",
    "funny": "divertido", "futuristic": "futurista", "groovy": "bailable", "happy": "feliz",
    "heartbroken": "desconsolado", "heroic": "heroico", "hopeful": "esperanzado", "hypnotic": "hipnótico",
    "inspiring": "inspirador", "joyful": "alegre", "lonely": "solitario", "magical": "mágico",
    "majestic": "majestuoso", "meditative": "meditativo", "melancholic": "melancólico",
    "mournful": "fúnebre", "mysterious": "misterioso", "nostalgic": "nostálgico", "passionate": "apasionado",
    "peaceful": "apacible", "playful": "juguetón", "quirky": "extravagante", "reflective": "reflexivo",
    "regretful": "arrepentido", "relaxing": "relajante", "romantic": "romántico", "sad": "triste",
    "sarcastic": "sarcástico", "scary": "aterrador", "serious": "serio", "sneaky": "sigiloso",
    "spiritual": "espiritual", "strange": "extraño", "subtle": "sutil", "tender": "tierno", "tense": "tenso",
    "triumphant": "triunfal", "upbeat": "animado", "urgent": "urgente", "warm": "cálido",
    "wistful": "añorante",
}  # fmt: skip
PLAYERS: Mapping[str, str] = {
    "piano": "piano", "electric piano": "piano eléctrico", "celesta": "celesta",
    "glockenspiel": "glockenspiel", "music box": "caja de música", "vibraphone": "vibráfono",
    "marimba": "marimba", "xylophone": "xilófono", "tubular bells": "campanas tubulares", "organ": "órgano",
    "accordion": "acordeón", "nylon guitar": "guitarra española", "steel guitar": "guitarra acústica",
    "jazz guitar": "guitarra de jazz", "clean guitar": "guitarra limpia", "muted guitar": "guitarra apagada",
    "overdriven guitar": "guitarra distorsionada", "upright bass": "contrabajo",
    "finger bass": "bajo eléctrico", "picked bass": "bajo con púa", "fretless bass": "bajo sin trastes",
    "violins": "violines", "violas": "violas", "cellos": "violonchelos", "double basses": "contrabajos",
    "slow strings": "cuerdas lentas", "tremolo strings": "cuerdas en trémolo",
    "pizzicato strings": "cuerdas en pizzicato", "solo cello": "violonchelo solo", "harp": "arpa",
    "timpani": "timbales", "choir": "coro", "horns": "trompas", "brass section": "metales",
    "trombones": "trombones", "muted trumpet": "trompeta con sordina", "clarinet": "clarinete",
    "bassoon": "fagot", "flute": "flauta", "oboe": "oboe", "shakuhachi": "shakuhachi", "kalimba": "kalimba",
    "drum kit": "batería", "warm pad": "colchón cálido", "glass pad": "colchón cristalino",
    "dark pad": "colchón oscuro", "saw pad": "colchón de sierra", "saw lead": "solo de sierra",
    "square lead": "solo cuadrado", "pluck": "pluck", "bell synth": "sinte de campanas",
    "sub bass": "subgrave", "saw bass": "bajo de sierra", "square bass": "bajo cuadrado",
    "pulse arp": "arpegio de pulso", "chip square": "chip cuadrado", "chip triangle": "chip triangular",
    "chip noise": "ruido de chip", "electronic kit": "batería electrónica", "lo-fi kit": "batería lo-fi",
    "cinematic drums": "tambores de cine", "riser": "subida", "impact": "golpe",
    "reverse swell": "crescendo inverso", "drone": "bordón", "breath": "aliento",
    "tine piano": "piano FM", "harpsichord": "clave", "clavinet": "clavinet", "drawbar organ": "órgano Hammond",
    "rock organ": "órgano de rock", "dulcimer": "salterio", "bandoneon": "bandoneón", "harmonica": "armónica",
    "banjo": "banjo", "sitar": "sitar", "koto": "koto", "slap bass": "bajo slap", "tuba": "tuba", "violin": "violín",
    "viola": "viola", "fiddle": "violín folclórico", "trumpets": "trompetas", "alto saxophone": "saxo alto",
    "tenor saxophone": "saxo tenor", "piccolo": "flautín", "recorder": "flauta dulce", "pan flute": "zampoña",
    "tin whistle": "flauta irlandesa", "bagpipe": "gaita", "shehnai": "shehnai", "808 bass": "bajo 808",
    "clipped 808": "bajo 808 saturado", "reese bass": "bajo reese", "wobble bass": "bajo wobble",
    "supersaw": "supersaw", "tuned cowbell": "cencerro afinado", "driven guitar": "guitarra con distorsión",
    "second driven guitar": "segunda guitarra con distorsión", "palm-muted guitar": "guitarra apagada con la palma",
    "crunch guitar": "guitarra crunch", "lead guitar": "guitarra solista", "gated kit": "batería con puerta",
    "techno kit": "batería techno", "trap kit": "batería trap", "hand drums": "tambores de mano",
}  # fmt: skip
SOUNDS: Mapping[str, str] = {
    "rain": "lluvia", "wind": "viento", "snow hush": "silencio de nieve", "sea": "mar", "stream": "arroyo",
    "forest": "bosque", "birds": "pájaros", "night insects": "insectos nocturnos", "fire": "fuego",
    "city": "ciudad", "traffic": "tráfico", "crowd": "gentío", "room tone": "ambiente de sala",
    "train": "tren", "engine": "motor", "footsteps": "pasos", "heartbeat": "latidos", "impact": "impacto",
    "whoosh": "zumbido al pasar",
    "airplane": "avión", "bicycle": "bicicleta", "swish": "cantos en la nieve", "clock": "reloj",
    "typing": "teclado", "hum": "zumbido", "glasses": "copas",
}  # fmt: skip
