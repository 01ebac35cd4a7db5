"""How the portal's own scripts and styles are collected: without comments, a fifth of what a page would fetch."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The folders of the portal's own; what others wrote is left as it is.
_OWN = re.compile(r"(?:js|css)/[\w-]+\.(?P<kind>js|css)")
_COMMENTS = {
    # Only comments that have lines of their own: what follows code may be part of a text. And blank lines,
    # as no text of our scripts has several lines.
    "js": re.compile(r"^[ \t]*(?://.*)?\n|^[ \t]+", re.MULTILINE),
    "css": re.compile(r"/\*.*?\*/|^[ \t]+", re.MULTILINE | re.DOTALL),
}

# Around what parts rules and values of a style; no text of the portal's own styles holds any of it.
_STYLE_SPACE = re.compile(r"\s*([{};,])\s*|(?<=:)\s+")


def without_comments(text: str, kind: str) -> str:
    """A script ("js") or style ("css") without comments and space that mean nothing to a browser."""
    bare = _COMMENTS[kind].sub("", text)
    return _STYLE_SPACE.sub(lambda found: found[1] or "", bare) if kind == "css" else bare


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Collected under names that change with what the files hold, compressed, the portal's own without comments."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Names and compresses what was saved here; Django would read the portal's own from their sources again."""
        own = {name: (self, name) for name in paths if _OWN.fullmatch(name)}
        return super().post_process(paths | own, dry_run, **options)

    def _save(self, name: str, content: File) -> str:
        own = _OWN.fullmatch(name)
        if own is not None:
            content = ContentFile(without_comments(content.read().decode(), own["kind"]).encode())
        return super()._save(name, content)
