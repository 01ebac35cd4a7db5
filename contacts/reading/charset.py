"""The text of a dropped file."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str:
    """The text in `data`: by its byte order mark, else UTF-8, else the charset of Western Windows.

    Never raises: bytes that are no character in the charset become U+FFFD.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return data.decode(charset, "replace")
    wide = _unmarked_utf16(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _unmarked_utf16(data: bytes) -> str:
    """Text of mostly Western letters has a zero in every second byte when it is UTF-16."""
    start = data[:200]
    if len(start) < 4 or len(data) % 2:
        return ""
    if start[1::2].count(0) > len(start) * 0.4:
        return "utf-16-le"
    if start[0::2].count(0) > len(start) * 0.4:
        return "utf-16-be"
    return ""
