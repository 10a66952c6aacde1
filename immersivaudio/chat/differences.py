"""The line by which people tell the pieces over one clip apart."""

from immersivaudio.i18n import language, musical, say
from immersivaudio.queue import Summary
from immersivaudio.queue.result import Difference


def differs(take: int, summary: Summary, locale: str | None) -> str:
    """Say which take it is, and how it differs from the piece that it was made from; "" for a first one."""
    said = [told(each, locale) for each in summary.differences]
    how = ", ".join(said) or say(locale, "differs.piece")
    if take > 1:
        return say(locale, "result.take", number=take, differs=how)
    return say(locale, "result.changed", differs=how) if said else ""


def told(difference: Difference, locale: str | None) -> str:
    """One difference in words; a mood in it may be a user's own."""
    code, named = language(locale), {"value": difference.value, "other": difference.other}
    if difference.kind == "slightly":
        named["value"] = say(locale, f"differs.{difference.value}")
    elif difference.kind in {"with", "without", "instead", "lead"}:
        named = {name: musical.player(code, word) for name, word in named.items()}
    elif difference.kind == "key":
        named["value"] = musical.key(code, difference.value)
    elif difference.kind == "mood":
        named["value"] = musical.mood(code, difference.value)
    return say(locale, f"differs.{difference.kind}", **named)
