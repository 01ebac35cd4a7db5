"""A phone number of another country than the location's."""

from collections.abc import Iterator
from functools import cache

import phonenumbers
from babel import Locale
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contacts.entry.hints.base import Hint, Typed
from contacts.reading.words.world import COUNTRY_OF_CITY, countries
from contacts.text.folding import fold
from contacts.text.phone import clean_phone


class PhoneCountry:
    """A number typed without its country is taken for one of the portal's region; another may be meant."""

    id = "phone-country"

    def hints(self, contact: Typed) -> Iterator[Hint]:
        """One for each number of another country."""
        place_of_work = country_of(contact.location)
        if not place_of_work:
            return
        code = phonenumbers.country_code_for_region(place_of_work)
        for place, number, _type in contact.phones:
            sent = clean_phone(number, region=settings.DEFAULT_PHONE_REGION)
            if sent.is_valid and not sent.value.startswith(f"+{code}"):
                yield self._hint(place, number, sent.value, place_of_work)

    def _hint(self, place: int, number: str, sent: str, region: str) -> Hint:
        control = f"phones-{place}-phone"
        other = phonenumbers.region_code_for_number(phonenumbers.parse(sent)) or ""
        message = _("A number of %(country)s; the location is in %(place)s.") % {
            "country": _name(other),
            "place": _name(region),
        }
        local = clean_phone(number, region=region)
        if number.lstrip().startswith(("+", "00")) or not local.is_valid:
            return Hint(self.id, control, message, about=f"{number} {region}")
        label = _("Change to %(number)s") % {"number": local.value}
        return Hint(self.id, control, message, f"{number} {region}", {control: local.value}, label)


def country_of(location: str) -> str:
    """The country of a place as people write it: the last part that is known; "" where none is."""
    for part in reversed(location.split(",")):
        folded = fold(part)
        country = countries().get(folded) or COUNTRY_OF_CITY.get(folded)
        if country and len(folded) > len("FR"):
            return country if country in phonenumbers.SUPPORTED_REGIONS else ""
    return ""


def _name(region: str) -> str:
    return _names(get_language() or "en").get(region, region)


@cache
def _names(language: str) -> dict[str, str]:
    return dict(Locale.parse(language, sep="-").territories)
