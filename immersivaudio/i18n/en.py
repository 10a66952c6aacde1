"""English, the catalogue the others are held against."""

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    # First meeting
    "start": (
        "Hello! Send me a video or a photo, and I send it back with music made for it: it fits what is seen, "
        "lands on the cuts and ends when the film ends.\n\n"
        "Write a mood as the caption if you like: hopeful, tense, slow piano, not sad…\n/help tells the rest."
    ),
    "help": (
        "Send a video, a GIF or a photo. The caption is the mood, in your own words; without one, the pictures "
        "decide.\n\n"
        "Under every result stands a share code. Send it in place of a mood, and any clip gets that music.\n\n"
        "/remix <mood> – other music over the same cuts (reply to a clip, or it takes your last one)\n"
        "/takes – another piece in the same mood\n"
        "/sounds on|off – sounds of the scene: rain, sea, traffic…\n"
        "/original auto|keep|mix|replace – the clip's own sound\n"
        "/length 5-60 – seconds a photo is held\n"
        "/status – what is in the works\n"
        "/cancel – stop it\n"
        "/settings – what you chose\n"
        "/privacy – what is kept, and for how long\n"
        "/forget – delete everything of yours"
    ),
    "privacy": (
        "Your clip and the result are kept for {hours} hours so that you can remix them, then deleted. What you "
        "asked for is kept for {days} days so that nothing is answered twice. Nothing is used for anything else, "
        "and your words are never written to a log. /forget deletes it all at once."
    ),
    # Progress: one placeholder, edited
    "received": "Got it. One moment…",
    "waiting": "In line: number {position}.",
    "fetching": "Fetching your clip…",
    "working": "{stage}… {percent} %",
    "sending": "Done. Sending it to you…",
    "cancelled": "Stopped. Nothing was made.",
    "stopped": "Stopped. Clips: {count}.",
    "ready": "Your clip is ready.",
    "stage.extract": "Watching your clip",
    "stage.listen": "Listening to it",
    "stage.detect": "Looking for people and things",
    "stage.select": "Choosing the best frames",
    "stage.describe": "Putting it into words",
    "stage.enhance": "Spotting the music",
    "stage.generate": "Composing",
    "stage.sounds": "Making sounds of the scene",
    "stage.reconstruct": "Putting it together",
    "stage.other": "Working",
    # The result
    "result.seen": "Seen: {scene}",
    "result.music": "{mood} · {tempo} bpm · {key} · {instruments}",
    "result.hits": "{hits} of {planned} cuts on the beat",
    "result.sounds": "Sounds: {sounds}",
    "result.prompt": "Prompt: {prompt}",
    "result.note": "Note: {note}",
    "result.share": "Share code: {code}",
    "result.share-near": "Share code (comes close, not exact): {code}",
    "result.stems": "The stems of your clip, one file an instrument group.",
    "result.stems-small": "To fit here they are Opus at {kbps} kbit/s; from a shorter clip they come lossless.",
    "result.backends": "Made with: {backends}",
    # Buttons
    "button.take": "Another take",
    "button.remix": "Remix…",
    "button.sounds": "Sounds",
    "button.quiet": "No sounds",
    "button.speech": "Speech up",
    "button.stems": "Stems",
    "button.delete": "Delete",
    "button.cancel": "Cancel",
    "mood.hopeful": "Hopeful",
    "mood.epic": "Epic",
    "mood.tense": "Tense",
    "mood.calm": "Calm",
    "mood.funny": "Funny",
    "mood.lofi": "Lo-fi",
    "remix.ask": "Which mood? Write it in your own words.",
    "remix.title": "Remix",
    "remix.hint": "hopeful, slow piano, not sad…",
    # Choices
    "sounds.on": "Sounds of the scene: on.",
    "sounds.off": "Sounds of the scene: off.",
    "original.set": "The clip's own sound: {choice}.",
    "length.set": "Photos are held for {seconds} seconds.",
    "language.set": "I speak English with you now.",
    "settings": "Sounds: {sounds}\nOwn sound: {original}\nPhotos: {seconds} s\nLanguage: {language}",
    "channels.set": "Attachments in {channel} are scored without being asked.",
    "channels.unset": "Attachments in {channel} are left alone.",
    "choice.on": "on",
    "choice.off": "off",
    "choice.auto": "mixed under when someone speaks, else replaced",
    "choice.keep": "kept, with the music under it",
    "choice.mix": "mixed with the music",
    "choice.replace": "replaced by the music",
    # Status
    "status.none": "Nothing of yours is in the works. Send me a clip!",
    "status.line": "{number}. {state}",
    "command.help": "How to use me",
    "forgotten": "Deleted: everything of yours (clips: {count}). What stands in this chat is yours to delete.",
    "deleted": "Deleted.",
    "refuse.deleted-late": "I may not delete that message any more; delete it yourself. What I kept of it is gone.",
    # Refusals: what happened, and what to do next
    "refuse.too-big": "That file is {size} MB; here I can fetch {limit} MB at most. {remedy}",
    "remedy.compress": "Send it as a compressed video, or trim it.",
    "remedy.trim": "Trim it, or lower its resolution, and send it again.",
    "refuse.too-long": "That clip lasts {length}; I take {limit} at most. Trim it and send it again.",
    "refuse.not-media": "That is not a video or a photo I know. Send MP4, MOV, WebM, GIF, JPEG, PNG or HEIC.",
    "refuse.nothing": "There is no clip here. Send a video or a photo, or reply to one.",
    "refuse.words": "To remix your last clip, reply to it with these words, or write /remix before them. For a new one, send a video or a photo.",
    "refuse.no-remix": "I know no clip of yours here. Send a video or a photo first.",
    "refuse.share-damaged": "That share code is damaged. Copy it again, all of it from IV- to the end.",
    "refuse.share-newer": "That share code was made by another version of me, and I cannot follow it. Say the mood in words instead.",
    "refuse.in-works": (
        "You have {count} clips in the works. Wait for one of them, or stop one with /cancel, then send this again."
    ),
    "refuse.full": "Too many people are waiting right now. Try again in a few minutes.",
    "refuse.often": "That is too fast for me. Try again in {seconds} seconds.",
    "refuse.blocked": "You cannot use me here. Ask the people who run this place.",
    "refuse.not-yours": "Only the one who asked for this clip can do that.",
    "refuse.not-manager": "Only people who manage this server can do that.",
    "refuse.gone": "That clip is no longer kept. Send it again.",
    "refuse.length": "Give a number of seconds from {low} to {high}, like /length 12.",
    "refuse.choice": "Choose one of: {choices}.",
    "refuse.private": "Write to me in a private chat for that.",
    "failed": "That did not work: {problem}. {remedy}",
    "failed.short": "That did not work.",
    "failed.retry": "Send it again; if it fails once more, it is our fault, not yours.",
    "failed.too-big-here": "It is ready, but with {size} MB it is more than the {limit} MB I may send here. Send a shorter clip.",
    "unreachable": "I cannot reach my workshop right now. Try again in a minute.",
    # Discord
    "button.moods": "Another mood…",
    "refuse.fetch": "I could not fetch that file. Send it again.",
    "discord.menu": "Score this clip",
    "discord.score": "Score a video, GIF or photo: it comes back with music made for it",
    "discord.remix": "Other music over the same cuts of your last clip",
    "discord.status": "What of yours is in the works",
    "discord.cancel": "Stop a clip of yours that is in the works",
    "discord.settings": "What you chose, and what this server chose",
    "discord.settings.mine": "Your own choices; without options, they are only shown",
    "discord.settings.server": "This server's choices, for people who manage it",
    "discord.privacy": "What is kept, and for how long",
    "discord.forget": "Delete everything of yours",
    "discord.help": "How to use me",
    "discord.option.clip": "The video, GIF or photo",
    "discord.option.mood": "The mood in your own words: hopeful, slow piano, not sad",
    "discord.option.sounds": "Sounds of the scene: rain, sea, traffic",
    "discord.option.original": "What becomes of the clip's own sound",
    "discord.option.length": "Seconds a photo is held",
    "discord.option.language": "The language I speak with you",
    "discord.option.number": "Its number in /status; without one, the newest",
    "discord.option.channel": "The channel to decide about",
    "discord.option.unasked": "Whether attachments in this channel are scored without being asked",
    "discord.option.block": "Somebody I shall not serve here",
    "discord.option.unblock": "Somebody I shall serve here again",
    "discord.server": "Scored unasked: {channels}\nNot served: {blocked}",
    "discord.nothing": "none",
    "discord.no-content": "My operator has not let me read messages, so in {channel} I still need to be mentioned.",
    "discord.guide": (
        "Send me a clip with /score, right-click a message with one (Apps, Score this clip), mention me on one, or write to me directly. Say the mood in your own words; without one, the pictures decide.\n\n"
        "Under every result stands a share code. Send it in place of a mood, and any clip gets that music.\n\n"
        "/remix – other music over the same cuts of your last clip\n"
        "/status – what is in the works\n"
        "/cancel – stop it\n"
        "/settings mine – sounds, own sound, length of photos, language\n"
        "/settings server – channels I score unasked, for people who manage the server\n"
        "/privacy – what is kept, and for how long\n"
        "/forget – delete everything of yours\n"
        "\nReply to a result with a mood, and I remix that one."
    ),
}
