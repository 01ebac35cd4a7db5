"""Texts in the worst shapes, as long as one likes."""

# What a reader, a cleaner or a comparison could go back and forth over.
SHAPES = {
    "one long word": "a",
    "words": "Sophie Martin ",
    "capital words": "Anna ",
    "short lines": "A\n",
    "marks": "\u0300\u0323",
    "letters with marks": "e\u0301",
    "marks that come apart": "\u0f73",
    "at signs": "@",
    "addresses": "a@b.co ",
    "dots": "a.",
    "digits": "1",
    "phones": "+33 6 12 34 56 78 ",
    "phones, short lines": "06 12 34 56 78\n",
    "digits and signs": "1-(",
    "brackets": "(",
    "square brackets": "[",
    "links": "https://linkedin.com/in/a ",
    "links without end": "https://",
    "slashes": "/",
    "tabs": "\t",
    "tables": "a\tb\tc\n",
    "semicolons": ";,",
    "pipes": " | ",
    "dashes": " - ",
    "labels": "Tel: ",
    "label lines": "Email:\n",
    "spaces": " ",
    "odd spaces": "\u00a0\u200b",
    "blank lines": "\n",
    "carriage returns": "\r",
    "quotes": '"',
    "angle brackets": "<a",
    "tags": "<b>x</b>",
    "entities": "&amp;",
    "soft breaks": "=\n",
    "encoded": "=C3=A9",
    "wide": "漢字",
    "emoji": "\U0001f468\u200d\U0001f469",
    "joiners": "\u200d",
    "right to left": "\u202eא",
    "closing lines": "Best regards\nAnna Berg\n",
    "quoted mail": "> ",
    "mail headers": "From: Anna Berg <a@b.co>\nSubject: x\n",
    "companies": "Acme GmbH, ",
    "cities": "Paris, ",
    "titles": "Head of Sales at Acme\n",
    "backslashes": "\\",
    "percent": "%41",
    "single quotes": "d'",
    "hyphens": "a-",
    "ands": "and ",
    "zeros": "\u0660",
    "dates": "2019 - 2021 ",
    "boundaries": "--b\n",
}
CARD = "BEGIN:VCARD\nVERSION:3.0\n{}\nEND:VCARD\n"
CARDS = {
    "folded": "NOTE:" + "\n a",
    "many lines": "TEL:1\n",
    "long value": "N:" + "a;",
    "soft breaks": "NOTE;ENCODING=QUOTED-PRINTABLE:" + "=41=\n",
    "groups": "a.TEL:1\na.X-ABLabel:b\n",
    "parameters": "TEL;TYPE=a",
    "nested": "BEGIN:VCARD\n",
    "backslashes": "ORG:" + "\\;",
    "base64": "PHOTO;ENCODING=b:" + "AAAA\n ",
    "addresses": "ADR:;;a;b;c;d;e\n",
    "e-mails": "EMAIL:a@b.co\n",
    "names": "FN:Anna Berg\n",
}


def filled(unit: str, size: int) -> str:
    """At most `size` bytes of the unit, once and again."""
    return unit * (size // len(unit.encode()))


def characters(unit: str, size: int) -> str:
    """At most `size` characters of it."""
    return unit * (size // len(unit))
