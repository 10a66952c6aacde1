"""What people say to the bots, and what they expect: one table for both platforms, written before the code.

A row is (language, words, what comes): "makes" a result that holds the fact, "says" a line that begins so.
"""

KNOWN = {
    "en": "I change the music of your last clip.",
    "de": "Ich ändere die Musik deines letzten Clips.",
    "es": "Cambio la música de tu último clip.",
    "fr": "Je change la musique de ton dernier clip.",
    "pt": "Eu mudo a música do seu último clipe.",
}
"""The friendly line that shows what can be said."""
HELLO = {
    "en": "Send me a video or a photo",
    "de": "Schick mir ein Video oder ein Foto",
    "es": "Mándame un vídeo o una foto",
    "fr": "Envoie-moi une vidéo ou une photo",
    "pt": "Mande um vídeo ou uma foto",
}
"""The same where there is no clip yet."""

AFTER_A_RESULT = (
    ("en", "more drums please", "makes", "more drums please"),
    ("en", "darker", "makes", "darker"),
    ("en", "louder", "makes", "louder"),
    ("en", "without piano", "makes", "without piano"),
    ("en", "same but slower at the end", "makes", "section 3-3"),
    ("en", "keep my voice", "makes", "mix"),
    ("en", "without my voice", "makes", "replace"),
    ("en", "again", "makes", "take 2"),
    ("en", "again, only 0:04-0:09", "makes", "section 2-2"),
    ("en", "change the ending", "makes", "section 3-3"),
    ("en", "new music from the first cut on", "makes", "section 2-3"),
    ("en", "the middle should be epic", "makes", "section 2-2"),
    ("en", "sad, then joyful", "makes", "sad, then joyful"),
    ("en", "90 bpm in D minor", "makes", "90 bpm in D minor"),
    ("en", "with sounds", "makes", "sounds True"),
    ("en", "thanks, but happier", "makes", "happier"),
    ("en", "hapier", "makes", "hapier"),
    ("en", "make it loop", "makes", "loop True"),
    ("en", "happier, make it loop", "makes", "loop True"),
    ("en", "hello there", "says", KNOWN["en"]),
    ("en", "what can you do?", "says", KNOWN["en"]),
    ("en", "the first one was better", "says", "There is no earlier one"),
    ("de", "mehr Schlagzeug bitte", "makes", "mehr Schlagzeug bitte"),
    ("de", "dunkler am Ende", "makes", "section 3-3"),
    ("de", "noch mal", "makes", "take 2"),
    ("de", "ohne meine Stimme", "makes", "replace"),
    ("de", "mach daraus eine Schleife", "makes", "loop True"),
    ("de", "wer bist du?", "says", KNOWN["de"]),
    ("es", "más alegre", "makes", "alegre"),
    ("es", "otra vez", "makes", "take 2"),
    ("es", "¿quién eres?", "says", KNOWN["es"]),
    ("fr", "plus lent à la fin", "makes", "section 3-3"),
    ("fr", "garde ma voix", "makes", "mix"),
    ("fr", "encore", "makes", "take 2"),
    ("fr", "qui es-tu ?", "says", KNOWN["fr"]),
    ("pt", "mais triste", "makes", "mais triste"),
    ("pt", "outra vez", "makes", "take 2"),
    ("pt", "quem é você?", "says", KNOWN["pt"]),
    ("it", "più veloce", "makes", "veloce"),
    ("it", "di nuovo", "makes", "take 2"),
)
THANKS = (
    ("en", "thanks!", "You are welcome!"),
    ("en", "I love it", "You are welcome!"),
    ("de", "danke", "Gern!"),
    ("es", "muchas gracias", "¡De nada!"),
    ("fr", "merci beaucoup", "Avec plaisir !"),
    ("pt", "obrigado", "De nada!"),
)
BEFORE_A_CLIP = (
    ("en", "slow piano, hopeful", "Noted: slow piano, hopeful."),
    ("de", "traurig und langsam", "Gemerkt: traurig und langsam."),
    ("es", "alegre", "Anotado: alegre."),
    ("fr", "épique", "C'est noté : épique."),
    ("pt", "calmo", "Anotado: calmo."),
)
NO_CLIP_NO_MOOD = tuple((code, "hello", line) for code, line in HELLO.items())

LINKS = (
    ("en", "darker {site}/clip.mp4", "makes", "darker"),
    ("en", "tense {site}/file?id=1", "makes", "tense"),
    ("en", "{site}/page", "says", "That did not work: that link leads to a page, and not to a file."),
    ("en", "{site}/page.mp4", "says", "That did not work: that link leads to a page, and not to a file."),
    ("en", "http://127.0.0.1/clip.mp4", "says", "That did not work: that link leads to an address"),
    ("en", "https://youtu.be/abcdefg", "says", "I cannot fetch films from YouTube"),
    ("de", "traurig https://www.youtube.com/watch?v=abc", "says", "Von YouTube kann ich keine Filme holen"),
    ("fr", "https://example.org/article.html", "says", "Ce lien mène à une page."),
    ("es", "{site}/nothing.mp4", "says", "No ha funcionado: no hay ningún archivo detrás de ese enlace."),
)
"""A link in place of a clip; {site} is a web server with a film."""
