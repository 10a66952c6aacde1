"""In which language a visitor is spoken to: the first of the browser's that we speak."""

from typing import Protocol

from starlette.datastructures import Headers

from bot.validation import Refusal
from immersivaudio.i18n import CATALOGUES, language, say


class HasHeaders(Protocol):
    """A request of starlette's or of gradio's."""

    @property
    def headers(self) -> Headers:
        """What the browser says of itself."""
        ...


def locale_of(request: HasHeaders) -> str:
    """A language code of ours."""
    return locale_in(request.headers)


def locale_in(headers: Headers) -> str:
    """The same, of headers alone."""
    wanted = (part.partition(";")[0].strip() for part in headers.get("accept-language", "").split(","))
    spoken = (each.split("-")[0].lower() for each in wanted)
    return language(next((each for each in spoken if each in CATALOGUES), None))


def refused(refusal: Refusal, locale: str) -> str:
    """Say a refusal in the page's words: those of the chats speak of sending and of replies."""
    own = f"web.{refusal.key}"
    return say(locale, own, **refusal.fields) if own in CATALOGUES["en"] else refusal.say(locale)
