"""French."""

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "start": (
        "Bonjour ! Envoie-moi une vidéo ou une photo, et je te la renvoie avec une musique faite pour elle : elle suit "
        "ce qu'on voit, tombe sur les coupes et finit avec le film.\n\n"
        "Écris une ambiance en légende si tu veux : optimiste, tendu, piano lent, pas triste…\n/help dit le reste."
    ),
    "help": (
        "Envoie une vidéo, un GIF ou une photo. La légende est l'ambiance, avec tes mots ; sans elle, les images "
        "décident.\n\n"
        "Plusieurs envoyés ensemble deviennent un film monté sur sa musique. Après un résultat, dis ce qu'il faut changer : plus sombre, plus de batterie, plus lent à la fin, encore, le premier était mieux…\n\n"
        "Sous chaque résultat se trouve un code de partage. Envoie-le à la place de l'ambiance, et n'importe quel clip reçoit cette musique.\n\n"
        "/remix <ambiance> – une autre musique sur les mêmes coupes (réponds à un clip, sinon ton dernier)\n"
        "/takes – un autre morceau dans la même ambiance\n"
        "/sounds on|off – les sons de la scène : pluie, mer, circulation…\n"
        "/original auto|keep|mix|replace – le son du clip lui-même\n"
        "/length 5-60 – durée d'une photo en secondes\n"
        "/status – ce qui est en cours\n"
        "/cancel – arrêter\n"
        "/settings – ce que tu as choisi\n"
        "/privacy – ce qui est gardé, et combien de temps\n"
        "/forget – tout effacer de toi"
    ),
    "privacy": (
        "Ton clip et le résultat sont gardés {hours} heures pour que tu puisses les remixer, puis effacés. Ce que tu as "
        "demandé est gardé {days} jours pour ne rien répondre deux fois. Rien ne sert à autre chose, et tes mots ne "
        "vont dans aucun journal. /forget efface tout d'un coup."
    ),
    "received": "Bien reçu. Un instant…",
    "waiting": "Dans la file : numéro {position}.",
    "waiting.next": "C'est bientôt à toi : tu es le prochain.",
    "waiting.rose": "Dans la file : numéro {position}. Qui a moins de clips en cours passe d'abord.",
    "fetching": "Je récupère ton clip…",
    "working": "{stage}… {percent} %",
    "sending": "C'est fait. Je te l'envoie…",
    "cancelled": "Arrêté. Rien n'a été fait.",
    "stopped": "Arrêtés : {count} clips. Rien n'en a été fait.",
    "ready": "Ton clip est prêt.",
    "stage.extract": "Je regarde ton clip",
    "stage.listen": "Je l'écoute",
    "stage.detect": "Je cherche des gens et des choses",
    "stage.select": "Je choisis les meilleures images",
    "stage.describe": "Je le mets en mots",
    "stage.enhance": "Je prépare la musique",
    "stage.generate": "Je compose",
    "stage.sounds": "Je fais les sons de la scène",
    "stage.reconstruct": "J'assemble le tout",
    "stage.other": "Je travaille",
    "stage.assemble": "Montage de ton film",
    "result.seen": "Vu : {scene}",
    "result.music": "{mood} · {tempo} bpm · {key} · {instruments}",
    "result.heard": "{mood} · {pace}, {tempo} bpm · {key} · {instruments}",
    "result.hits": "{hits} coupes sur {planned} sur le temps",
    "result.sounds": "Sons : {sounds}",
    "result.prompt": "Prompt : {prompt}",
    "result.note": "Note : {note}",
    "result.share": "Code de partage : {code}",
    "result.share-near": "Code de partage (approchant, pas exact) : {code}",
    "result.made.rules": "Musique composée par Immersivaudio. Tu peux l'utiliser ; nous ne revendiquons rien.",
    "result.made.model": "Musique générée par le modèle {model}. Sa licence dit ce que tu peux en faire : {licence}",
    "result.stems": "Les pistes de ton clip, un fichier par groupe d'instruments, avec les notes en MIDI et les coupes et repères pour ton logiciel de montage (EDL, CSV).",
    "result.take": "Prise {number} : {differs}",
    "result.changed": "Changé : {differs}",
    "differs.piece": "un autre morceau, même ambiance, même tempo, même tonalité",
    "differs.slower": "plus lent",
    "differs.faster": "plus rapide",
    "differs.key": "en {value}",
    "differs.mood": "{value}",
    "differs.with": "avec {value}",
    "differs.without": "sans {value}",
    "differs.instead": "{value} au lieu de {other}",
    "differs.section": "nouvelle musique de {value}",
    "pace.0": "lent",
    "pace.1": "posé",
    "pace.2": "modéré",
    "pace.3": "vif",
    "pace.4": "rapide",
    "result.stems-small": "Pour tenir ici, elles sont en Opus à {kbps} kbit/s ; d'un clip plus court, elles arrivent sans perte.",
    "result.backends": "Fait avec : {backends}",
    "button.take": "Autre prise",
    "button.remix": "Remix…",
    "button.sounds": "Sons",
    "button.quiet": "Sans sons",
    "button.speech": "Voix plus forte",
    "button.stems": "Pistes",
    "button.delete": "Effacer",
    "button.sure": "Vraiment supprimer ?",
    "button.three": "Trois prises",
    "button.keep": "Garder celle-ci",
    "button.kept": "Vraiment retirer les autres ?",
    "button.prompt": "Prompt",
    "button.section": "Une section…",
    "button.cancel": "Annuler",
    "button.apart": "Chacun à part",
    "mood.hopeful": "Plein d'espoir",
    "mood.epic": "Épique",
    "mood.tense": "Tendu",
    "mood.calm": "Calme",
    "mood.funny": "Drôle",
    "mood.lofi": "Lo-fi",
    "remix.ask": "Quelle ambiance ? Écris-la avec tes mots.",
    "remix.title": "Remix",
    "remix.hint": "optimiste, piano lent, pas triste…",
    "sounds.on": "Sons de la scène : oui.",
    "sounds.off": "Sons de la scène : non.",
    "original.set": "Le son du clip : {choice}.",
    "length.set": "Une photo dure {seconds} secondes.",
    "language.set": "Je te parle français maintenant.",
    "settings": "Sons : {sounds}\nSon du clip : {original}\nPhotos : {seconds} s\nLangue : {language}",
    "channels.set": "Les pièces jointes dans {channel} reçoivent une musique sans qu'on demande.",
    "channels.unset": "Je laisse les pièces jointes dans {channel} tranquilles.",
    "choice.on": "oui",
    "choice.off": "non",
    "choice.auto": "mêlé dessous si quelqu'un parle, sinon remplacé",
    "choice.keep": "gardé, la musique dessous",
    "choice.mix": "mêlé à la musique",
    "choice.replace": "remplacé par la musique",
    "status.none": "Rien de toi n'est en cours. Envoie-moi un clip !",
    "status.line": "{number}. {state}",
    "command.help": "Comment se servir de moi",
    "forgotten": "Effacé : tout ce qui est à toi (clips : {count}). Ce qui est dans cette discussion, tu peux l'effacer toi-même.",
    "deleted": "Effacé.",
    "refuse.deleted-late": "Je ne peux plus effacer ce message ; efface-le toi-même. Ce que j'en gardais a disparu.",
    "refuse.too-big": "Ce fichier fait {size} Mo ; ici je peux en prendre {limit} au plus. {remedy}",
    "remedy.compress": "Envoie-le comme vidéo compressée, ou coupe-le.",
    "remedy.trim": "Coupe-le ou baisse sa résolution, puis renvoie-le.",
    "refuse.too-long": "Ce clip dure {length} ; j'en prends {limit} au plus. Coupe-le et renvoie-le.",
    "refuse.not-media": (
        "Ce n'est ni une vidéo ni une photo que je connais. Envoie MP4, MOV, WebM, GIF, JPEG, PNG ou HEIC."
    ),
    "refuse.nothing": "Il n'y a pas de clip ici. Envoie une vidéo ou une photo, ou réponds à l'une d'elles.",
    "words.known": "Je change la musique de ton dernier clip. Dis par exemple : plus sombre · plus de batterie · sans piano · plus lent à la fin · encore · le premier était mieux · garde ma voix · envoie les pistes.",
    "words.hello": "Envoie-moi une vidéo ou une photo, elle revient en musique. Tu peux dire d'abord l'ambiance, puis envoyer le clip : piano lent, plein d'espoir, pas triste…",
    "words.kept": "C'est noté : {mood}. Envoie le clip dans les 10 minutes, il aura cette ambiance.",
    "words.thanks": "Avec plaisir ! Dis ce qu'il faut changer, ou envoie le prochain clip.",
    "words.back": "Celui-ci, alors. Ce que tu diras ensuite partira de lui.",
    "words.only": "Il n'y en a pas de plus ancien : c'est le premier.",
    "refuse.command": "Je ne connais pas /{command}. Voulais-tu dire /{nearest} ?",
    "refuse.making": "Celui-là est déjà en cours.",
    "section.ask": "Quelle section doit avoir une nouvelle musique ? Les autres restent telles quelles.",
    "section.only": "Ce film est une seule section. Dis « encore » pour un autre morceau.",
    "delete.ask": "Appuie encore une fois, et il disparaît pour de bon.",
    "takes.kept": "Gardée. Les autres prises ont disparu.",
    "refuse.no-remix": "Je ne connais aucun clip de toi ici. Envoie d'abord une vidéo ou une photo.",
    "refuse.share-damaged": "Ce code de partage est abîmé. Copie-le encore, en entier, de IV- jusqu'à la fin.",
    "refuse.share-newer": "Ce code de partage vient d'une autre version de moi, et je ne peux pas le suivre. Dis plutôt l'ambiance avec des mots.",
    "refuse.in-works": (
        "Tu as {count} clips en cours. Attends-en un, ou arrête-en un avec /cancel, puis renvoie celui-ci."
    ),
    "refuse.full": "Trop de gens attendent en ce moment. Réessaie dans quelques minutes.",
    "refuse.often": "C'est trop rapide pour moi. Réessaie dans {seconds} secondes.",
    "refuse.blocked": "Tu ne peux pas te servir de moi ici. Demande à ceux qui tiennent cet endroit.",
    "refuse.not-yours": "Seule la personne qui a demandé ce clip peut faire cela.",
    "refuse.not-manager": "Seuls ceux qui gèrent ce serveur peuvent faire cela.",
    "refuse.gone": "Ce clip n'est plus gardé. Renvoie-le.",
    "refuse.length": "Donne un nombre de secondes de {low} à {high}, comme /length 12.",
    "refuse.choice": "Choisis parmi : {choices}.",
    "refuse.private": "Écris-moi en privé pour cela.",
    "api.webhook": "Ce webhook n'est pas sur la liste de l'exploitant. Fais ajouter son origine, ou retire-le.",
    "failed": "Cela n'a pas marché : {problem}. {remedy}",
    "failed.short": "Cela n'a pas marché.",
    "failed.retry": "Renvoie-le ; si cela échoue encore, c'est notre faute, pas la tienne.",
    "failed.too-big-here": "C'est prêt, mais avec {size} Mo cela dépasse les {limit} Mo que je peux envoyer ici. Envoie un clip plus court.",
    "unreachable": "Je n'arrive pas à joindre mon atelier. Réessaie dans une minute.",
    # Discord
    "button.moods": "Autre ambiance…",
    "refuse.fetch": "Je n'ai pas pu récupérer ce fichier. Renvoie-le.",
    "discord.menu": "Mettre en musique",
    "discord.score": "Met en musique une vidéo, un GIF ou une photo, avec une musique faite pour eux",
    "discord.remix": "Une autre musique sur les mêmes coupes de ton dernier clip",
    "discord.status": "Ce qui est en cours pour toi",
    "discord.cancel": "Arrête un de tes clips en cours",
    "discord.settings": "Ce que tu as choisi, et ce que ce serveur a choisi",
    "discord.settings.mine": "Tes propres choix ; sans option, ils sont seulement montrés",
    "discord.settings.server": "Les choix de ce serveur, pour ceux qui le gèrent",
    "discord.privacy": "Ce qui est gardé, et combien de temps",
    "discord.forget": "Efface tout de toi",
    "discord.help": "Comment te servir de moi",
    "discord.option.clip": "La vidéo, le GIF ou la photo",
    "discord.option.mood": "L'ambiance avec tes mots : optimiste, piano lent, pas triste",
    "discord.option.sounds": "Les sons de la scène : pluie, mer, circulation",
    "discord.option.original": "Ce que devient le son du clip lui-même",
    "discord.option.length": "Durée d'une photo en secondes",
    "discord.option.language": "La langue dans laquelle je te parle",
    "discord.option.number": "Son numéro dans /status ; sans lui, le plus récent",
    "discord.option.channel": "Le salon dont il s'agit",
    "discord.option.unasked": "Si les pièces jointes de ce salon sont mises en musique sans qu'on demande",
    "discord.option.block": "Quelqu'un que je ne dois pas servir ici",
    "discord.option.unblock": "Quelqu'un que je dois servir de nouveau ici",
    "discord.server": "Mis en musique sans qu'on demande : {channels}\nPas servis : {blocked}",
    "discord.nothing": "aucun",
    "discord.no-content": "On ne m'a pas permis de lire les messages ; dans {channel}, il faut encore me mentionner.",
    "discord.guide": (
        "Envoie-moi un clip avec /score, fais un clic droit sur un message qui en contient un (Applications, Mettre en musique), mentionne-moi dessus ou écris-moi en privé. Dis l'ambiance avec tes mots ; sinon, les images décident.\n\n"
        "Plusieurs envoyés ensemble deviennent un film monté sur sa musique. Après un résultat, dis ce qu'il faut changer : plus sombre, plus de batterie, plus lent à la fin, encore, le premier était mieux…\n\n"
        "Sous chaque résultat se trouve un code de partage. Envoie-le à la place de l'ambiance, et n'importe quel clip reçoit cette musique.\n\n"
        "/remix – une autre musique sur les mêmes coupes de ton dernier clip\n"
        "/status – ce qui est en cours\n"
        "/cancel – arrêter\n"
        "/settings mine – sons, son du clip, durée des photos, langue\n"
        "/settings server – salons que je mets en musique sans qu'on demande, pour ceux qui gèrent le serveur\n"
        "/privacy – ce qui est gardé, et combien de temps\n"
        "/forget – tout effacer de toi\n"
        "\nRéponds à un résultat avec une ambiance, et j'en fais un remix."
    ),
}
