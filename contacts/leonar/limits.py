"""What the Leonar API documents about the values it takes. Source of all: its API reference, under the call named."""

# Introduction: base URL.
DEFAULT_URL = "https://app.leonar.app/api/v1"

# POST /contacts: first_name and last_name, in characters each.
NAME_MAX = 100

# POST /contacts: items in emails and in phones.
EMAILS_MAX = 5
PHONES_MAX = 5

# POST /tags: characters of a tag's name. POST /contacts creates unknown tags, so the same length holds for them.
TAG_MAX = 100
