"""Pin the images that are not ours to the digests that their tags have today.

    python docker/renew_digests.py            write them, and say what changed
    python docker/renew_digests.py --check    change nothing; exit 1 where a tag has moved on

A tag is a name that its owner may move; a digest is the hash of what was built and tried. Renew, build, run
the tests, commit. DOCKER_HUB=https://mirror.example asks a mirror. Needs nothing but Python 3.11. The digest
is computed here from the bytes of the manifest (for several processors: of their index), whatever the
registry's header says. Source: OCI Distribution Specification 1.1, "Pulling manifests"; the Docker Registry's
token authentication.
"""

import argparse
import hashlib
import json
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = ("docker/*Dockerfile", "docker-compose.yml", "docker/kubernetes/*.yaml")
PINNED = re.compile(
    r"(?P<name>(?<![\w./-])[a-z0-9][\w.-]*(?::\d+)?(?:/[a-z0-9][\w.-]*)*):(?P<tag>[\w][\w.-]*)@(?P<digest>sha256:[0-9a-f]{64})"
)
"""NAME:TAG@sha256:DIGEST, wherever it stands."""
_KINDS = ", ".join(
    (
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    )
)
_LARGEST = 4 * 2**20
"""Bytes of a manifest, as the specification bounds them."""
_PATIENCE = 30.0
"""s without a byte."""


class RenewalError(Exception):
    """A registry did not answer as one does; says which image, and how."""


@dataclass(frozen=True)
class ImageName:
    """An image without its digest."""

    name: str
    tag: str

    @property
    def registry(self) -> str:
        """The address of its registry: Docker Hub's where the first part has no dot and no port."""
        host = self.name.partition("/")[0]
        if "/" in self.name and (re.search(r"[.:]", host) or host == "localhost"):
            scheme = "http" if host.partition(":")[0] in {"localhost", "127.0.0.1"} else "https"
            return f"{scheme}://{host}"
        return os.environ.get("DOCKER_HUB", "https://registry-1.docker.io")

    @property
    def repository(self) -> str:
        """Its name there; Docker Hub keeps the official ones under library/."""
        host, _, rest = self.name.partition("/")
        if "/" in self.name and (re.search(r"[.:]", host) or host == "localhost"):
            return rest
        return self.name if "/" in self.name else f"library/{self.name}"


def digest(image: ImageName) -> str:
    """Return the digest of what the tag names now. Raises `RenewalError`."""
    address = f"{image.registry}/v2/{image.repository}/manifests/{image.tag}"
    try:
        try:
            body = _fetched(address)
        except urllib.error.HTTPError as error:
            if error.code != 401:
                raise
            body = _fetched(address, _token(error.headers.get("WWW-Authenticate", ""), image))
        kind = json.loads(body)
    except urllib.error.HTTPError as error:
        raise RenewalError(f"{image.name}:{image.tag}: the registry answered {error.code}") from None
    except (OSError, ValueError) as error:
        raise RenewalError(
            f"{image.name}:{image.tag}: {type(error).__name__} from {image.registry}"
        ) from None
    if not isinstance(kind, dict) or not ({"manifests", "layers"} & kind.keys()):
        raise RenewalError(f"{image.name}:{image.tag}: what came is no manifest")
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def _fetched(address: str, token: str = "") -> bytes:
    headers = {"Accept": _KINDS} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - built from our own files
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
        body = answer.read(_LARGEST + 1)
        if len(body) > _LARGEST:
            raise ValueError("too long")
        return bytes(body)


def _token(challenge: str, image: ImageName) -> str:
    """A token for anybody to read this repository, from where the registry says."""
    said = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
    if not challenge.startswith("Bearer ") or not said.get("realm", "").startswith(
        ("https://", "http://127.0.0.1:")
    ):
        raise ValueError("it asks for a password")
    query = {"service": said.get("service", ""), "scope": f"repository:{image.repository}:pull"}
    answer = json.loads(_fetched(f"{said['realm']}?{urllib.parse.urlencode(query)}"))
    return str(answer.get("token") or answer["access_token"])


def images(root: Path) -> Iterator[tuple[Path, re.Match[str]]]:
    """Every pinned image of the files that name some."""
    for pattern in FILES:
        for path in sorted(root.glob(pattern)):
            yield from ((path, found) for found in PINNED.finditer(path.read_text()))


def renew(root: Path, *, check: bool) -> int:
    """Ask for each image once, write where it moved; return how many did."""
    now: dict[ImageName, str] = {}
    moved: dict[str, str] = {}
    for _, found in images(root):
        image = ImageName(found["name"], found["tag"])
        now[image] = now.get(image) or digest(image)
        if now[image] != found["digest"]:
            moved[found[0]] = f"{image.name}:{image.tag}@{now[image]}"
    for path in {path for path, found in images(root) if found[0] in moved}:
        text = path.read_text()
        for old, new in moved.items():
            text = text.replace(old, new)
        if not check:
            path.write_text(text)
    for image, found_digest in now.items():
        changed = any(new.endswith(found_digest) for new in moved.values())
        sys.stdout.write(f"{image.name}:{image.tag} {'moved to' if changed else 'is still'} {found_digest}\n")
    if not now:
        raise RenewalError("no image is pinned here")
    return len(moved)


def main() -> None:
    """Renew, or look."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 where a tag has moved on"
    )
    options.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    try:
        moved = renew(chosen.root, check=chosen.check)
    except RenewalError as error:
        sys.exit(str(error))
    sys.exit(1 if chosen.check and moved else 0)


if __name__ == "__main__":
    main()
