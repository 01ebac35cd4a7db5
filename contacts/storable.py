"""JSON from outside made fit for both databases; pure.

PostgreSQL's jsonb refuses NUL, lone surrogates and NaN, and all of these can come in an answer that Python reads.
"""

import math
import re
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(value: Any) -> Any:
    """`value` with what no database stores replaced by U+FFFD, and numbers that are none by null."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    return value
