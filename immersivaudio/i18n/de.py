"""German."""

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "start": (
        "Hallo! Schick mir ein Video oder ein Foto, und du bekommst es mit eigener Musik zurück: Sie passt zu dem, "
        "was man sieht, trifft die Schnitte und endet mit dem Film.\n\n"
        "Schreib die Stimmung als Bildunterschrift dazu, wenn du magst: hoffnungsvoll, spannend, langsames Klavier, nicht traurig…\n"
        "/help sagt den Rest."
    ),
    "help": (
        "Schick ein Video, ein GIF oder ein Foto. Die Bildunterschrift ist die Stimmung, in deinen Worten; ohne sie "
        "entscheiden die Bilder.\n\n"
        "Mehrere zusammen geschickte werden ein Film, auf seine Musik geschnitten. Nach einem Ergebnis sag, was anders werden soll: dunkler, mehr Schlagzeug, langsamer am Ende, noch mal, das erste war besser…\n\n"
        "Unter jedem Ergebnis steht ein Teilcode. Schick ihn statt einer Stimmung, und jeder Clip bekommt diese Musik.\n\n"
        "/remix <Stimmung> – andere Musik auf dieselben Schnitte (antworte auf einen Clip, sonst dein letzter)\n"
        "/takes – ein anderes Stück in derselben Stimmung\n"
        "/sounds on|off – Geräusche der Szene: Regen, Meer, Verkehr…\n"
        "/original auto|keep|mix|replace – der eigene Ton des Clips\n"
        "/length 5-60 – wie viele Sekunden ein Foto steht\n"
        "/status – was gerade in Arbeit ist\n"
        "/cancel – abbrechen\n"
        "/settings – was du gewählt hast\n"
        "/privacy – was wie lange aufgehoben wird\n"
        "/forget – alles von dir löschen"
    ),
    "privacy": (
        "Dein Clip und das Ergebnis bleiben {hours} Stunden, damit du sie neu vertonen kannst, dann werden sie "
        "gelöscht. Was du wolltest, bleibt {days} Tage, damit nichts doppelt beantwortet wird. Für anderes wird "
        "nichts benutzt, und deine Worte stehen in keinem Protokoll. /forget löscht alles sofort."
    ),
    "received": "Angekommen. Einen Moment…",
    "waiting": "In der Schlange: Platz {position}.",
    "waiting.next": "Du bist als Nächstes dran.",
    "waiting.rose": "In der Schlange: Platz {position}. Wer weniger Clips in Arbeit hat, kommt zuerst dran.",
    "fetching": "Ich hole deinen Clip…",
    "working": "{stage}… {percent} %",
    "sending": "Fertig. Ich schicke es dir…",
    "cancelled": "Abgebrochen. Es wurde nichts gemacht.",
    "stopped": "Abgebrochen: {count} Clips. Es wurde nichts daraus gemacht.",
    "ready": "Dein Clip ist fertig.",
    "stage.extract": "Ich sehe deinen Clip an",
    "stage.listen": "Ich höre ihn an",
    "stage.detect": "Ich suche Menschen und Dinge",
    "stage.select": "Ich wähle die besten Bilder",
    "stage.describe": "Ich fasse es in Worte",
    "stage.enhance": "Ich plane die Musik",
    "stage.generate": "Ich komponiere",
    "stage.sounds": "Ich mache Geräusche der Szene",
    "stage.reconstruct": "Ich setze alles zusammen",
    "stage.other": "Ich arbeite",
    "stage.assemble": "Ich schneide deinen Film",
    "result.seen": "Gesehen: {scene}",
    "result.music": "{mood} · {tempo} bpm · {key} · {instruments}",
    "result.heard": "{mood} · {pace}, {tempo} bpm · {key} · {instruments}",
    "result.hits": "{hits} von {planned} Schnitten auf dem Schlag",
    "result.sounds": "Geräusche: {sounds}",
    "result.prompt": "Prompt: {prompt}",
    "result.note": "Hinweis: {note}",
    "result.share": "Teilcode: {code}",
    "result.share-near": "Teilcode (kommt nahe, ist nicht genau): {code}",
    "result.made.rules": "Musik komponiert von Immersivaudio. Du darfst sie verwenden; wir erheben keine Ansprüche.",
    "result.made.model": "Musik erzeugt vom Modell {model}. Was du damit tun darfst, sagt dessen Lizenz: {licence}",
    "result.stems": "Die Spuren deines Clips, eine Datei je Instrumentengruppe, dazu die Noten als MIDI und Schnitte und Marken für dein Schnittprogramm (EDL, CSV).",
    "result.take": "Fassung {number}: {differs}",
    "result.changed": "Geändert: {differs}",
    "differs.piece": "ein neues Stück in derselben Stimmung, im selben Tempo, in derselben Tonart",
    "differs.slower": "langsamer",
    "differs.faster": "schneller",
    "differs.key": "in {value}",
    "differs.mood": "{value}",
    "differs.with": "mit {value}",
    "differs.without": "ohne {value}",
    "differs.instead": "{value} statt {other}",
    "differs.section": "neue Musik von {value}",
    "pace.0": "langsam",
    "pace.1": "gemächlich",
    "pace.2": "mittel",
    "pace.3": "lebhaft",
    "pace.4": "schnell",
    "result.stems-small": "Damit sie hier hineinpassen, sind sie Opus mit {kbps} kbit/s; von einem kürzeren Clip kommen sie verlustfrei.",
    "result.backends": "Gemacht mit: {backends}",
    "button.take": "Noch ein Take",
    "button.remix": "Remix…",
    "button.sounds": "Geräusche",
    "button.quiet": "Ohne Geräusche",
    "button.speech": "Stimme lauter",
    "button.stems": "Spuren",
    "button.delete": "Löschen",
    "button.sure": "Wirklich löschen?",
    "button.three": "Drei Fassungen",
    "button.keep": "Diese behalten",
    "button.kept": "Andere wirklich löschen?",
    "button.prompt": "Prompt",
    "button.section": "Ein Abschnitt…",
    "button.cancel": "Abbrechen",
    "button.apart": "Jedes für sich",
    "mood.hopeful": "Hoffnungsvoll",
    "mood.epic": "Episch",
    "mood.tense": "Spannend",
    "mood.calm": "Ruhig",
    "mood.funny": "Lustig",
    "mood.lofi": "Lo-fi",
    "remix.ask": "Welche Stimmung? Schreib sie in deinen Worten.",
    "remix.title": "Remix",
    "remix.hint": "hoffnungsvoll, langsames Klavier, nicht traurig…",
    "sounds.on": "Geräusche der Szene: an.",
    "sounds.off": "Geräusche der Szene: aus.",
    "original.set": "Der eigene Ton des Clips: {choice}.",
    "length.set": "Fotos stehen {seconds} Sekunden.",
    "language.set": "Ich spreche jetzt Deutsch mit dir.",
    "settings": "Geräusche: {sounds}\nEigener Ton: {original}\nFotos: {seconds} s\nSprache: {language}",
    "channels.set": "Anhänge in {channel} werden ungefragt vertont.",
    "channels.unset": "Anhänge in {channel} lasse ich in Ruhe.",
    "choice.on": "an",
    "choice.off": "aus",
    "choice.auto": "darunter gemischt, wenn jemand spricht, sonst ersetzt",
    "choice.keep": "behalten, die Musik darunter",
    "choice.mix": "mit der Musik gemischt",
    "choice.replace": "durch die Musik ersetzt",
    "status.none": "Von dir ist nichts in Arbeit. Schick mir einen Clip!",
    "status.line": "{number}. {state}",
    "command.help": "Wie man mich benutzt",
    "forgotten": "Gelöscht: alles von dir (Clips: {count}). Was in diesem Chat steht, kannst du selbst löschen.",
    "deleted": "Gelöscht.",
    "refuse.deleted-late": "Diese Nachricht darf ich nicht mehr löschen; lösch du sie. Was ich davon aufgehoben hatte, ist weg.",
    "refuse.too-big": "Die Datei hat {size} MB; hier kann ich höchstens {limit} MB holen. {remedy}",
    "remedy.compress": "Schick sie als komprimiertes Video oder kürze sie.",
    "remedy.trim": "Kürze sie oder verringere die Auflösung, und schick sie noch einmal.",
    "refuse.too-long": "Der Clip dauert {length}; ich nehme höchstens {limit}. Kürze ihn und schick ihn noch einmal.",
    "refuse.not-media": "Das ist kein Video oder Foto, das ich kenne. Schick MP4, MOV, WebM, GIF, JPEG, PNG oder HEIC.",
    "refuse.nothing": "Hier ist kein Clip. Schick ein Video oder ein Foto, oder antworte auf eines.",
    "words.known": "Ich ändere die Musik deines letzten Clips. Sag zum Beispiel: dunkler · mehr Schlagzeug · ohne Klavier · langsamer am Ende · noch mal · das erste war besser · behalte meine Stimme · schick mir die Spuren.",
    "words.hello": "Schick mir ein Video oder ein Foto, und es kommt mit Musik zurück. Du kannst auch erst die Stimmung sagen und dann den Clip schicken: langsames Klavier, hoffnungsvoll, nicht traurig…",
    "words.kept": "Gemerkt: {mood}. Schick den Clip in den nächsten 10 Minuten, dann bekommt er diese Stimmung.",
    "words.thanks": "Gern! Sag, was anders werden soll, oder schick den nächsten Clip.",
    "words.back": "Dann dieser hier. Was du als Nächstes sagst, geht von ihm aus.",
    "words.only": "Es gibt keinen früheren: Dies ist der erste.",
    "refuse.command": "/{command} kenne ich nicht. Meintest du /{nearest}?",
    "refuse.making": "Das wird schon gemacht.",
    "section.ask": "Welcher Abschnitt soll neue Musik bekommen? Die anderen bleiben, wie sie sind.",
    "section.only": "Dieser Film ist ein einziger Abschnitt. Sag „noch mal“ für ein anderes Stück.",
    "delete.ask": "Drück noch einmal, dann ist es endgültig weg.",
    "takes.kept": "Behalten. Die anderen Fassungen sind weg.",
    "refuse.no-remix": "Ich kenne hier keinen Clip von dir. Schick zuerst ein Video oder ein Foto.",
    "refuse.share-damaged": "Dieser Teilcode ist beschädigt. Kopiere ihn noch einmal, ganz von IV- bis zum Ende.",
    "refuse.share-newer": "Dieser Teilcode stammt von einer anderen Version von mir, und ich kann ihm nicht folgen. Beschreib die Stimmung in Worten.",
    "refuse.in-works": (
        "Du hast {count} Clips in Arbeit. Warte auf einen davon oder brich einen mit /cancel ab, und schick diesen "
        "noch einmal."
    ),
    "refuse.full": "Gerade warten zu viele. Versuch es in ein paar Minuten wieder.",
    "refuse.often": "Das ist mir zu schnell. Versuch es in {seconds} Sekunden wieder.",
    "refuse.blocked": "Du kannst mich hier nicht benutzen. Frag die, die diesen Ort betreiben.",
    "refuse.not-yours": "Das kann nur, wer diesen Clip wollte.",
    "refuse.not-manager": "Das können nur die, die diesen Server verwalten.",
    "refuse.gone": "Der Clip ist nicht mehr da. Schick ihn noch einmal.",
    "refuse.length": "Nenn Sekunden von {low} bis {high}, etwa /length 12.",
    "refuse.choice": "Wähle eines: {choices}.",
    "refuse.private": "Schreib mir dafür im privaten Chat.",
    "api.webhook": "Dieser Webhook steht nicht auf der Liste des Betreibers. Lass seine Adresse eintragen oder lass ihn weg.",
    "failed": "Das hat nicht geklappt: {problem}. {remedy}",
    "failed.short": "Das hat nicht geklappt.",
    "failed.retry": "Schick es noch einmal; geht es wieder schief, liegt es an uns, nicht an dir.",
    "failed.too-big-here": "Es ist fertig, hat aber {size} MB; hier darf ich höchstens {limit} MB schicken. Schick einen kürzeren Clip.",
    "unreachable": "Ich erreiche meine Werkstatt gerade nicht. Versuch es in einer Minute wieder.",
    # Discord
    "button.moods": "Andere Stimmung…",
    "refuse.fetch": "Ich konnte diese Datei nicht holen. Schick sie noch einmal.",
    "discord.menu": "Clip vertonen",
    "discord.score": "Vertont ein Video, GIF oder Foto: Es kommt mit eigens gemachter Musik zurück",
    "discord.remix": "Andere Musik auf denselben Schnitten deines letzten Clips",
    "discord.status": "Was von dir gerade in Arbeit ist",
    "discord.cancel": "Hält einen Clip von dir an, der in Arbeit ist",
    "discord.settings": "Was du gewählt hast, und was dieser Server gewählt hat",
    "discord.settings.mine": "Deine eigene Wahl; ohne Angaben wird sie nur gezeigt",
    "discord.settings.server": "Die Wahl dieses Servers, für alle, die ihn verwalten",
    "discord.privacy": "Was aufbewahrt wird, und wie lange",
    "discord.forget": "Löscht alles von dir",
    "discord.help": "So benutzt du mich",
    "discord.option.clip": "Das Video, GIF oder Foto",
    "discord.option.mood": "Die Stimmung in deinen Worten: hoffnungsvoll, langsames Klavier, nicht traurig",
    "discord.option.sounds": "Geräusche der Szene: Regen, Meer, Verkehr",
    "discord.option.original": "Was aus dem eigenen Ton des Clips wird",
    "discord.option.length": "Wie viele Sekunden ein Foto steht",
    "discord.option.language": "Die Sprache, in der ich mit dir rede",
    "discord.option.number": "Seine Nummer in /status; ohne sie der neueste",
    "discord.option.channel": "Der Kanal, um den es geht",
    "discord.option.unasked": "Ob Anhänge in diesem Kanal ungefragt vertont werden",
    "discord.option.block": "Jemand, den ich hier nicht bedienen soll",
    "discord.option.unblock": "Jemand, den ich hier wieder bedienen soll",
    "discord.server": "Ungefragt vertont: {channels}\nNicht bedient: {blocked}",
    "discord.nothing": "keine",
    "discord.no-content": "Mein Betreiber lässt mich keine Nachrichten lesen; in {channel} muss man mich weiter erwähnen.",
    "discord.guide": (
        "Schick mir einen Clip mit /score, klick rechts auf eine Nachricht mit einem Clip (Apps, Clip vertonen), erwähne mich dabei oder schreib mir direkt. Sag die Stimmung mit deinen Worten; ohne entscheiden die Bilder.\n\n"
        "Mehrere zusammen geschickte werden ein Film, auf seine Musik geschnitten. Nach einem Ergebnis sag, was anders werden soll: dunkler, mehr Schlagzeug, langsamer am Ende, noch mal, das erste war besser…\n\n"
        "Unter jedem Ergebnis steht ein Teilcode. Schick ihn statt einer Stimmung, und jeder Clip bekommt diese Musik.\n\n"
        "/remix – andere Musik auf denselben Schnitten deines letzten Clips\n"
        "/status – was gerade in Arbeit ist\n"
        "/cancel – es anhalten\n"
        "/settings mine – Geräusche, eigener Ton, Dauer von Fotos, Sprache\n"
        "/settings server – Kanäle, die ich ungefragt vertone, für Leute mit Serverrechten\n"
        "/privacy – was aufbewahrt wird, und wie lange\n"
        "/forget – alles von dir löschen\n"
        "\nAntworte auf ein Ergebnis mit einer Stimmung, und ich mache davon einen Remix."
    ),
}
