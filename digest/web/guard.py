"""Decides which machines may be asked: those of the public internet, and no others.

A name is resolved once, each of its addresses is judged, and the connection goes to an address
that was judged. So neither a redirect nor a name that changes its address between two questions
(DNS rebinding) leads into the network of whoever runs the digest.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# The network in which IPv6 carries IPv4 where there is no other way out (RFC 6052).
NAT64 = IPv6Network("64:ff9b::/96")
LAST_BITS = 0xFFFFFFFF


class ForbiddenHostError(OSError):
    """A host that only its own network can reach; the message names host and address."""


def connect(host: str, port: int, *, timeout: float | None, private: bool = False) -> socket.socket:
    """Return a connection to a host of the public internet, or with `private` to any host.

    Raises `ForbiddenHostError` where one of its addresses is not public: a name that has both
    kinds was made to deceive. Raises `OSError` where nobody answers within `timeout` seconds.
    """
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    for *_, place in found:
        if not private and not is_public(ip_address(str(place[0]).partition("%")[0])):
            raise ForbiddenHostError(f"{host} is {place[0]}, an address of a private network")
    failure: OSError = OSError(f"{host} has no address")
    for family, kind, protocol, _, place in found:
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(timeout)
        try:
            connection.connect(place)
        except OSError as error:
            connection.close()
            failure = error
        else:
            return connection
    raise failure


def is_public(address: Address) -> bool:
    """Return whether an address belongs to the public internet (IANA special-purpose registries).

    An address of IPv6 that stands for one of IPv4 is what that one is.
    """
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: Address) -> IPv4Address | None:
    """Return the address of IPv4 that one of IPv6 leads to."""
    if isinstance(address, IPv4Address):
        return None
    if address in NAT64:
        return IPv4Address(int(address) & LAST_BITS)
    return address.ipv4_mapped or address.sixtofour
