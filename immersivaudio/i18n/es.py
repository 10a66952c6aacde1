"""Spanish."""

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "start": (
        "¡Hola! Envíame un vídeo o una foto y te lo devuelvo con música hecha para él: encaja con lo que se ve, cae "
        "en los cortes y termina cuando termina la película.\n\n"
        "Si quieres, escribe el ánimo como pie: esperanzador, tenso, piano lento, no triste…\n/help cuenta el resto."
    ),
    "help": (
        "Envía un vídeo, un GIF o una foto. El pie es el ánimo, con tus palabras; sin él deciden las imágenes.\n\n"
        "Varios enviados juntos se vuelven una película montada sobre su música. Tras un resultado, di qué cambiar: más oscuro, más batería, más lento al final, otra vez, el primero era mejor…\n\n"
        "Debajo de cada resultado hay un código para compartir. Envíalo en lugar del ánimo y cualquier clip recibe esa música.\n\n"
        "/remix <ánimo> – otra música sobre los mismos cortes (responde a un clip, o tomo el último)\n"
        "/takes – otra pieza con el mismo ánimo\n"
        "/sounds on|off – sonidos de la escena: lluvia, mar, tráfico…\n"
        "/original auto|keep|mix|replace – el sonido propio del clip\n"
        "/length 5-60 – segundos que dura una foto\n"
        "/status – qué está en marcha\n"
        "/cancel – detenerlo\n"
        "/settings – lo que elegiste\n"
        "/privacy – qué se guarda y cuánto tiempo\n"
        "/forget – borrar todo lo tuyo"
    ),
    "privacy": (
        "Tu clip y el resultado se guardan {hours} horas para que puedas remezclarlos, y luego se borran. Lo que "
        "pediste se guarda {days} días para no responder dos veces. No se usa para nada más, y tus palabras nunca "
        "van a un registro. /forget lo borra todo al momento."
    ),
    "received": "Recibido. Un momento…",
    "waiting": "En la cola: número {position}.",
    "waiting.next": "Eres el siguiente.",
    "waiting.rose": "En la cola: número {position}. Quien tiene menos clips en marcha pasa antes.",
    "fetching": "Descargando tu clip…",
    "working": "{stage}… {percent} %",
    "sending": "Listo. Te lo envío…",
    "cancelled": "Detenido. No se hizo nada.",
    "stopped": "Detenidos: {count} clips. No se hizo nada con ellos.",
    "ready": "Tu clip está listo.",
    "stage.extract": "Mirando tu clip",
    "stage.listen": "Escuchándolo",
    "stage.detect": "Buscando personas y cosas",
    "stage.select": "Eligiendo las mejores imágenes",
    "stage.describe": "Poniéndolo en palabras",
    "stage.enhance": "Planeando la música",
    "stage.generate": "Componiendo",
    "stage.sounds": "Haciendo sonidos de la escena",
    "stage.reconstruct": "Montándolo todo",
    "stage.other": "Trabajando",
    "stage.assemble": "Montando tu película",
    "result.seen": "Visto: {scene}",
    "result.music": "{mood} · {tempo} bpm · {key} · {instruments}",
    "result.heard": "{mood} · {pace}, {tempo} bpm · {key} · {instruments}",
    "result.hits": "{hits} de {planned} cortes en el pulso",
    "result.sounds": "Sonidos: {sounds}",
    "result.prompt": "Prompt: {prompt}",
    "result.note": "Nota: {note}",
    "result.share": "Código para compartir: {code}",
    "result.share-near": "Código para compartir (se acerca, no es exacto): {code}",
    "result.made.rules": "Música compuesta por Immersivaudio. Puedes usarla; no reclamamos nada.",
    "result.made.model": "Música generada por el modelo {model}. Lo que puedes hacer con ella lo dice su licencia: {licence}",
    "result.stems": "Las pistas de tu clip, un archivo por grupo de instrumentos, con las notas en MIDI y los cortes y marcadores para tu editor (EDL, CSV).",
    "result.take": "Toma {number}: {differs}",
    "result.changed": "Cambió: {differs}",
    "differs.piece": "otra pieza con el mismo ánimo, tempo y tono",
    "differs.slower": "más lento",
    "differs.faster": "más rápido",
    "differs.key": "en {value}",
    "differs.mood": "{value}",
    "differs.with": "con {value}",
    "differs.without": "sin {value}",
    "differs.instead": "{value} en vez de {other}",
    "differs.section": "música nueva de {value}",
    "pace.0": "lento",
    "pace.1": "pausado",
    "pace.2": "medio",
    "pace.3": "animado",
    "pace.4": "rápido",
    "result.stems-small": "Para que quepan aquí van en Opus a {kbps} kbit/s; de un clip más corto llegan sin pérdida.",
    "result.backends": "Hecho con: {backends}",
    "button.take": "Otra toma",
    "button.remix": "Remix…",
    "button.sounds": "Sonidos",
    "button.quiet": "Sin sonidos",
    "button.speech": "Más voz",
    "button.stems": "Pistas",
    "button.delete": "Borrar",
    "button.sure": "¿Borrar de verdad?",
    "button.three": "Tres tomas",
    "button.keep": "Quedarme con esta",
    "button.kept": "¿Quitar las otras de verdad?",
    "button.prompt": "Prompt",
    "button.section": "Una sección…",
    "button.cancel": "Cancelar",
    "button.apart": "Cada uno por separado",
    "mood.hopeful": "Esperanzado",
    "mood.epic": "Épico",
    "mood.tense": "Tenso",
    "mood.calm": "Tranquilo",
    "mood.funny": "Divertido",
    "mood.lofi": "Lo-fi",
    "remix.ask": "¿Qué ánimo? Escríbelo con tus palabras.",
    "remix.title": "Remix",
    "remix.hint": "esperanzador, piano lento, no triste…",
    "sounds.on": "Sonidos de la escena: sí.",
    "sounds.off": "Sonidos de la escena: no.",
    "original.set": "El sonido propio del clip: {choice}.",
    "length.set": "Las fotos duran {seconds} segundos.",
    "language.set": "Ahora hablo español contigo.",
    "settings": "Sonidos: {sounds}\nSonido propio: {original}\nFotos: {seconds} s\nIdioma: {language}",
    "channels.set": "Los adjuntos en {channel} reciben música sin pedirlo.",
    "channels.unset": "Dejo en paz los adjuntos en {channel}.",
    "choice.on": "sí",
    "choice.off": "no",
    "choice.auto": "mezclado por debajo si alguien habla; si no, sustituido",
    "choice.keep": "se queda, con la música por debajo",
    "choice.mix": "mezclado con la música",
    "choice.replace": "sustituido por la música",
    "status.none": "No hay nada tuyo en marcha. ¡Envíame un clip!",
    "status.line": "{number}. {state}",
    "command.help": "Cómo usarme",
    "forgotten": "Borrado: todo lo tuyo (clips: {count}). Lo que está en este chat puedes borrarlo tú.",
    "deleted": "Borrado.",
    "refuse.deleted-late": "Ya no puedo borrar ese mensaje; bórralo tú. Lo que guardaba de él ya no está.",
    "refuse.too-big": "Ese archivo pesa {size} MB; aquí puedo descargar {limit} MB como mucho. {remedy}",
    "remedy.compress": "Envíalo como vídeo comprimido o recórtalo.",
    "remedy.trim": "Recórtalo o baja su resolución, y envíalo otra vez.",
    "refuse.too-long": "Ese clip dura {length}; acepto {limit} como mucho. Recórtalo y envíalo otra vez.",
    "refuse.not-media": "No es un vídeo ni una foto que conozca. Envía MP4, MOV, WebM, GIF, JPEG, PNG o HEIC.",
    "refuse.nothing": "Aquí no hay ningún clip. Envía un vídeo o una foto, o responde a uno.",
    "words.known": "Cambio la música de tu último clip. Di, por ejemplo: más oscuro · más batería · sin piano · más lento al final · otra vez · el primero era mejor · deja mi voz · mándame las pistas.",
    "words.hello": "Mándame un vídeo o una foto, y vuelve con música. También puedes decir antes el ánimo y mandar luego el clip: piano lento, esperanzador, nada triste…",
    "words.kept": "Anotado: {mood}. Manda el clip en los próximos 10 minutos y llevará este ánimo.",
    "words.thanks": "¡De nada! Di qué cambiar, o manda el próximo clip.",
    "words.back": "Este, entonces. Lo que digas ahora parte de él.",
    "words.only": "No hay ninguno anterior: este es el primero.",
    "refuse.command": "No conozco /{command}. ¿Querías decir /{nearest}?",
    "refuse.making": "Ese ya se está haciendo.",
    "section.ask": "¿Qué sección debe llevar música nueva? Las demás quedan como están.",
    "section.only": "Esta película es una sola sección. Di «otra vez» para otra pieza.",
    "delete.ask": "Pulsa otra vez y se borra para siempre.",
    "takes.kept": "Guardada. Las otras tomas ya no están.",
    "refuse.no-remix": "No conozco ningún clip tuyo aquí. Envía primero un vídeo o una foto.",
    "refuse.share-damaged": "Ese código está dañado. Cópialo otra vez, entero, desde IV- hasta el final.",
    "refuse.share-newer": "Ese código lo hizo otra versión de mí y no puedo seguirlo. Di el ánimo con palabras.",
    "refuse.in-works": (
        "Tienes {count} clips en marcha. Espera a uno o detén uno con /cancel, y luego envía este otra vez."
    ),
    "refuse.full": "Hay demasiada gente esperando. Inténtalo de nuevo en unos minutos.",
    "refuse.often": "Vas demasiado rápido para mí. Inténtalo en {seconds} segundos.",
    "refuse.blocked": "No puedes usarme aquí. Pregunta a quienes llevan este lugar.",
    "refuse.not-yours": "Solo puede hacerlo quien pidió este clip.",
    "refuse.not-manager": "Solo pueden hacerlo quienes administran este servidor.",
    "refuse.gone": "Ese clip ya no se guarda. Envíalo otra vez.",
    "refuse.length": "Da un número de segundos de {low} a {high}, como /length 12.",
    "refuse.choice": "Elige uno de: {choices}.",
    "refuse.private": "Escríbeme en un chat privado para eso.",
    "api.webhook": "Ese webhook no está en la lista del operador. Pide que añadan su origen, o quítalo.",
    "failed": "No ha funcionado: {problem}. {remedy}",
    "failed.short": "No ha funcionado.",
    "failed.retry": "Envíalo otra vez; si falla de nuevo, la culpa es nuestra, no tuya.",
    "failed.too-big-here": "Está listo, pero con {size} MB supera los {limit} MB que puedo enviar aquí. Envía un clip más corto.",
    "unreachable": "Ahora mismo no llego a mi taller. Inténtalo en un minuto.",
    # Discord
    "button.moods": "Otro ánimo…",
    "refuse.fetch": "No he podido descargar ese archivo. Envíalo otra vez.",
    "discord.menu": "Poner música",
    "discord.score": "Pone música a un vídeo, GIF o foto: vuelve con música hecha para él",
    "discord.remix": "Otra música sobre los mismos cortes de tu último clip",
    "discord.status": "Lo tuyo que está en marcha",
    "discord.cancel": "Detiene un clip tuyo que está en marcha",
    "discord.settings": "Lo que has elegido, y lo que ha elegido este servidor",
    "discord.settings.mine": "Lo que eliges tú; sin opciones, solo se muestra",
    "discord.settings.server": "Lo que elige este servidor, para quienes lo administran",
    "discord.privacy": "Qué se guarda, y cuánto tiempo",
    "discord.forget": "Borra todo lo tuyo",
    "discord.help": "Cómo usarme",
    "discord.option.clip": "El vídeo, GIF o foto",
    "discord.option.mood": "El ánimo con tus palabras: esperanzador, piano lento, no triste",
    "discord.option.sounds": "Sonidos de la escena: lluvia, mar, tráfico",
    "discord.option.original": "Qué pasa con el sonido propio del clip",
    "discord.option.length": "Segundos que dura una foto",
    "discord.option.language": "El idioma en el que te hablo",
    "discord.option.number": "Su número en /status; sin él, el más reciente",
    "discord.option.channel": "El canal del que se trata",
    "discord.option.unasked": "Si los adjuntos de este canal reciben música sin pedirlo",
    "discord.option.block": "Alguien a quien no debo atender aquí",
    "discord.option.unblock": "Alguien a quien debo volver a atender aquí",
    "discord.server": "Con música sin pedirla: {channels}\nSin atender: {blocked}",
    "discord.nothing": "ninguno",
    "discord.no-content": "Quien me opera no me deja leer mensajes; en {channel} todavía hay que mencionarme.",
    "discord.guide": (
        "Envíame un clip con /score, haz clic derecho en un mensaje que tenga uno (Aplicaciones, Poner música), mencióname en él o escríbeme en privado. Di el ánimo con tus palabras; sin él, deciden las imágenes.\n\n"
        "Varios enviados juntos se vuelven una película montada sobre su música. Tras un resultado, di qué cambiar: más oscuro, más batería, más lento al final, otra vez, el primero era mejor…\n\n"
        "Debajo de cada resultado hay un código para compartir. Envíalo en lugar del ánimo y cualquier clip recibe esa música.\n\n"
        "/remix – otra música sobre los mismos cortes de tu último clip\n"
        "/status – lo que está en marcha\n"
        "/cancel – detenerlo\n"
        "/settings mine – sonidos, sonido propio, duración de las fotos, idioma\n"
        "/settings server – canales donde pongo música sin que la pidan, para quienes administran\n"
        "/privacy – qué se guarda, y cuánto tiempo\n"
        "/forget – borrar todo lo tuyo\n"
        "\nResponde a un resultado con un ánimo, y hago un remix de ese."
    ),
}
