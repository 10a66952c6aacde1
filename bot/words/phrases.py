"""Phrases that ask for something other than a mood, in the languages of the catalogue and Italian, as patterns
over folded text (`folded`). The first pattern that matches decides."""

import re
import unicodedata

CAP = 400
"""Characters that are read."""
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_NO_WORD = re.compile(r"[^\w:.\-–#]+|(?<!\d)[:.\-–]+|[:.\-–]+(?!\d)|_+")

_PLEASE = (
    r"please|pls|plz|bitte|por favor|porfa|s il (?:te|vous) plait|svp|stp|per favore|can you|could you|would you|"
    r"kannst du|mach|make it|make that|haz|fais|faz|fai|just|now|jetzt|ahora|maintenant|agora|ok|okay|"
    r"and|und|but|aber|pero|the same|same|dasselbe|lo mismo|la meme chose|o mesmo"
)
POLITE = re.compile(rf"^(?:(?:{_PLEASE}) )+|(?: (?:{_PLEASE}))+$")
"""What is said around a wish and says nothing of it."""

_BETTER = (
    r"better|best|nicer|prefer\w*|back|want|keep|besser|zuruck|lieber|schoner|mejor|vuelve|prefiero|quiero|mieux|"
    r"prefere|reviens|melhor|prefiro|volta|quero|meglio|preferisc\w+|torna|gefiel"
)
_FIRST = r"first|erste[nrs]?|primer[oa]?|premiere?|primeir[oa]|prim[oa]"
_BEFORE = r"previous|last one|one before|before that|vorige[nrs]?|davor|vorherige[nrs]?|anterior|precedente?|d avant"
_VOICE = (
    r"(?:voices?|speech|talking|own sound|original sound|original audio|stimmen?|sprache|originalton|eigene[nr]? ton|"
    r"voz|voces|habla|sonido original|voix|parole|son original|fala|som original|voce|suono originale)"
)
_KEEP = (
    r"keep|hear|leave|bring|louder|up|clearer|behalt\w*|lass\w*|hor\w*|lauter|klarer|conserv\w+|mant\w+|dej\w+|oir|"
    r"gard\w+|laiss\w+|entendre|deix\w+|ouvir|tieni|lascia|senti\w*"
)
_NO = r"no|without|remove|mute|drop|kein\w*|ohne|weg|sin|quita|sans|enleve|sem|tira|senza|togli"
_SOUNDS = (
    r"(?:sounds?|sound effects|effects|ambien\w+|gerausch\w*|sonidos|efectos|bruit\w*|bruitages?|effets|sons|efeitos|"
    r"rumori|effetti|suoni)(?: (?:of|der|de|da|della) (?:the |la )?(?:scene|szene|escena|cena|scena))?"
)

_EDITOR = (
    r"(?:for|fur|para|pour|per) (?:my|mein\w*|mi|mon|ma|o meu|a minha|il mio) "
    r"(?:editor\w*|editing|daw|schnitt\w*|logiciel de montage|montage|edicion|edicao|montaggio)|"
    r"timelines?|fcpxml|otio|dawproject|davinci resolve|premiere pro|final cut pro"
)
_ENDLESS = r"(?:endless(?:ly)?|endlos(?:e[nrs]?)?|seamless(?:ly)?|nahtlos(?:e[nrs]?)?|perfect|infinit[oa])"
_ROUND = r"(?:loop(?:s|ing|ed|en)?|endlosschleife|schleife|bucle|boucle|ciclo)"
_LOOP = (
    r"(?:(?:make (?:it|this)(?: an?)?|turn it into an?|as an?|an?|let it|als|mach (?:es|daraus)(?: zur| zu einer| eine?n?)?|"
    rf"hazlo en|haz(?: un)?|en|fais(?: en)? ?(?:une)?|fa[cç]a(?: um)?|em|in|un|une|um|fallo in) )?(?:{_ENDLESS} )?{_ROUND}"
)
LOOP_BESIDE = re.compile(
    rf"(?:^|[,;.]|\b(?:and|und|y|et|e)\b)\s*{_LOOP}(?: please| bitte| por favor)?\s*(?=$|[,;.])"
    rf"|\b(?:make (?:it|this)(?: an?)?|as an?|als|en|em|in) (?:{_ENDLESS} )?{_ROUND}\b",
    re.IGNORECASE,
)
"""A loop that is asked for beside a mood, in words as they were written; "drum loop" is none."""

INTENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(pattern))
    for intent, pattern in (
        ("export", rf"\b(?:{_EDITOR})\b"),
        (
            "loop",
            rf"^(?:(?:can|could|you|kannst|du|it|this|daraus|eine?) )*{_LOOP}(?: (?:it|this|daraus|machen|infini\w+))*$",
        ),
        (
            "music",
            r"^(?:(?:send|give|me|i|want|schick|gib|mir|manda|mandame|dame|envoie|moi|mande|me|apenas|can|have) )*"
            r"(?:the |die |la |a )?(?:(?:music|song|track|soundtrack|musik|musica|musique)(?: (?:only|alone|allein|sola|seule|sozinha))"
            r"|(?:only|just|nur|solo|seulement|so|apenas) (?:the |die |la |a )?(?:music|musik|musica|musique)"
            r"|(?:the|die|la|a) (?:music|musik|musica|musique)|(?:(?:music|song|track|it|musik|musica|musique) )?(?:as )?(?:an )?(?:mp3|audio file|audio track))$",
        ),
        ("stems", r"\b(?:stems?|tracks|spuren|einzelspuren|pistas|pistes|faixas|tracce)\b"),
        ("first", rf"\b(?:{_FIRST})\b.*\b(?:{_BETTER})\b|\b(?:{_BETTER})\b.*\b(?:{_FIRST})\b"),
        ("back", rf"\b(?:{_BEFORE})\b.*\b(?:{_BETTER})\b|\b(?:{_BETTER})\b.*\b(?:{_BEFORE})\b"),
        ("back", r"^(?:undo|go back|zuruck|ruckgangig|deshacer|annuler|desfazer|annulla|indietro)$"),
        (
            "mute",
            rf"\b(?:{_NO}) (?:(?:my|the|any|meine?|die|der|den|mi|la|ma|a|o|minha|mia|il) )*{_VOICE}\b",
        ),
        ("voice", rf"\b(?:{_KEEP})\b.*\b{_VOICE}\b|\b{_VOICE}\b.*\b(?:{_KEEP})\b"),
        ("quiet", rf"^(?:{_NO}) (?:(?:the|die|los|les|os|i) )?{_SOUNDS}$"),
        (
            "sounds",
            rf"^(?:(?:with|add|mit|con|anade|avec|ajoute|com|more) )(?:(?:the|los|des|les|os|i) )?{_SOUNDS}$",
        ),
        (
            "again",
            r"^(?:once )?again$|^(?:try|do it|do that) again$|^another(?: one| take| version)?$|^one more(?: time)?$"
            r"|^new (?:take|version|music)$|^something else$|^(?:noch ?mal|noch ein(?:e[rs]?|mal)?|was anderes|neu)$"
            r"|^(?:otra vez|de nuevo|otr[oa](?: version)?)$|^(?:encore(?: une fois)?|une autre(?: version)?)$"
            r"|^(?:de novo|outra(?: vez| versao)?)$|^(?:ancora(?: una volta)?|di nuovo|un altr[oa])$",
        ),
        (
            "stop",
            r"^(?:stop|cancel|never mind|stopp?|abbrechen|para|cancela\w*|arrete|annule|parar|ferma|basta)(?: it)?$",
        ),
        (
            "thanks",
            r"^(?:(?:many|big|thousand|vielen|muchas|muito|mille) )?(?:thanks?|thx|ty|cheers|danke|dankeschon|dank|"
            r"merci|gracias|obrigad[oa]|grazie)\b.*$"
            r"|^(?:(?:i|we|really|so|very|ich|me|j|that|this|it|is|was|s|das|ist|es) )*(?:love|loved|like|liked|great|nice|"
            r"perfect|awesome|amazing|wow|super|cool|brilliant|beautiful|good|liebe|toll|perfekt|klasse|schon|"
            r"encanta|genial|perfecto|adore|parfait|genialissime|perfeito|adorei|perfetto|bellissimo)"
            r"(?: (?:it|this|that|one|job|work|es|das|ca|it s|lo|very|so|much))*$",
        ),
    )
)
"""Intent -> pattern, the more particular first."""

_ORDINALS = {
    1: r"first|1st|erste[nrsm]?|primer[oa]?|premiere?|primeir[oa]|prim[oa]",
    2: r"second|2nd|zweite[nrsm]?|segund[oa]|deuxieme|second[oa]?",
    3: r"third|3rd|dritte[nrsm]?|tercer[oa]?|troisieme|terceir[oa]|terz[oa]",
    4: r"fourth|4th|vierte[nrsm]?|cuart[oa]|quatrieme|quart[oa]",
    5: r"fifth|5th|funfte[nrsm]?|quint[oa]|cinquieme",
}
ORDINALS = {number: re.compile(pattern) for number, pattern in _ORDINALS.items()}

_ONLY = r"(?:(?:only|just|nur|solo|seulement|juste|so|apenas|solo) )?"
_CLOCK = r"(?P<{0}>\d{{1,2}}:\d{{2}}|\d{{1,3}} ?(?:s|sec|seconds?|sekunden?|segundos?|secondes?|secondi)?)"
_TO = r"(?: ?[-–] ?| (?:to|until|bis|a|hasta|jusqu a|ate|fino a) )"
BETWEEN = re.compile(
    rf"{_ONLY}(?:(?:from|between|von|zwischen|de|desde|entre|da|dal) )?"
    rf"{_CLOCK.format('start')}{_TO}{_CLOCK.format('end')}"
)
"""A stretch of the film by the clock."""
_CUT = r"(?:cuts?|schnitt\w*|cortes?|coupes?|plan|tagli\w*)"
FROM_CUT = re.compile(
    r"(?:from|ab|von|desde|des|de|depuis|a partir d[eoau]s?|da|dal) (?:the |dem |el |la |le |o |il )?"
    rf"(?P<ordinal>[a-z0-9]+) {_CUT}(?: (?:on|an|onwards?|en adelante|em diante|in poi))?"
)
"""Everything after a cut."""
_PART = (
    r"(?:section|part|scene|abschnitt|teil|szene|seccion|parte|escena|partie|scene|secao|cena|sezione|scena)"
)
NUMBERED = re.compile(rf"{_ONLY}(?:(?:the|in|im|den|der|la|el|a) )*{_PART} (?P<number>\d{{1,2}})")
NAMED = re.compile(
    rf"{_ONLY}(?:(?:the|in|im|den|der|dem|die|das|la|el|le|a|o) )*(?P<ordinal>[a-z0-9]+) {_PART}\b"
)
_PLACE = r"(?:(?:at|in|im|am|to|near|towards|en|a|au|no|na|nel|alla|zum|gegen) )?(?:(?:the|das|den|el|la|le|l|o|il) )?"
LAST = re.compile(rf"{_ONLY}{_PLACE}(?:end|ending|ende|schluss|final|fin|fim|fine|finale)\b")
FIRST = re.compile(
    rf"{_ONLY}{_PLACE}(?:beginning|start|intro|opening|anfang|beginn|comienzo|principio|debut|inicio|comeco|inizio)\b"
)
MIDDLE = re.compile(rf"{_ONLY}{_PLACE}(?:middle|mitte|medio|mitad|milieu|meio|meta)\b")
"""Places in a film."""

CHANGE = re.compile(
    r"\b(?:change|new|other|another|different|redo|again|only|just|music|from|on|the|a|of|in|here|there|to|it|that|"
    r"anders?e?s?|neue?s?|musik|noch ?mal|nur|andere?|aendere|andern?|das|die|den|der|am|mach|bitte|please|"
    r"cambia\w*|nueva|otra|vez|musica|solo|el|la|change[rz]?|nouvelle|musique|encore|seulement|le|mude|muda\w*|nova|outra|"
    r"so|o|nuova|altra|ancora|il)\b"
)
"""What is left of "change the ending" when the ending is known: nothing that asks for a mood."""


def folded(text: str) -> str:
    """Return words without case, accents and signs, one blank between them; times ("0:12") stay whole."""
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text[:CAP]).casefold())
    bare = "".join(c for c in bare if unicodedata.category(c) != "Mn")
    return " ".join(_NO_WORD.sub(" ", _APOSTROPHES.sub(" ", bare)).split())
