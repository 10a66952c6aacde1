"""The commonest mood words of five other languages, in terms of the English vocabulary.

Written without accents, as `text_cleaning.words` leaves them. The left side is a key of `vocabulary.MOODS`,
of `genres` or of `modifiers`; where two languages share a spelling they agree on the meaning, or the word is
left out.
"""

from immersivaudio.i18n import musical
from immersivaudio.stages.enhance.ambiguous_words import ORDINARY
from immersivaudio.stages.enhance.text_cleaning import key

_WORDS: dict[str, str] = {
    # Spanish; French; German; Italian; Portuguese
    "happy": "feliz, contento, contenta, heureux, heureuse, glucklich, felice, contente",
    "joyful": "alegre, alegria, joyeux, joyeuse, joie, frohlich, freudig, freude, gioioso, gioia, allegria",
    "cheerful": "gai, gaie, heiter, allegra",
    "sad": "triste, tristeza, tristesse, traurig, trauer, tristezza",
    "melancholic": (
        "melancolico, melancolica, melancolique, melancolie, melancholisch, malinconico, malinconica"
    ),
    "calm": "calma, tranquilo, tranquila, calme, tranquille, ruhig, tranquillo, tranquilla, calmo",
    "peaceful": "pacifico, pacifica, paisible, paix, friedlich, pacato, paz, frieden",
    "relaxing": (
        "relajante, relajado, relaxant, entspannt, entspannend, rilassante, relaxante, rilassato, detente"
    ),
    "romantic": (
        "romantico, romantica, romantique, romantisch, amor, amour, liebe, amore, boda, mariage, "
        "hochzeit, matrimonio, casamento, nozze"
    ),
    "tender": "tierno, tierna, tendre, doux, douce, zartlich, sanft, tenero, dolce, terno",
    "scary": (
        "horreur, orrore, miedo, terrorifico, aterrador, effrayant, peur, gruselig, angst, pauroso, "
        "spaventoso, paura, "
        "assustador"
    ),
    "creepy": "inquietante, siniestro, sinistre, unheimlich, sinistro",
    "dark": "scuro, scura, oscuro, oscura, sombrio, sombria, obscur, obscure, dunkel, duster, buio, "
    "cupo, escuro, escura",
    "tense": "tenso, tensa, tendu, tendue, angespannt, spannend, teso, suspenso, spannung",
    "mysterious": (
        "misterioso, misteriosa, misterio, mysterieux, mysterieuse, geheimnisvoll, ratselhaft, mistero"
    ),
    "epic": "epico, epica, epique, episch, grandioso",
    "heroic": "heroico, heroica, heroique, heldenhaft, eroico",
    "energetic": "energico, energica, energique, energisch, energiegeladen",
    "upbeat": "animado, animada",
    "lively": "vivant, vivante, lebhaft, lebendig, movimentato",
    "exciting": "emocionante, excitant, aufregend, emozionante, eccitante, empolgante",
    "funny": (
        "divertido, divertida, gracioso, drole, amusant, amusante, lustig, witzig, divertente, buffo, "
        "engracado"
    ),
    "playful": "jugueton, joueur, espiegle, verspielt, giocoso, brincalhao",
    "dreamy": "sonador, onirico, reveur, onirique, vertraumt, traumerisch, sognante, sonhador",
    "nostalgic": "nostalgico, nostalgica, nostalgique, nostalgie, nostalgisch, saudade",
    "hopeful": (
        "esperanzador, esperanza, plein d espoir, espoir, hoffnungsvoll, hoffnung, speranzoso, speranza, "
        "esperanca"
    ),
    "inspiring": (
        "inspirador, inspirant, inspirierend, ispirante, inspiradora, motivador, motivant, motivierend, "
        "motivante"
    ),
    "angry": (
        "enojado, furioso, furiosa, furieuse, en colere, colere, wutend, zornig, arrabbiato, arrabbiata, "
        "rabbia, zangado"
    ),
    "anxious": "anxieuse, nervioso, nerviosa",
    "serious": "serieuse, seria, ernsthaft",
    "aggressive": "agresivo, agressif, aggressiv, aggressivo, agressivo",
    "dramatic": "dramatico, dramatica, dramatique, dramatisch, drammatico",
    "lonely": "solitario, solitaria, soledad, seul, einsam, sozinho",
    "elegant": "elegante, beau, belle, schon, hermoso, bello, bella, bonito, lindo",
    "magical": "magico, magica, magique, magisch, zauberhaft",
    "festive": (
        "festivo, fete, festif, festlich, festa, festoso, cumpleanos, anniversaire, geburtstag, "
        "compleanno, aniversario, feier, fete foraine"
    ),
    "christmas": "navidad, navideno, navidena, noel, weihnachten, weihnachtlich, natale, natalizio, natal",
    "warm": (
        "calido, chaleureux, gemutlich, caldo, acolhedor, freundlich, herzlich, familia, famille, "
        "familie, famiglia"
    ),
    "adventurous": (
        "aventura, aventure, abenteuer, avventura, aventurero, abenteuerlich, viaje, viaggio, viagem, reise"
    ),
    "action": "accion, azione, acao",
    "urgent": "persecucion, verfolgung, verfolgungsjagd, poursuite, inseguimento, perseguicao",
    "thriller": "krimi",
    "children": "ninos, infantil, enfants, kinder, bambini, criancas, enfantin, kindlich",
    "baby": "bebe, bambino, bambina, nino, nina, nene",
    "dance": "baile, bailar, bailable, danser, tanzen, tanz, tanzbar, ballare, dancar, danca, danse",
    "summer": "ete, verano, sommer, verao, vacances d ete",
    "powerful": "poderoso, potente, puissant, puissante, kraftvoll, machtig",
    "quiet": "leise, silencioso, silencieux, silenzioso",
    "emotional": "emotivo, emouvant, beruhrend, commovente, emocional, emotionnel",
    "cool": "geil, genial",
    "majestic": "majestuoso, majestueux, majestatisch, maestoso, majestoso",
    "atmospheric": "atmosferico, atmospherique, atmospharisch",
    "strange": "extrano, etrange, seltsam, strano, estranho",
    "slow": "lento, lenta, lent, lente, langsam, devagar",
    "fast": "rapido, rapida, rapide, vite, schnell, veloce",
    "classical": "clasica, classique, klassisch, klassik, classica",
    "drums": "bateria, tambores, batterie, schlagzeug, trommeln, batteria, tambor, tamburi, tamburo, "
    "tambours, trommel",
    "piano": "pianoforte, klavier, klaviermusik, clavier",
    "trumpet": "trompeta, trompette, trompete, tromba",
    "flute": "flauta, flote, flauto",
    "saxophone": "saxofon, saxofono, sassofono, saxofone",
    "accordion": "acordeon, akkordeon, fisarmonica, accordeon, acordeao",
    "organ": "orgue, orgel, organo, orgao",
    "harp": "arpa, harpe, harfe, harpa",
    "bass": "bajo, basse, basso, baixo",
    "voices": "voces, voix, stimmen, voci, vozes, gesang, chant",
    "guitar": "guitarra, guitare, gitarre, chitarra, violao",
    "violin": "violon, geige, violino",
    "strings": "cuerdas, cordes, streicher, archi, cordas",
    "melody": "melodie, melodia, leadmelodie",
    "choir": "choeur, chor, coro, coros, choeurs, coral",
    "darker": "dunkler, dusterer, finsterer",
    "brighter": "heller",
    "sadder": "trauriger",
    "happier": "frohlicher, glucklicher",
    "calmer": "ruhiger",
    "faster": "schneller",
    "slower": "langsamer",
    "funnier": "lustiger",
    "folk": "volksmusik, folklore, folclore",
    "silly": "albern, sciocco, bobo, tonto",
    "noisy": "ruidoso, ruidosa, bruyant, laut",
    "not": (
        "nicht, nichts, nie, pas, jamais, nunca, nao, kein, keine, keinen, keiner, non, nada, niente, "
        "rien, ni"
    ),
    "without": "sin, sans, ohne, senza, sem",
    "very": "muy, mucho, tres, sehr, molto, muito, tanto, beaucoup",
    "slightly": (
        "un poco, poco, un peu, ein bisschen, bisschen, etwas, leicht, un po, um pouco, pouco, legerement"
    ),
    "too": "demasiado, trop, zu, troppo, demais",
    "more": "mehr, piu",
    "less": "menos, moins, weniger, meno",
    "and": "et, und, ed",
    "but": "pero, aber, sed, porem, sondern",
}

_CALLED: dict[str, str] = {
    key(word): mood for table in musical.TABLES.values() for mood, word in table.MOODS.items()
}
"""What the bots call each mood: whoever says that word back means that mood."""

_ENDINGS: dict[str, dict[str, str]] = {
    "de": {"e": "er es en em", "": "e er es en em"},
    "es": {"o": "a os as", "or": "ora ores oras", "z": "ces", "l": "les", "e": "es", "": "s"},
    "fr": {
        "e": "es",
        "x": "se ses",
        "if": "ive ifs ives",
        "eur": "euse eurs euses",
        "s": "e es",
        "": "e s es",
    },
    "pt": {"o": "a os as", "or": "ora ores oras", "z": "zes", "l": "is", "e": "es", "": "s"},
}
"""Language -> how an adjective ends as a mood's name -> how else it may end. Looked up in order."""


def _inflected() -> dict[str, str]:
    """Return the other endings of what the bots call the moods, where English has no such word."""
    found: dict[str, str] = {}
    for language, table in musical.TABLES.items():
        for mood, word in table.MOODS.items():
            named = key(word)
            ending = next(ending for ending in _ENDINGS[language] if named.endswith(ending))
            stem = named.removesuffix(ending)
            found |= {stem + other: mood for other in _ENDINGS[language][ending].split()}
    return {word: mood for word, mood in found.items() if " " not in word and word not in ORDINARY}


TO_ENGLISH: dict[str, str] = (
    _inflected() | _CALLED | {word: name for name, words in _WORDS.items() for word in words.split(", ")}
)
"""Foreign word or phrase -> the English key."""
