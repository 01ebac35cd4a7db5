"""What the Leonar API documents about the values it takes. Source of all: its API reference, under the call named."""

# Introduction: base URL.
DEFAULT_URL = "https://app.leonar.app/api/v1"

# POST /contacts: the body fields, in the order of the reference.
BODY_FIELDS = (
    "first_name",
    "last_name",
    "email",
    "emails",
    "phone",
    "phones",
    "title",
    "current_company",
    "location",
    "linkedin_profile",
    "contact_type",
    "tags",
    "source",
    "company_id",
    "custom_data",
    "global_status",
    "do_not_contact",
    "years_experience",
    "skills",
    "languages",
)

# POST /contacts: first_name and last_name, in characters each.
NAME_MAX = 100

# POST /contacts: items in emails and in phones.
EMAILS_MAX = 5
PHONES_MAX = 5

# POST /contacts: the enum of global_status.
GLOBAL_STATUSES = ("new", "contacted", "replied", "qualified", "archived")

# POST /tags: characters of a tag's name. POST /contacts creates unknown tags, so the same length holds for them.
TAG_MAX = 100
