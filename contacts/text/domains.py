"""Names of domains in the form that machines exchange."""

import idna

# RFC 1035: the longest domain name. Anything longer is not worth the time that its encoding takes.
_DOMAIN_MOST = 253


def ascii_domain(domain: str) -> str:
    """`domain` in ASCII (UTS 46); as it is where it has no such form."""
    if domain.isascii() or len(domain) > _DOMAIN_MOST:
        return domain
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError:
        return domain
