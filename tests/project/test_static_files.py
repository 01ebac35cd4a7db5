"""Scripts and styles are served without their comments, and otherwise as they stand in the repository."""

import gzip
import re
from pathlib import Path

import pytest

from leonar_portal.static_files import without_comments
from tests.project.test_settings import python

STATIC = Path(__file__).resolve().parents[2] / "static"
OWN = sorted([*STATIC.glob("js/*.js"), *STATIC.glob("css/*.css")])


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_nothing_but_comments_indentation_and_blank_lines_is_left_out(path):
    text = path.read_text(encoding="utf-8")

    lines = [line.strip() for line in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).splitlines()]
    code = [line for line in lines if line and not line.startswith("//")]

    served = without_comments(text, path.suffix[1:])
    assert _dense(served) == _dense("\n".join(code))
    if path.suffix == ".js":
        assert [line.rstrip() for line in served.splitlines()] == code


def _dense(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", [path for path in OWN if path.suffix == ".css"], ids=lambda path: path.name)
def test_no_text_of_a_style_holds_what_parts_its_rules(path):
    style = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    texts = re.findall(r"""["'][^"']*["']""", style)

    assert [text for text in texts if re.search(r"[{};:]|\s,|,\s", text)] == []


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_no_text_goes_over_several_lines(path):
    """Where one did, a line of it could be taken for a comment."""
    text = path.read_text(encoding="utf-8")

    assert [line for line in text.splitlines() if line.count("`") % 2] == []


def test_collected_files_are_without_comments_and_others_are_left_alone(tmp_path):
    done = python(tmp_path, "manage.py", "collectstatic", "--noinput", "--verbosity=0")

    assert done.returncode == 0, done.stderr
    [named] = tmp_path.glob("static/js/submit-once.????????????.js")
    lines = named.read_text(encoding="utf-8").splitlines()
    assert any(line.startswith('customElements.define("submit-once"') for line in lines)
    assert not [line for line in lines if line.lstrip().startswith("//")]
    assert gzip.decompress(Path(f"{named}.gz").read_bytes()) == named.read_bytes()
    assert "/*" in (tmp_path / "static/admin/css/base.css").read_text(encoding="utf-8")
