"""The line under a result that says who made the music, and what may be done with it (docs/rights.md)."""

from immersivaudio.chat.text import clean, tame
from immersivaudio.i18n import say
from immersivaudio.queue import Summary

_LICENCE = 120
"""Characters of a licence's name that are shown."""


def made_by(locale: str | None, summary: Summary) -> str:
    """One line; empty where the result does not say who made it."""
    if not summary.made_by:
        return ""
    if not summary.by_model:
        return say(locale, "result.made.rules")
    model, licence = (tame(clean(text, _LICENCE)) for text in (summary.made_by, summary.licence))
    return say(locale, "result.made.model", model=model, licence=licence or "?")
