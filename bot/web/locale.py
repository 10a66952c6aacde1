"""In which language a visitor is spoken to: the first of the browser's that we speak."""

from typing import Protocol

from starlette.datastructures import Headers

from immersivaudio.i18n import CATALOGUES, language


class HasHeaders(Protocol):
    """A request of starlette's or of gradio's."""

    @property
    def headers(self) -> Headers:
        """What the browser says of itself."""
        ...


def locale_of(request: HasHeaders) -> str:
    """A language code of ours."""
    wanted = (
        part.partition(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")
    )
    spoken = (each.split("-")[0].lower() for each in wanted)
    return language(next((each for each in spoken if each in CATALOGUES), None))
