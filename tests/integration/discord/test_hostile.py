"""What strangers write: never a mention, a link, markup or a bidi trick in a reply; never in a log."""

import re
import unicodedata
from itertools import product

from tests.integration.discord.server import until
from tests.integration.discord.stage import TOKEN, Play, Stage
from tests.integration.discord.world import APP
from tests.patience import PATIENCE

MARK = "grandmother"
"""In every mood, to be looked for in the logs."""
BITS = (
    "@everyone",
    "@here",
    "<@11>",
    "<@&1>",
    "<#2>",
    "</score:1>",
    "<:a:1>",
    "<t:1:R>",
    "<id:customize>",
    "https://evil.example/x?y=1",
    "[click](https://evil.example)",
    "**bold** __under__ ~~gone~~",
    "||spoiler||",
    "`code` ```block```",
    "# head",
    "> quote",
    "- item",
    "\\*already\\*",
    "\u202egnp.exe\u202c",
    "\u2066left\u2069\u200b\u200e",
    "bell\x07null\x00esc\x1b[31m",
    "line\nline\r\n# head\u2028> more",
    "$(reboot) `id` ; rm -rf / | cat && x",
    "x" * 10_000,
    "a\u0301" + "\u0301" * 500,
)
WRAPS = ("{} " + MARK, MARK + " {}", "{0} " + MARK + " {0}", MARK + "{}" + MARK)
MOODS = [wrap.format(bit) for bit, wrap in product(BITS, WRAPS)] + [
    f"{one}{other} {MARK}" for one, other in product(BITS[:10], BITS[10:21])
][:100]
_LIVE = re.compile(
    r"@everyone|@here|<@[!&]?\d|<#\d|</\w|<a?:\w+:\d|<t:-?\d|<id:\w|https?://\S|(?<!\\)\[[^]]+\]\("
)
_MARKUP = re.compile(r"(?<!\\)(?:\\\\)*[*_~|`]|^\s*(?:#{1,3}|>{1,3}|-#?)\s", re.MULTILINE)


def test_two_hundred_hostile_moods(stage: Stage) -> None:
    assert len(MOODS) == 200

    async def scene(play: Play) -> None:
        stage.start("discord")
        await until(lambda: play.world.commands)
        await play.server.gateway.ready.wait()
        clip = play.clip()
        for number, mood in enumerate(MOODS):
            user = 1000 + number
            if len(mood) > 300 or number % 2:
                await play.server.say(f"<@{APP}> {mood}", user, attachments=[clip])
            else:
                asked = await play.server.command("score", user, clip=clip, mood=mood)
                await until(lambda asked=asked: asked.answered is not None)
        await until(lambda: len(play.world.results()) == 200)
        stage.programs["discord"].terminate()
        assert await_exit(stage) == 0

    world = stage.play(scene, inside=False)
    assert world.pinged == []
    for said in world.said:
        assert not _LIVE.search(said), said
        assert not _MARKUP.search(said), said
        assert not [c for c in said if unicodedata.category(c) in {"Cc", "Cf"} and c not in "\n\u2060\u200d"]
        assert len(said) <= 2000
    assert sum(MARK in said for said in world.said) >= 195, "honest words do arrive"
    tokens = [TOKEN, *(each.token for each in world.interactions.values())]
    for name in ("run", "deliver", "discord"):
        log = stage.log(name).read_text()
        assert MARK not in log
        assert not [token for token in tokens if token in log]


def await_exit(stage: Stage) -> int:
    return stage.programs["discord"].wait(PATIENCE)
