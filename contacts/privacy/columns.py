"""Which text and JSON columns may hold something about a person: each column of each table is in one of two lists.

A contact's data and an account's are both personal. Logs, events' details and error pages may carry nothing of what is
personal here. Keyed by Django's label of the model; `auth.Group.name` is a column of the table of groups.
"""

PERSONAL: dict[str, frozenset[str]] = {
    "accounts.User": frozenset({"password", "username", "first_name", "last_name", "email"}),
    # Leonar's answers may quote the contact; candidates are contacts.
    "contacts.Attempt": frozenset({"payload", "answer", "candidates"}),
    "contacts.ContactKey": frozenset({"value"}),
    "contacts.Draft": frozenset({"typed"}),
    # From where somebody signed in, exported, was denied a page.
    "contacts.EventOrigin": frozenset({"address"}),
    # Its name is its owner's own text.
    "contacts.SavedView": frozenset({"name", "words"}),
    # A short digest of a tag or a source tells it to whoever guesses it.
    "contacts.SearchEntry": frozenset({"words", "facts"}),
    "contacts.Submission": frozenset(
        {"payload", "typed", "name", "company", "error_message", "contact", "discard_reason"}
    ),
    # A job title or a place can be one person's alone.
    "contacts.UsedValue": frozenset({"value", "key"}),
    # What somebody looked at, by name, and from where; a session holds who is signed in.
    "admin.LogEntry": frozenset({"object_repr", "change_message"}),
    "sessions.Session": frozenset({"session_key", "session_data"}),
    # Of names only keyed digests are kept, and still they are somebody's.
    "accounts.FailedSignIn": frozenset({"name", "address", "device"}),
    "accounts.Session": frozenset({"session_key", "session_data"}),
    # Secrets of second factors, encrypted, and the names that people give their passkeys.
    "mfa.Authenticator": frozenset({"data"}),
    # What the company's provider says of a person; tokens are not kept.
    "account.EmailAddress": frozenset({"email"}),
    "account.EmailConfirmation": frozenset({"key"}),
    "socialaccount.SocialAccount": frozenset({"uid", "extra_data"}),
    "socialaccount.SocialApp": frozenset({"client_id", "secret", "key", "settings"}),
    "socialaccount.SocialToken": frozenset({"token", "token_secret"}),
}

IMPERSONAL: dict[str, frozenset[str]] = {
    "contacts.Attempt": frozenset({"kind", "worker", "verdict", "reason", "content_type", "rate_limit", "detail"}),
    "contacts.ContactKey": frozenset({"kind", "workspace"}),
    "contacts.DayFigures": frozenset({"workspace", "figures"}),
    "contacts.Digest": frozenset({"workspace", "said"}),
    "contacts.Draft": frozenset({"workspace"}),
    "contacts.Event": frozenset({"kind", "workspace", "details"}),
    "contacts.EventOrigin": frozenset({"request"}),
    "contacts.Export": frozenset({"workspace", "format", "columns"}),
    "contacts.Gate": frozenset({"workspace", "fingerprint", "reason", "detail"}),
    "contacts.LeonarList": frozenset({"workspace", "kind", "items"}),
    "contacts.SavedView": frozenset({"workspace", "query"}),
    "contacts.SearchEntry": frozenset({"space", "standing"}),
    # Keyed digests, of settings alone.
    "contacts.SettingsSeen": frozenset({"digests"}),
    "contacts.Submission": frozenset({"facts", "workspace", "state", "reason", "error_field", "settled_by"}),
    "contacts.UsedValue": frozenset({"workspace", "field"}),
    "contacts.Workspace": frozenset({"name"}),
    "admin.LogEntry": frozenset({"object_id"}),
    "auth.Group": frozenset({"name"}),
    "auth.Permission": frozenset({"name", "codename"}),
    "contenttypes.ContentType": frozenset({"app_label", "model"}),
    "mfa.Authenticator": frozenset({"type"}),
    "socialaccount.SocialAccount": frozenset({"provider"}),
    "socialaccount.SocialApp": frozenset({"provider", "provider_id", "name"}),
}
