"""Links in what people write: which one is a file to fetch, and which leads elsewhere. Nothing is fetched."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from immersivaudio.chat.api import origin_of
from immersivaudio.config import EnvironmentSettings
from immersivaudio.errors import BadSettingError

LONGEST = 2000
"""Characters of a link."""
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER = ".,;:!?)]}'*_~"
"""What stands behind a link in a sentence, and is none of it."""
_PAGES = (".html", ".htm", ".xhtml", ".shtml")
_SITES = {
    "youtube.com": "YouTube", "youtu.be": "YouTube", "vimeo.com": "Vimeo", "tiktok.com": "TikTok",
    "instagram.com": "Instagram", "facebook.com": "Facebook", "fb.watch": "Facebook", "twitter.com": "X",
    "x.com": "X", "twitch.tv": "Twitch", "dailymotion.com": "Dailymotion", "reddit.com": "Reddit",
    "soundcloud.com": "SoundCloud", "spotify.com": "Spotify", "snapchat.com": "Snapchat",
    "bilibili.com": "Bilibili",
}  # fmt: skip
"""Sites whose terms forbid fetching their films."""


class LinkSettings(EnvironmentSettings):
    """Set by environment variables: IMMERSIVAUDIO_LINKS_ and the field's name."""

    model_config = SettingsConfigDict(
        env_prefix="IMMERSIVAUDIO_LINKS_", env_file=".env", extra="ignore", frozen=True
    )

    fetch: bool = True
    """Whether a link to a file counts as the file, in chats. Only public addresses are asked."""
    max_bytes: int = Field(default=100 * 2**20, gt=0, description="of one file")
    seconds: float = Field(default=60.0, gt=0, description="that one file may take")
    at_once: int = Field(default=4, ge=1, description="files that are fetched at once")
    inside: frozenset[str] = frozenset()
    """Origins that may be asked although their address is not public: ["http://media.lan:8080"]."""

    @model_validator(mode="after")
    def _are_origins(self) -> "LinkSettings":
        if any(origin_of(each) != each for each in self.inside):
            raise BadSettingError(
                "an origin of IMMERSIVAUDIO_LINKS_INSIDE is none", 'write them as ["http://media.lan:8080"]'
            )
        return self


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and the words around it."""

    url: str
    words: str

    @property
    def name(self) -> str:
        """The last part of its path: what the file is called there."""
        return unquote(urlsplit(self.url).path).rpartition("/")[2]

    @property
    def is_page(self) -> bool:
        """Whether it is called as pages are; of any other name, only the server knows what it stands for."""
        return self.name.lower().endswith(_PAGES) or not (self.name or urlsplit(self.url).query)

    @property
    def site(self) -> str:
        """The site of films that it leads to; "" for any other."""
        host = (urlsplit(self.url).hostname or "").removeprefix("www.")
        return next((name for site, name in _SITES.items() if host == site or host.endswith(f".{site}")), "")


def find(text: str) -> Link | None:
    """Return the first link of a text; None where there is none that could be followed."""
    found = _LINK.search(text)
    if not found:
        return None
    shown = found[0].rstrip(_AFTER)
    url = shown.partition("#")[0]
    words = " ".join(f"{text[: found.start()]} {text[found.start() + len(shown) :]}".split())
    return Link(url, words.strip(" ,;:")) if origin_of(url) else None
