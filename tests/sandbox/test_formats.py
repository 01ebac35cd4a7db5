import pytest

from leonar_sandbox.formats import is_date, is_email, is_uri, is_uuid


@pytest.mark.parametrize(
    "address",
    [
        "sophie.martin@example.com",
        "karim+leonar@mail.example.co.uk",
        "o'brien@example.org",
        "1@2.example.museum",
        "a@b.cd",
        "a@xn--bcher-kva.example",
        "a" * 64 + "@example.com",
    ],
)
def test_a_plain_address_is_an_email(address):
    assert is_email(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sophie",
        "sophie@",
        "@example.com",
        "sophie@example",
        "sophie@example.c",
        "sophie@example.123",
        "sophie@example..com",
        "sophie@-example.com",
        "sophie@example-.com",
        "sophie@exa_mple.com",
        ".sophie@example.com",
        "sophie.@example.com",
        "so..phie@example.com",
        "so phie@example.com",
        "sophie@example.com ",
        "sophie@example.com\n",
        "sophie@@example.com",
        "Sophie Martin <sophie@example.com>",
        "mailto:sophie@example.com",
        "sophié@example.com",
        "sophie@exämple.com",
        '"sophie martin"@example.com',
        "sophie@[192.0.2.1]",
        "a" * 65 + "@example.com",
        "a@" + "b." * 130 + "com",
    ],
)
def test_anything_else_is_not_an_email(address):
    assert not is_email(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com/in/sophie-martin",
        "https://www.linkedin.com/in/s%C3%A9bastien/?trk=a&b=c#about",
        "http://user:secret@example.com:8080/a;b=c/d,e?f=/?#/?",
        "https://[2001:db8::1]/",
        "https://192.0.2.1",
        "HTTPS://EXAMPLE.COM",
        "urn:isbn:0451450523",
        "mailto:sophie@example.com",
        "file:///etc/hosts",
        "tag:example.com,2024:a",
    ],
)
def test_an_absolute_address_is_a_uri(address):
    assert is_uri(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "linkedin",
        "www.linkedin.com/in/sophie",
        "//www.linkedin.com/in/sophie",
        "/in/sophie",
        "https:",
        "https://",
        "https:///in/sophie",
        "https:www.linkedin.com",
        "1https://example.com",
        "https://exa mple.com",
        "https://example.com/a b",
        "https://example.com/é",
        "https://example.com/%zz",
        "https://example.com/%4",
        "https://example.com/<a>",
        "https://example.com/[a]",
        "https://example.com:port/",
        "https://example.com\n",
        " https://example.com",
        "https://example.com#a#b",
    ],
)
def test_anything_else_is_not_a_uri(address):
    assert not is_uri(address)


def test_a_uuid_is_8_4_4_4_12_hexadecimal_digits():
    assert is_uuid("5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01")
    assert is_uuid("5D1F0A52-7C1E-4B7E-9A51-0D3C6A4F1E01")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5d1f0a527c1e4b7e9a510d3c6a4f1e01",
        "{5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01}",
        "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e0",
        "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e0g",
        "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e01\n",
        "5d1f0a5-27c1e-4b7e-9a51-0d3c6a4f1e01",
    ],
)
def test_anything_else_is_not_a_uuid(text):
    assert not is_uuid(text)


def test_a_date_is_a_day_of_the_calendar():
    assert is_date("2024-02-29")


@pytest.mark.parametrize(
    "text", ["", "2025-02-29", "2025-13-01", "25-01-01", "20250101", "2025-01-01T00:00", "2025-1-1"]
)
def test_anything_else_is_not_a_date(text):
    assert not is_date(text)
