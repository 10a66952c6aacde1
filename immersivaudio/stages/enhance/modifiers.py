"""Small words that turn others round: negation, degree, pace. Tables, and nothing else."""

NEGATIONS = frozenset({
    "not", "no", "without", "never", "none", "nothing", "isnt", "arent", "aint", "dont", "doesnt", "wont",
    "avoid", "minus", "nor", "neither", "cannot", "cant", "shouldnt", "zero", "lacking", "exclude",
    "excluding", "except", "except for", "apart from", "other than", "anything but", "everything but",
    "all but", "remove", "mute", "skip", "leave out", "take out", "get rid of", "free of", "i hate",
    "hates", "wouldnt", "didnt", "nobody wants", "weder", "nem", "mai", "ne ne", "nessun", "nessuna",
    "nessuno",
    "nenhum", "nenhuma", "ningun", "ninguna", "aucun", "aucune", "jamas", "nirgends",
})  # fmt: skip
"""They deny what follows in their clause."""

OPENERS = frozenset({
    "not only", "not just", "not merely", "why not", "no matter", "no worries", "no problem", "no limits",
    "cant wait", "never mind", "no doubt", "no one",
})  # fmt: skip
"""Phrases that hold a negation and deny nothing."""

DEGREES: dict[str, float] = {
    "very": 1.3, "really": 1.3, "so": 1.2, "super": 1.4, "extremely": 1.5, "incredibly": 1.4, "ultra": 1.4,
    "insanely": 1.5, "totally": 1.3, "deeply": 1.3, "highly": 1.3, "utterly": 1.5, "quite": 1.0, "pretty":
    1.0,
    "fairly": 0.8, "rather": 0.9, "somewhat": 0.6, "slightly": 0.5, "a bit": 0.5, "a little": 0.5, "bit": 0.5,
    "little": 0.5, "a touch": 0.4, "a hint of": 0.4, "hint of": 0.4, "mildly": 0.5, "kind of": 0.6,
    "kinda": 0.6, "a tad": 0.5, "tad": 0.5, "semi": 0.6, "way": 1.3, "mega": 1.4, "hella": 1.4,
    "absolutely": 1.4, "particularly": 1.0, "a lot": 1.3, "sort of": 0.6, "barely": 0.3, "hardly": 0.3,
    "vaguely": 0.4, "faintly": 0.4, "subtly": 0.5,
}  # fmt: skip
"""They stretch or shrink what follows. Also moods where nothing follows ("pretty")."""

RELATIVES: dict[str, float] = {"more": 0.6, "even": 1.2, "much": 1.3, "less": -0.6, "fewer": -0.6}
"""They ask for a step from where the music is, not for a place."""

EXCESS = frozenset({"too", "overly", "excessively"})
"""After a negation: "not too sad" wants a step away, not the opposite."""

COMPARATIVES: dict[str, str] = {
    "happier": "happy", "sadder": "sad", "darker": "dark", "calmer": "calm", "softer": "tender",
    "gentler": "tender", "warmer": "warm", "scarier": "scary", "creepier": "creepy", "funnier": "funny",
    "brighter": "bright", "lighter": "light", "heavier": "heavy", "wilder": "wild", "angrier": "angry",
    "moodier": "moody", "dreamier": "dreamy", "livelier": "lively", "stronger": "strong",
    "groovier": "groovy", "punchier": "punchy", "sweeter": "sweet", "bolder": "bold", "bigger": "epic",
    "tenser": "tense", "gloomier": "gloomy", "cosier": "cosy", "cozier": "cozy", "edgier": "edgy",
    "stranger": "strange", "weirder": "weird", "simpler": "simple", "cheerier": "cheery",
    "spookier": "creepy", "cuter": "playful", "cooler": "cool", "smoother": "smooth",
    "harder": "aggressive", "merrier": "joyful", "grander": "grand", "mellower": "mellow", "sexier": "sexy",
}  # fmt: skip

CONNECTIVES = frozenset({
    "and", "or", "nor", "but", "yet", "with", "plus", "of", "the", "a", "an", "in", "to",
})  # fmt: skip
"""They neither end a negation's reach ("not sad or dark") nor use it up."""

TURNS = frozenset({"but", "yet", "rather", "instead", "although", "though"})
"""They end a negation's reach: "not sad but calm"."""

SOLES = frozenset({
    "only", "just", "solely", "purely", "solo", "nothing but", "nothing except", "nur", "bloss", "lediglich",
    "ausschliesslich", "nichts als", "seulement", "uniquement", "juste", "rien que", "que du",
    "que de la", "que des",
    "solamente", "unicamente", "nada mas que", "tan solo", "soltanto", "nient altro che", "apenas", "somente",
    "nada alem de", "unaccompanied",
})  # fmt: skip
"""They end it, too, and before an instrument they exclude all others: "not sad, just piano"."""

ALONE = frozenset({
    "only", "alone", "nur", "allein", "seulement", "seul", "seule", "seuls", "seules", "solamente",
    "solo", "sola", "solos",
    "sozinho", "sozinha", "unaccompanied", "nothing else", "and nothing else", "by itself",
    "on its own", "e basta",
    "y nada mas", "et rien d autre", "sonst nichts", "und sonst nichts",
})  # fmt: skip
"""The same, after the player: "piano only"."""

ARTICLES = frozenset({
    "a", "an", "the", "and", "some", "ein", "eine", "un", "une", "una", "el", "la", "le", "du", "de",
    "des", "del",
    "d", "l", "il", "lo", "los", "las", "les", "der", "die", "das", "den", "dem", "o", "os", "as", "um",
    "uma", "i", "gli",
})  # fmt: skip
"""Words that may stand between "only" and its player."""

PACES: dict[str, float] = {
    "very slow": 0.7, "slow": 0.8, "slowly": 0.8, "slower": 0.85, "downtempo": 0.8, "slow paced": 0.8,
    "slow motion": 0.75, "half time": 0.7, "moderate": 1.0, "medium tempo": 1.0, "mid tempo": 1.0,
    "fast": 1.25, "faster": 1.15, "quick": 1.2, "quicker": 1.15, "fast paced": 1.25, "speedy": 1.25,
    "rapid": 1.25, "very fast": 1.4, "double time": 1.4, "high speed": 1.3,
}  # fmt: skip
"""Factors on the tempo that the mood alone would have."""

TEMPI: dict[str, float] = {
    "larghissimo": 44, "grave tempo": 44, "largo": 52, "larghetto": 62, "adagio": 66, "adagietto": 72,
    "andante": 84, "andantino": 90, "moderato": 108, "allegretto": 114, "allegro": 128, "vivace": 152,
    "presto": 176, "prestissimo": 200,
}  # fmt: skip
"""Italian tempo marks, beats a minute."""

MODES: dict[str, str] = {
    "major": "ionian", "minor": "aeolian", "ionian": "ionian", "dorian": "dorian", "phrygian": "phrygian",
    "lydian": "lydian", "mixolydian": "mixolydian", "aeolian": "aeolian", "maj": "ionian", "dur": "ionian",
    "moll": "aeolian", "majeur": "ionian", "mineur": "aeolian", "mayor": "ionian", "maior": "ionian",
    "menor": "aeolian",
    "maggiore": "ionian", "minore": "aeolian", "harmonic minor": "harmonic minor",
    "phrygian dominant": "phrygian dominant", "freygish": "phrygian dominant", "hijaz": "phrygian dominant",
}  # fmt: skip
"""Mode words -> modes of a cue sheet."""

IDLE = frozenset({
    "d", "l", "j", "qu", "n", "s", "c", "m", "t", "dell", "all", "nell",
    "a", "an", "the", "and", "or", "of", "in", "on", "at", "for", "to", "with", "by", "from", "my", "me",
    "i", "it", "its", "is", "are", "be", "this", "that", "some", "make", "made", "please", "music", "song",
    "track", "bgm", "sound", "sounds", "sounding", "played", "playing", "first", "starts", "starting",
    "begins", "beginning", "still", "bring", "volume", "soundtrack", "score", "audio", "video", "clip",
    "film",
    "movie", "style", "feel", "feeling", "feels", "mood", "vibe", "vibes", "like", "kind", "want", "need",
    "would", "should", "could", "can", "you", "your", "give", "something", "anything", "nice", "good",
    "great", "best", "big", "add", "use", "using", "as", "just", "only", "very", "really", "so", "more",
    "less", "but", "tempo", "beat", "beats", "bpm", "key", "theme", "tune", "piece", "melody", "background",
    "mode", "scale", "keep", "let", "have", "has", "put", "full", "any", "will", "we", "us", "our", "they",
    "them", "there", "here", "what", "when", "which", "where", "while", "also", "into", "over", "under",
    "out", "up", "down", "off", "about", "around", "between", "during", "after", "before", "again", "then",
    "than", "such", "each", "every", "own", "same", "other", "another", "who", "wants", "id", "im", "ive",
    "get", "got", "go", "one", "thing", "things", "way", "lot", "lots", "bit", "part", "scene", "shot",
    "start", "end", "ending", "whole", "idk", "maybe", "think", "guess", "was", "were", "been", "being",
    "do", "does", "did", "because", "through", "el", "la", "le", "les", "los", "las", "lo", "il", "gli",
    "der", "die", "das", "den", "dem", "des", "un", "une", "una", "uno", "um", "uma", "ein", "eine",
    "einen", "einem", "einer", "de", "del", "della", "di", "da", "du", "au", "aux", "al", "para", "por",
    "pour", "per", "fur", "con", "com", "avec", "mit", "wie", "como", "comme", "come", "mi", "mon", "ma",
    "mes", "mein", "meine", "meinen", "mio", "mia", "meu", "minha", "es", "est", "ist", "esta", "e", "y",
    "o", "ou", "oder", "que", "et", "en", "am", "zum", "zur", "von", "vom", "bitte", "musica", "musique",
    "musik", "ambiance", "ambiente", "stimmung", "algo", "quelque", "chose", "qualcosa", "soll", "sein",
    "soit", "plein", "pleine", "voll", "lleno", "llena", "pieno", "piena", "cheio", "cheia", "filled",
    "vous", "tu", "te", "elle", "plait", "stp", "svp", "favor", "porfa", "gracias", "danke",
    "merci", "obrigado", "obrigada", "grazie", "thanks", "thank", "thx", "pls", "plz", "hello", "hi", "hey",
    "hallo", "hola", "bonjour", "ola", "ciao", "peli", "lied", "cancion", "chanson",
    "canzone", "ich", "wir", "mach", "mache", "haz", "fais", "faz", "fai", "quiero", "mochte", "veux",
    "quero", "voglio", "d abord", "abord", "erst", "zuerst", "primero", "primeiro", "prima", "anfangs",
    "debut", "som", "sonido", "bruit", "suono", "auf", "ins", "bei", "dans", "sur", "sobre", "su",
    "nel", "nella", "no",
})  # fmt: skip
"""Words of six languages that say nothing of a mood: never corrected, and no part of a negation's reach."""
