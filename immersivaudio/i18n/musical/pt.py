"""Portuguese."""

from collections.abc import Mapping

AND = "e"
KEY = "{note} {mode}"
NOTES: Mapping[str, str] = {
    "C": "dó", "D": "ré", "E": "mi", "F": "fá", "G": "sol", "A": "lá", "B": "si", "C#": "dó sustenido",
    "D#": "ré sustenido", "E#": "mi sustenido", "F#": "fá sustenido", "G#": "sol sustenido",
    "A#": "lá sustenido", "B#": "si sustenido", "Cb": "dó bemol", "Db": "ré bemol", "Eb": "mi bemol",
    "Fb": "fá bemol", "Gb": "sol bemol", "Ab": "lá bemol", "Bb": "si bemol",
}  # fmt: skip
MODES: Mapping[str, str] = {
    "ionian": "maior", "aeolian": "menor", "dorian": "dórico", "phrygian": "frígio", "lydian": "lídio",
    "mixolydian": "mixolídio",
    "harmonic minor": "menor harmônico", "phrygian dominant": "frígio dominante",
}  # fmt: skip
MOODS: Mapping[str, str] = {
    "adventurous": "aventureiro", "aggressive": "agressivo", "angry": "furioso", "anxious": "ansioso",
    "atmospheric": "atmosférico", "bittersweet": "agridoce", "bored": "entediado", "calm": "calmo",
    "carefree": "despreocupado", "chaotic": "caótico", "confident": "confiante", "content": "satisfeito",
    "creepy": "sinistro", "dangerous": "perigoso", "dark": "sombrio", "depressed": "deprimido",
    "disgusted": "repugnado", "dramatic": "dramático", "dreamy": "sonhador", "easygoing": "descontraído",
    "ecstatic": "extasiado", "elegant": "elegante", "energetic": "enérgico", "epic": "épico",
    "evil": "maligno", "excited": "empolgado", "festive": "festivo", "frustrated": "frustrado",
    "funny": "divertido", "futuristic": "futurista", "groovy": "dançante", "happy": "feliz",
    "heartbroken": "desolado", "heroic": "heroico", "hopeful": "esperançoso", "hypnotic": "hipnótico",
    "inspiring": "inspirador", "joyful": "alegre", "lonely": "solitário", "magical": "mágico",
    "majestic": "majestoso", "meditative": "meditativo", "melancholic": "melancólico", "mournful": "fúnebre",
    "mysterious": "misterioso", "nostalgic": "nostálgico", "passionate": "apaixonado",
    "peaceful": "pacífico", "playful": "brincalhão", "quirky": "excêntrico", "reflective": "reflexivo",
    "regretful": "arrependido", "relaxing": "relaxante", "romantic": "romântico", "sad": "triste",
    "sarcastic": "sarcástico", "scary": "assustador", "serious": "sério", "sneaky": "furtivo",
    "spiritual": "espiritual", "strange": "estranho", "subtle": "sutil", "tender": "terno", "tense": "tenso",
    "triumphant": "triunfante", "upbeat": "animado", "urgent": "urgente", "warm": "caloroso",
    "wistful": "saudoso",
}  # fmt: skip
PLAYERS: Mapping[str, str] = {
    "piano": "piano", "electric piano": "piano elétrico", "celesta": "celesta",
    "glockenspiel": "glockenspiel", "music box": "caixa de música", "vibraphone": "vibrafone",
    "marimba": "marimba", "xylophone": "xilofone", "tubular bells": "sinos tubulares", "organ": "órgão",
    "accordion": "acordeão", "nylon guitar": "violão de nylon", "steel guitar": "violão de aço",
    "jazz guitar": "guitarra de jazz", "clean guitar": "guitarra limpa", "muted guitar": "guitarra abafada",
    "overdriven guitar": "guitarra distorcida", "upright bass": "contrabaixo",
    "finger bass": "baixo elétrico", "picked bass": "baixo com palheta", "fretless bass": "baixo fretless",
    "violins": "violinos", "violas": "violas", "cellos": "violoncelos", "double basses": "contrabaixos",
    "slow strings": "cordas lentas", "tremolo strings": "cordas em trêmulo",
    "pizzicato strings": "cordas em pizzicato", "solo cello": "violoncelo solo", "harp": "harpa",
    "timpani": "tímpanos", "choir": "coro", "horns": "trompas", "brass section": "metais",
    "trombones": "trombones", "muted trumpet": "trompete com surdina", "clarinet": "clarinete",
    "bassoon": "fagote", "flute": "flauta", "oboe": "oboé", "shakuhachi": "shakuhachi", "kalimba": "kalimba",
    "drum kit": "bateria", "warm pad": "pad quente", "glass pad": "pad cristalino", "dark pad": "pad escuro",
    "saw pad": "pad serra", "saw lead": "lead serra", "square lead": "lead quadrado", "pluck": "pluck",
    "bell synth": "sintetizador de sinos", "sub bass": "subgrave", "saw bass": "baixo serra",
    "square bass": "baixo quadrado", "pulse arp": "arpejo pulsado", "chip square": "chip quadrado",
    "chip triangle": "chip triangular", "chip noise": "ruído de chip",
    "electronic kit": "bateria eletrônica", "lo-fi kit": "bateria lo-fi",
    "cinematic drums": "tambores de cinema", "riser": "subida", "impact": "impacto",
    "reverse swell": "crescendo reverso", "drone": "bordão", "breath": "sopro",
    "tine piano": "piano FM", "harpsichord": "cravo", "clavinet": "clavinet", "drawbar organ": "órgão Hammond",
    "rock organ": "órgão de rock", "dulcimer": "saltério", "bandoneon": "bandoneon", "harmonica": "gaita de boca",
    "banjo": "banjo", "sitar": "sitar", "koto": "koto", "slap bass": "baixo slap", "tuba": "tuba", "violin": "violino",
    "viola": "viola de arco", "fiddle": "rabeca", "trumpets": "trompetes", "alto saxophone": "saxofone alto",
    "tenor saxophone": "saxofone tenor", "piccolo": "flautim", "recorder": "flauta doce", "pan flute": "flauta de pã",
    "tin whistle": "flauta irlandesa", "bagpipe": "gaita de foles", "shehnai": "shehnai", "808 bass": "baixo 808",
    "clipped 808": "baixo 808 saturado", "reese bass": "baixo reese", "wobble bass": "baixo wobble",
    "supersaw": "supersaw", "tuned cowbell": "cowbell afinado", "driven guitar": "guitarra distorcida",
    "second driven guitar": "segunda guitarra distorcida", "palm-muted guitar": "guitarra abafada",
    "crunch guitar": "guitarra crunch", "lead guitar": "guitarra solo", "gated kit": "bateria gated",
    "techno kit": "bateria techno", "trap kit": "bateria trap", "hand drums": "tambores de mão",
}  # fmt: skip
SOUNDS: Mapping[str, str] = {
    "rain": "chuva", "wind": "vento", "snow hush": "silêncio de neve", "sea": "mar", "stream": "riacho",
    "forest": "floresta", "birds": "pássaros", "night insects": "insetos noturnos", "fire": "fogo",
    "city": "cidade", "traffic": "trânsito", "crowd": "multidão", "room tone": "ambiente da sala",
    "train": "trem", "engine": "motor", "footsteps": "passos", "heartbeat": "batidas do coração",
    "impact": "impacto", "whoosh": "zunido ao passar",
    "airplane": "avião", "bicycle": "bicicleta", "swish": "bordas na neve", "clock": "relógio",
    "typing": "teclado", "hum": "zumbido", "glasses": "taças",
}  # fmt: skip
