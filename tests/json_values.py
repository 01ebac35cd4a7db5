"""Any JSON that Leonar or a stored row may hold, for property tests; and the values that have hurt before."""

from typing import Any

from hypothesis import strategies as st

# Texts that something along the way may take for more than text.
WILD_TEXTS = (
    *("https://[x", "javascript:alert(1)", "+33612345678", "in/zoé", "%", "%00", "name@", "@", "1" * 300),
    *("9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-02-30T00:00:00Z", "2026-03-12T13:05:00Z"),
    *("new", "archived", "work", "²", "\u0f73" * 40, "a" + "\u0300\u0323" * 40, "\u202e", "", " ", "\x00", "\ud800"),
)
_NAMES = ("email", "phone", "type", "name", "id", "custom_data", "new", "")

texts = st.sampled_from(WILD_TEXTS) | st.text(st.characters(exclude_categories=[]), max_size=30)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_NAMES) | texts, inner, max_size=4),
    max_leaves=12,
)
