"""What is the same on every page is made once, and reads as if each tag were rendered anew."""

import pytest
from django.template import Context, Engine, Node, engines
from django.templatetags.static import static
from django.urls import set_script_prefix
from django.utils.translation import override

from leonar_portal.fixed_text import FixedText

PAGES = {
    "base.html": "{% load i18n %}<a href=\"{% url 'history' %}\">{% translate 'Save' %}</a>"
    "{% block main %}{% endblock %}",
    "page.html": "{% extends 'base.html' %}{% load i18n %}{% block main %}{% if is_there %}{% translate 'Cancel' %}, "
    "{{ name }}{% for each in some %} {% translate 'No' %}{% endfor %}{% endif %}{% endblock %}",
    "filled_in.html": "{% load i18n static %}{% url 'submission' id %} {% url 'admin:index' %} {% translate word %}"
    "{% url 'history' as address %}{% translate 'Save' as said %}{% translate 'May' context 'month' %}"
    "{% static file %}{% static 'a.css' as address %}",
    "file.html": "{% load static %}<link href=\"{% static 'css/base.css' %}\">",
}


@pytest.fixture
def engine():
    loader = ("leonar_portal.fixed_text.Loader", [("django.template.loaders.locmem.Loader", PAGES)])
    return Engine(loaders=[loader], libraries={name: f"django.templatetags.{name}" for name in ("i18n", "static")})


def of_kind(nodes, kind: type[Node]) -> list[Node]:
    return nodes.get_nodes_by_type(kind)


def test_texts_translations_and_addresses_become_one_text(engine):
    [fixed] = of_kind(engine.get_template("base.html").nodelist, FixedText)

    assert fixed.render(Context()) == '<a href="/submissions/">Save</a>'


def test_so_does_the_address_of_a_file(engine):
    [fixed] = of_kind(engine.get_template("file.html").nodelist, FixedText)

    assert fixed.render(Context()) == f'<link href="{static("css/base.css")}">'


def test_a_page_reads_as_it_would_without(engine):
    said = {"is_there": True, "name": "<Sophie>", "some": [1, 2]}

    page = engine.get_template("page.html").render(Context(said))

    assert page == '<a href="/submissions/">Save</a>Cancel, &lt;Sophie&gt; No No'


def test_each_language_has_its_own_text(engine):
    template = engine.get_template("base.html")
    template.render(Context())

    with override("fr"):
        assert "Enregistrer" in template.render(Context())
    assert "Save" in template.render(Context())


def test_each_place_on_a_host_has_its_own_addresses(engine):
    template = engine.get_template("base.html")
    template.render(Context())

    try:
        set_script_prefix("/portal/")
        assert 'href="/portal/submissions/"' in template.render(Context())
    finally:
        set_script_prefix("/")


def test_what_has_something_to_fill_in_is_left_as_it_is(engine):
    assert not of_kind(engine.get_template("filled_in.html").nodelist, FixedText)


def test_the_portals_own_pages_are_made_so():
    navigation = engines["django"].engine.get_template("elements/navigation.html")

    assert of_kind(navigation.nodelist, FixedText)
