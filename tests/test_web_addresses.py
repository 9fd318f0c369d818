"""How links are read, and which addresses are private."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from healthlint.web.addresses import PORTS, Address, is_private_name, is_public, lies_in, parsed
from healthlint.web.verdicts import Unchecked


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://www.nhs.uk", "https://www.nhs.uk/"),
        ("HTTP://WWW.NHS.UK/A", "http://www.nhs.uk/A"),
        ("www.nhs.uk/a", "http://www.nhs.uk/a"),
        ("//cdn.nhs.uk/a.png", "https://cdn.nhs.uk/a.png"),
        (" https://nhs.uk/a\n", "https://nhs.uk/a"),
        ("https://nhs.uk/a\n b", "https://nhs.uk/a%20b"),
        ("https://nhs.uk/a#part", "https://nhs.uk/a"),
        ("https://nhs.uk?q=a b&r=[1]#x", "https://nhs.uk/?q=a%20b&r=[1]"),
        ("https://nhs.uk/%C3%A4%2F%zz", "https://nhs.uk/%C3%A4%2F%zz"),
        ("https://nhs.uk/ä/“x”", "https://nhs.uk/%C3%A4/%E2%80%9Cx%E2%80%9D"),
        ("https://nhs.uk/a\\b", "https://nhs.uk/a%5Cb"),
        ("https://nhs.uk/\ud800", "https://nhs.uk/%3F"),
        ("https://nhs.uk:443/", "https://nhs.uk/"),
        ("http://nhs.uk:443/", "http://nhs.uk:443/"),
        ("https://nhs.uk./a", "https://nhs.uk/a"),
        ("https://me:secret@nhs.uk/a", "https://nhs.uk/a"),
        ("https://nhs.uk@evil.org/a", "https://evil.org/a"),
        ("https://münchen.de/", "https://xn--mnchen-3ya.de/"),
        ("https://MÜNCHEN.DE/", "https://xn--mnchen-3ya.de/"),
        ("https://faß.de/", "https://xn--fa-hia.de/"),
        ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
        ("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
    ],
)
def test_a_link_is_read_as_a_browser_reads_it(link: str, url: str) -> None:
    assert parsed(link).url == url
    assert parsed(parsed(link).url) == parsed(link)


@pytest.mark.parametrize(
    "link",
    [
        "https://",
        "https:///a",
        "https://a b.org/",
        "https://good.org\\@evil.org/",
        "https://nhs.uk:0/",
        "https://nhs.uk:65536/",
        "https://nhs.uk:x/",
        "https://[::1/",
        "https://[::1%25eth0]/",
        "https://[nhs.uk]/",
        "https://ex%61mple.org/",
        "https://-a.org/",
        "https://a..org/",
        f"https://{'a' * 64}.org/",
        f"https://{'a.' * 127}org/",
        "https://nhs℀.org/",
        "https://nhs.uk\x00.org/",
        "ftp://nhs.uk/",
        "javascript:alert(1)//",
        "file:///etc/passwd",
        "https://nhs.uk/" + "a" * 5_000,
        "",
    ],
)
def test_what_is_no_address_of_a_page_cannot_be_checked(link: str) -> None:
    with pytest.raises(Unchecked):
        parsed(link)


@given(
    st.text(), st.sampled_from(["https://", "http://a.org/", "http://a.org?", "//", "www.", "http://[", "http://x@"])
)
@example("a\r\nHost: evil.org", "http://a.org/")
@example("\uff0f\u2100", "https://")
def test_whatever_is_written_only_clean_addresses_come_of_it(text: str, start: str) -> None:
    with suppress(Unchecked):
        address = parsed(start + text)
        assert address.url.isascii()
        assert address.url.isprintable()
        assert " " not in address.url
        assert address.scheme in PORTS
        assert "@" not in address.site


@given(st.text())
def test_a_redirect_leads_to_an_address_or_nowhere(location: str) -> None:
    with suppress(Unchecked):
        assert parsed(Address("http", "a.org", 80, "/b/c?d").redirected(location).url)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/x", "https://a.org/x"),
        ("x", "https://a.org/b/x"),
        ("?x", "https://a.org/b/c?x"),
        ("//b.org/x", "https://b.org/x"),
        ("http://b.org/x", "http://b.org/x"),
        ("https://me:secret@b.org", "https://b.org/"),
        ("/ä", "https://a.org/%C3%A4"),
    ],
)
def test_where_a_redirect_leads(location: str, url: str) -> None:
    assert parsed("https://a.org/b/c").redirected(location).url == url


@pytest.mark.parametrize(
    "location", ["ftp://a.org/", "javascript:1", "mailto:a@b.org", "https://[", "file:///etc/passwd"]
)
def test_a_redirect_leads_to_no_other_scheme(location: str) -> None:
    with pytest.raises(Unchecked, match="no web page"):
        parsed("https://a.org/").redirected(location)


@pytest.mark.parametrize("ip", ["8.8.8.8", "193.0.14.129", "2a00:1450:4001::1", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public_addresses(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    "ip",
    """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.8.9.10 169.254.169.254 172.16.0.1 192.0.0.192
    192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    168.63.129.16 192.88.99.1
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a00:1
    64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0
    fec0::1 ff02::1 ff0e::1 3fff::1 5f00::1
    """.split(),
)
def test_addresses_that_are_private_or_lead_to_private_ones(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize(
    "host",
    """
    localhost intranet a.localhost nas.local wiki.internal x.home.arpa x.onion a.test a.example a.invalid
    2130706433 017700000001 0x7f000001 0x7f.1 127.1 127.0.1 1.2.3.0x4
    """.split(),
)
def test_private_names_and_spellings_of_numbers(host: str) -> None:
    assert is_private_name(host)


@pytest.mark.parametrize("host", ["nhs.uk", "localhost.org", "local.nhs.uk", "xn--zckzah.xn--p1ai", "1.2.3.4", "::1"])
def test_public_names(host: str) -> None:
    assert not is_private_name(host)


def test_what_lies_in_a_place() -> None:
    assert lies_in("https://www.nhs.uk/search?q=a", "nhs.uk")
    assert lies_in("https://www.NHS.uk/Search?q=a", "nhs.uk/search")
    assert lies_in("http://www.nhs.uk/search", "https://www.nhs.uk/search")
    assert not lies_in("https://www.nhs.uk/live", "nhs.uk/search")
    assert not lies_in("https://otherNHS.uk/", "nhs.uk")
    assert not lies_in("https://[", "nhs.uk")
