"""Files of text, as editors and spreadsheets write them."""


def decoded(data: bytes) -> str:
    """Return the text in `data`: UTF-16 where its mark says so, else UTF-8, else Latin-1.

    Raises `UnicodeDecodeError` for UTF-16 that is cut off.
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
