"""What people paste, made into what they meant."""

import pytest

from contacts.text.email import clean_email
from contacts.text.links import clean_linkedin
from contacts.text.lists import split_list
from contacts.text.phone import clean_phone, grouped
from contacts.text.text import clean_text


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Sophie \n Martin ", "Sophie Martin"),
        ("\u00a0Sophie\u202fMartin\u2009", "Sophie Martin"),
        ("\ufeffSo\u200bphie\u200d", "Sophie"),
        ("\u202dKarim\u2069", "Karim"),
        ("So\x00phie\x07\x85", "Sophie"),
        ("So\ud800phie", "Sophie"),
        ("Jose\u0301", "Jos\u00e9"),
        ("e\u200b\u0301", "\u00e9"),
        ("نی\u200cکی", "نی\u200cکی"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("\u200b \u2060", ""),
    ],
)
def test_text_loses_what_nobody_can_see(typed, cleaned):
    assert clean_text(typed) == cleaned


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("sophie@example.com,", "sophie@example.com"),
        (" sophie@example.com ; ", "sophie@example.com"),
        ("mailto:sophie%2Bjobs@example.com?subject=Hello", "sophie+jobs@example.com"),
        ("Sophie Martin <sophie@example.com>", "sophie@example.com"),
        ('"Martin, Sophie" <sophie@example.com>;', "sophie@example.com"),
        ("sophie@example.com <mailto:sophie@example.com>", "sophie@example.com"),
        ("<sophie@example.com>", "sophie@example.com"),
        ("sophie @ example.com", "sophie@example.com"),
        ("sophie@example.com.", "sophie@example.com"),
        ("sophie@münchen.example", "sophie@xn--mnchen-3ya.example"),
        ("sophie@straße.example", "sophie@xn--strae-oqa.example"),
        ("sophie@MÜNCHEN.example", "sophie@xn--mnchen-3ya.example"),
        ("So\u200bphie@Example.com", "Sophie@Example.com"),
    ],
)
def test_an_address_is_taken_out_of_what_was_pasted(typed, cleaned):
    assert clean_email(typed) == cleaned


@pytest.mark.parametrize(
    "typed",
    [
        "sophie@example.com, karim@example.com",
        "sophie@example.com; Karim <karim@example.com>",
        "Sophie <sophie@example.com> Karim <karim@example.com>",
    ],
)
def test_of_two_addresses_none_is_lost(typed):
    cleaned = clean_email(typed)

    assert "sophie@example.com" in cleaned
    assert "karim@example.com" in cleaned


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("06.12.34.56.78,", "+33612345678"),
        ("+33 (0)6 12-34-56-78", "+33612345678"),
        ("0033 6 12 34 56 78", "+33612345678"),
        ("tel:+33-6-12-34-56-78", "+33612345678"),
        ("\u202a+33\u00a06 12 34 56 78\u202c", "+33612345678"),
        ("+44 20 7946 0958", "+442079460958"),
        ("01 23 45 67 89 ext 12", "+33123456789 ext. 12"),
        ("tel:+33123456789;ext=12", "+33123456789 ext. 12"),
        ("+33123456789 ext. 12", "+33123456789 ext. 12"),
        ("01 23 45 67 89 poste 12", "+33123456789 ext. 12"),
        ("Tél. : 06 12 34 56 78", "+33612345678"),
        ("M: +33 6 12 34 56 78", "+33612345678"),
        ("٠٦ ١٢ ٣٤ ٥٦ ٧٨", "+33612345678"),
    ],
)
def test_a_valid_number_is_sent_as_e164_with_its_extension(typed, sent):
    assert clean_phone(typed, region="FR") == (sent, True)


@pytest.mark.parametrize(
    "typed",
    [
        "12",
        "06 12 34",
        "ask Karim",
        "06 12 34 56 78 / 07 12 34 56 78",
        "+999 1",
        "+1 800 FLOWERS",
        "06 12 34 56 78 a",
        "Karim 06 12 34 56 78",
        "1" * 300,
    ],
)
def test_a_number_that_cannot_be_right_stays_as_typed_and_says_so(typed):
    assert clean_phone(f" {typed} ", region="FR") == (typed, False)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("+33612345678", "+33 6 12 34 56 78"),
        ("+442071234567", "+44 20 7123 4567"),
        ("+33142685300 ext. 12", "+33 1 42 68 53 00 ext. 12"),
        ("+33123456", "+33123456"),
        ("+99912345678", "+99912345678"),
        ("06 12 34", "06 12 34"),
        ("call me", "call me"),
        ("", ""),
    ],
)
def test_a_number_is_grouped_for_reading_as_its_country_does(sent, shown):
    assert grouped(sent) == shown


def test_the_region_decides_what_a_national_number_means():
    assert clean_phone("020 7946 0958", region="GB") == ("+442079460958", True)


@pytest.mark.parametrize(
    "typed",
    [
        "in/sophie-martin",
        "/in/sophie-martin/",
        "linkedin.com/in/sophie-martin?utm_source=share",
        "www.linkedin.com/in/sophie-martin/",
        "https://fr.linkedin.com/in/sophie-martin/details/experience/",
        "HTTP://LinkedIn.com/in/sophie-martin#about",
        "https://www.linkedin.com/comm/in/sophie-martin",
        "https://www.linkedin.com/mwlite/in/sophie-martin",
        "//www.linkedin.com/in/sophie-martin",
        " <https://www.linkedin.com/in/sophie-martin>, ",
    ],
)
def test_every_way_to_write_a_linkedin_profile_becomes_the_one(typed):
    assert clean_linkedin(typed) == "https://www.linkedin.com/in/sophie-martin"


@pytest.mark.parametrize("typed", ["in/zoé", "linkedin.com/in/zo%C3%A9", "linkedin.com/in/zo%c3%a9/"])
def test_an_accent_in_a_profile_is_escaped_once(typed):
    assert clean_linkedin(typed) == "https://www.linkedin.com/in/zo%C3%A9"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com/company/acme/about?trk=x",
        "https://example.com/Sophie?tab=1#top",
        "http://sophie:secret@example.com:8080/",
        "https://notlinkedin.com/in/sophie",
        "https://linkedin.com.example/in/sophie",
        "https://[2001:db8::1]/x",
        "HTTPS://Example.COM/A",
        "https://example.com/100%25",
    ],
)
def test_any_other_address_is_passed_on_as_it_is(address):
    assert clean_linkedin(address) == address


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("example.com/sophie", "https://example.com/sophie"),
        ("example.com:8080", "https://example.com:8080"),
        ("//example.com", "https://example.com"),
        ("münchen.example/ü", "https://xn--mnchen-3ya.example/%C3%BC"),
        ("https://example.com/a|b?q=[1]&r=100%#x#y", "https://example.com/a%7Cb?q=%5B1%5D&r=100%25#x%23y"),
    ],
)
def test_an_address_is_completed_and_escaped_where_it_has_to_be(typed, sent):
    assert clean_linkedin(typed) == sent


@pytest.mark.parametrize(
    "junk",
    [
        "hello",
        "Sophie Martin",
        "sophie@example.com",
        "javascript:alert(1)",
        "mailto:sophie@example.com",
        "javascript://example.com/%0aalert(1)",
        "ftp://example.com",
        "http\u017f://example.com",
        "https://",
        "https://[zz]/",
        "https://[1.2.3.4]/",
        "https://exa mple.com",
        "https://example.com/x and more",
        "in/",
        "linkedin",
        "1.25",
        "https://a\\b",
        "://example.com",
    ],
)
def test_what_is_no_address_is_refused(junk):
    with pytest.raises(ValueError, match="not a web address"):
        clean_linkedin(junk)


def test_a_list_is_split_trimmed_and_kept_in_order_without_repeats():
    assert split_list(" Rust, python;\tRUST\nGo ,, Machine  learning\r\n") == [
        "Rust",
        "python",
        "Go",
        "Machine learning",
    ]


def test_a_mark_that_turns_into_a_semicolon_separates_like_one():
    assert split_list("Rust\u037e Go\u2028Java") == ["Rust", "Go", "Java"]


def test_the_commas_of_other_scripts_part_a_list_too():
    assert split_list("Rust，Go、Java；C､D") == ["Rust", "Go", "Java", "C", "D"]


def test_bullets_are_no_part_of_what_they_stand_before():
    assert split_list("• Rust\n•Go\n - Java\n* C\n– D\n◦\tE\n•") == ["Rust", "Go", "Java", "C", "D", "E"]


def test_signs_that_words_begin_with_stay():
    assert split_list("-1, *nix, -, C--, .NET, ·net") == ["-1", "*nix", "-", "C--", ".NET", "net"]
