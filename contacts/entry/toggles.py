"""The control of a short choice of which each word is in sight: one group of radio buttons, drawn as toggles."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.html import escape
from django.utils.safestring import SafeString


class Toggles(forms.RadioSelect):
    """One radio button for each choice. The first, for "nothing chosen", has the group's id, and is a dash to see."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Where a link to this control leads."""
        return id_ if index is None else super().id_for_label(id_, index)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The group. Written here and not by Django's template, because the form has ten of them."""
        del renderer
        chosen, id_ = "" if value is None else str(value), escape((attrs or {}).get("id", f"id_{name}"))
        described = (attrs or {}).get("aria-describedby")
        says = f' aria-describedby="{escape(described)}"' if described else ""
        own_name = escape(name)
        parts = []
        for place, (key, word) in enumerate(self.choices):
            own_id = f"{id_}_{place}" if place else id_
            checked = " checked" if key == chosen else ""
            seen = escape(word) if key else f'<i aria-hidden="true">–</i><i class="unseen">{escape(word)}</i>'
            parts.append(
                f'<label class="toggle"><input type="radio" name="{own_name}" id="{own_id}" value="{escape(key)}"'
                f"{checked}{says}><span>{seen}</span></label>"
            )
        return SafeString(f'<span class="toggles">{"".join(parts)}</span>')
