"""From which address a request comes, behind as many reverse proxies as there are."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of whoever sent the request; None where there is none, as on a Unix socket without a proxy.

    Each of the TRUSTED_PROXIES has appended the address it was asked from to X-Forwarded-For, so the client is found by
    counting from the right; what a client wrote there itself stands further left and is never read. The header is not
    believed at all where there is no trusted proxy, or where it is shorter than they would have made it.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    claimed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    proxies = settings.TRUSTED_PROXIES
    address = claimed[-proxies] if 0 < proxies <= len(claimed) else peer
    return _valid(address.strip()) or _valid(peer)


def client_network(request: HttpRequest) -> str:
    """What counts as one address where tries are counted: of IPv6 each household has at least a /64 to choose from."""
    address = client_address(request) or ""
    if ":" not in address:
        return address
    return str(ip_network((address, 64), strict=False))


def _valid(address: str) -> str | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    if not isinstance(found, IPv6Address):
        return str(found)
    # A zone, which may be any text, is the sender's own affair; a mapped one is an address of IPv4.
    return str(found.ipv4_mapped or IPv6Address(int(found)))
