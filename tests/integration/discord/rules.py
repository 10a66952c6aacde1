"""Limits that Discord documents, enforced: what is wrong with a message or a command; "" where nothing is."""

import re
from collections.abc import Iterator
from typing import Any

CONTENT, CUSTOM_ID, LABEL, NONCE = 2000, 100, 80, 25
FILES, REQUEST = 10, 25 * 2**20
"""Files of one message, and bytes of one request."""
LOCALES = frozenset(
    re.findall(
        r"\S+",
        "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi "
        "th zh-CN ja zh-TW ko",
    )
)

_NAME = re.compile(r"[-_'a-z0-9À-ÿ]{1,32}")


def message(payload: dict[str, Any], files: int) -> str:
    """https://docs.discord.com/developers/resources/message"""
    content = payload.get("content") or ""
    if len(content) > CONTENT:
        return "content: must be 2000 or fewer in length"
    if files > FILES:
        return "files: too many"
    if len(str(payload.get("nonce") or "")) > NONCE:
        return "nonce: must be 25 or fewer in length"
    if not content and not files and not payload.get("components") and not payload.get("embeds"):
        return "" if "content" in payload or "attachments" in payload else "empty message"
    return components(payload.get("components") or [])


def components(rows: list[dict[str, Any]]) -> str:
    """https://docs.discord.com/developers/components/reference"""
    if len(rows) > 5:
        return "components: must be 5 or fewer rows"
    ids = [each.get("custom_id", "") for row in rows for each in row["components"]]
    if len(ids) != len(set(ids)) or any(not 1 <= len(each) <= CUSTOM_ID for each in ids):
        return "components: custom ids must be unique, 1-100 characters"
    for row in rows:
        inner = row["components"]
        kinds = {each["type"] for each in inner}
        if (
            row["type"] != 1
            or not inner
            or (kinds == {2} and len(inner) > 5)
            or (3 in kinds and len(inner) > 1)
        ):
            return "components: a row holds five buttons or one menu"
        if any(len(each.get("label") or "") > LABEL for each in inner):
            return "components: label must be 80 or fewer in length"
        if any(not 1 <= len(each["options"]) <= 25 for each in inner if each["type"] == 3):
            return "components: a menu holds 1-25 options"
    return ""


def modal(data: dict[str, Any]) -> str:
    """https://docs.discord.com/developers/interactions/receiving-and-responding"""
    if not 1 <= len(data.get("title", "")) <= 45 or not 1 <= len(data.get("custom_id", "")) <= CUSTOM_ID:
        return "modal: title 1-45, custom id 1-100"
    if not 1 <= len(data["components"]) <= 5:
        return "modal: 1-5 components"
    labels = [each for each in data["components"] if each["type"] == 18]
    fields = [each["component"] for each in labels]
    if len(labels) != len(data["components"]) or any(len(each["label"]) > 45 for each in labels):
        return "modal: labels of 1-45 characters"
    return next((wrong for each in fields if (wrong := _field(each))), "")


def _field(field: dict[str, Any]) -> str:
    """https://docs.discord.com/developers/components/reference: text, file upload, radio, checkboxes"""
    kind, options = field["type"], field.get("options") or []
    if kind not in {4, 19, 21, 22, 23} or not 1 <= len(field.get("custom_id", "")) <= CUSTOM_ID:
        return "modal: a field that no label holds"
    if kind == 4 and (len(field.get("placeholder") or "") > 100 or field.get("style") not in {1, 2}):
        return "modal: placeholder 100 or fewer, a style"
    fewest = {21: 2, 22: 1}.get(kind, 0)
    if not fewest <= len(options) <= 10 or (field.get("max_values") or 1) > 10:
        return "modal: a group holds 1-10 options, a radio group two at least"
    if any(not 1 <= len(each["label"]) <= 100 or not 1 <= len(each["value"]) <= 100 for each in options):
        return "modal: labels and values of 1-100 characters"
    chosen = [each["value"] for each in options if each.get("default")]
    return "modal: one choice of a radio group" if kind == 21 and len(chosen) > 1 else ""


def command(payload: dict[str, Any]) -> str:
    """https://docs.discord.com/developers/interactions/application-commands"""
    kind, name, told = payload.get("type", 1), payload["name"], payload.get("description") or ""
    if kind == 1 and (not _NAME.fullmatch(name) or not 1 <= len(told) <= 100):
        return f"{name}: name 1-32, description 1-100"
    if kind in {2, 3} and (told or not 1 <= len(name) <= 32):
        return f"{name}: a menu entry has a name of 1-32 and no description"
    if set(payload.get("contexts") or []) - {0, 1, 2} or set(payload.get("integration_types") or []) - {0, 1}:
        return f"{name}: contexts"
    if sum(len(text) for text in _texts(payload, "")) > 8000:
        return f"{name}: more than 8000 characters"
    return _parts(payload, 32 if kind in {2, 3} else 100)


def _parts(payload: dict[str, Any], limit: int) -> str:
    options = payload.get("options") or []
    required = [bool(each.get("required")) for each in options]
    if len(options) > 25 or required != sorted(required, reverse=True):
        return "options: 25 at most, required ones first"
    for each in (*options, *(payload.get("choices") or [])):
        known = each.get("description")
        if not 1 <= len(each["name"]) <= 100 or (known is not None and not 1 <= len(known) <= 100):
            return f"{each['name']}: 1-100 characters"
        if wrong := _parts(each, 100):
            return wrong
    for field in ("name_localizations", "description_localizations"):
        for locale, text in (payload.get(field) or {}).items():
            if locale not in LOCALES or not 1 <= len(text) <= limit:
                return f"{field}: {locale}"
    return ""


def _texts(payload: dict[str, Any], locale: str) -> Iterator[str]:
    """Of the command, its options and its choices, in one language."""
    for field in ("name", "description"):
        known = payload.get(f"{field}_localizations") or {}
        yield str(known.get(locale) or payload.get(field) or "")
    yield from (str(payload[field]) for field in ("value",) if isinstance(payload.get(field), str))
    for each in (*(payload.get("options") or []), *(payload.get("choices") or [])):
        yield from _texts(each, locale)
