"""Links as they are written -> addresses that can be asked, and which of them are private.

A link is read as a browser reads it, and what two readers may see two hosts in is read by none. User names and
passwords are left out, and so is what follows `#`.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from healthlint.web.verdicts import Unchecked

PORTS = {"http": 80, "https": 443}
PUBLIC_PORTS = (80, 443, 8080, 8443)  # no run knocks on the doors of a public host's other services
_LONGEST = 4_000
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_KEPT = "%!$&'()*+,;=:@/-._~"  # in paths, as they are; in queries also what follows
_KEPT_IN_QUERY = _KEPT + "?[]"
_PRIVATE_NAMES = (  # RFC 6761, RFC 6762, RFC 7686, RFC 8375, and what houses use for themselves
    "alt corp example home home.arpa internal intranet invalid lan local localdomain localhost onion private test"
).split()
_UNICAST = IPv6Network("2000::/3")
_TRANSLATED = IPv6Network("64:ff9b::/96")  # NAT64: an IPv4 address as hosts without IPv4 see it
_NOT_PUBLIC = tuple(  # what not every Python knows to be so, or what leads to another network
    ip_network(block)
    for block in (
        "192.0.0.0/24",  # protocols
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # answered by a cloud's machine itself
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)


class Address(NamedTuple):
    """What is asked, and where."""

    scheme: str  # 'http' or 'https'
    host: str  # in ASCII and lower case; of IPv6 without brackets
    port: int
    target: str  # path and query, in ASCII

    @property
    def site(self) -> str:
        """Scheme, host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """All of it, as it is written."""
        return self.site + self.target

    def is_elsewhere(self, other: Address) -> bool:
        """Whether it names another page than one does, and not the same with TLS, without 'www.' or with a slash."""
        return self._place != other._place

    @property
    def _place(self) -> tuple[str, str]:
        return self.host.removeprefix("www."), self.target.rstrip("/")

    def redirected(self, location: str) -> Address:
        """Where an answer sends on to. Raises Unchecked."""
        try:
            return parsed(urljoin(self.url, location))
        except (ValueError, Unchecked):
            raise Unchecked("redirected to what is no web page", by_site=True) from None


def lies_in(link: str, place: str) -> bool:
    """Whether a link leads to a host or below it ('nhs.uk'), or there to a path that begins so ('nhs.uk/search')."""
    try:
        address = parsed(link)
    except Unchecked:
        return False
    host, _, path = place.lower().rpartition("://")[2].partition("/")
    return f".{address.host}".endswith(f".{host}") and address.target.lower().startswith(f"/{path}")


def parsed(link: str) -> Address:
    """The address that a link leads to. Raises Unchecked."""
    link = link.strip()
    if link[:4].lower() == "www.":
        link = f"http://{link}"
    elif link.startswith("//"):
        link = f"https:{link}"
    try:
        parts = urlsplit(link)
        host, port = _encoded(parts.hostname or ""), parts.port
    except ValueError:
        raise Unchecked("named no host") from None
    if parts.scheme not in PORTS or port == 0 or "\\" in parts.netloc:
        raise Unchecked("named no host")
    query = f"?{quote(parts.query, safe=_KEPT_IN_QUERY, errors='replace')}" if parts.query else ""
    target = quote(parts.path or "/", safe=_KEPT, errors="replace") + query
    if len(target) > _LONGEST:
        raise Unchecked("too long")
    return Address(parts.scheme, host, port or PORTS[parts.scheme], target)


def _encoded(host: str) -> str:
    """A host in ASCII, as names are looked up: 'xn--mnchen-3ya.de' for 'münchen.de'. Raises ValueError.

    As in browsers (UTS 46 without transitional mapping), 'ß' is a letter of its own.
    """
    if ":" in host:
        return str(IPv6Address(host)) if "%" not in host else _no_host(host)
    name = unicodedata.normalize("NFKC", host.lower()).replace("。", ".").removesuffix(".")
    labels = [label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in name.split(".")]
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return _no_host(host)
    return ".".join(labels)


def _no_host(host: str) -> str:
    raise ValueError(host)


def is_private_name(host: str) -> bool:
    """Whether a name is none of the public ones: 'intranet', 'nas.local', an IPv4 address in another spelling."""
    labels = host.split(".")
    try:
        ip_address(host)
    except ValueError:
        return len(labels) < 2 or labels[-1][0].isdigit() or _ends_in(labels, _PRIVATE_NAMES)
    return False


def _ends_in(labels: list[str], names: list[str]) -> bool:
    return any(labels[-name.count(".") - 1 :] == name.split(".") for name in names)


def is_public(ip: str) -> bool:
    """Whether an IP address belongs to the public internet, and to one host of it."""
    return _is_public(ip_address(ip.partition("%")[0]))


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address) and (ip.ipv4_mapped or ip in _TRANSLATED):
        return _is_public(IPv4Address(int(ip) & 0xFFFF_FFFF))
    if not ip.is_global or ip.is_multicast or ip.is_reserved or any(ip in block for block in _NOT_PUBLIC):
        return False
    return isinstance(ip, IPv4Address) or ip in _UNICAST
