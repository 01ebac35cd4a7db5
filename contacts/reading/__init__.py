"""Pasted text or a dropped file, read into a contact's values. Nothing leaves the server; nothing is dropped.

    >>> reading = parse("Sophie MARTIN | CTO @ Acme\\nTél. 06 12 34 56 78 · sophie@acme.example\\nSIRET 123 456 789")
    >>> reading.fields
    {'emails': [{'email': 'sophie@acme.example'}], 'phones': [{'phone': '+33612345678'}],
     'first_name': 'Sophie', 'last_name': 'Martin', 'title': 'CTO', 'current_company': 'Acme'}
    >>> reading.leftovers
    ['SIRET 123 456 789']

`reading.values` says of each value where it came from: its text in the input (`source`, `spans`), the reader, how
certain it is, and in `note` whether its capitals were changed (RECASED; `source` has the name as it was written). The
rows of `fields["emails"]` and `fields["phones"]` and the items of a list are in the order of the values of that field.
`reading.pieces` says of each leftover where it stands and why it is one. Every character of the input that is not white
space is in a span of `values` or of `pieces`.

Values are readable as typed ones: the form cleans and validates them again. `parse_file` takes the bytes of a file.
Both raise TooLong, and nothing else.
"""

from contacts.reading.parsing import TooLong, parse, parse_file
from contacts.reading.result import RECASED, Certainty, Kind, Leftover, Reading, Span, Value

__all__ = ["RECASED", "Certainty", "Kind", "Leftover", "Reading", "Span", "TooLong", "Value", "parse", "parse_file"]
