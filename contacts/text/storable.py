"""What both databases can store; pure.

PostgreSQL keeps neither NUL nor halves of surrogate pairs nor NaN, and all of these come in what browsers and servers
send. One rule for all of it: characters that can't be kept go, numbers that are none become null.
"""

import math
import re
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable_text(text: str) -> str:
    """`text` without what a database can't store; everything else is as it was."""
    return _UNSTORABLE.sub("", text)


def storable(value: Any) -> Any:
    """JSON with storable texts and finite numbers only."""
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    return value
