"""Links that are followed on a server on loopback, which does whatever servers do."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from web_server import HOST, Asked, Server, answer, dripped, serving

from healthlint import __version__, kept
from healthlint.web import addresses, asking, memory, visiting
from healthlint.web.addresses import Address
from healthlint.web.checker import Checker
from healthlint.web.limits import LinkLimits
from healthlint.web.names import SURE
from healthlint.web.robots import Robots
from healthlint.web.verdicts import State, Unchecked, Verdict

QUICK = LinkLimits(pause=0, seconds=20, seconds_in_all=60)
SHORT = msgspec.structs.replace(QUICK, seconds=0.3)
SELF = ["127.0.0.1"]
NAMES = {"a.org": SELF, "b.org": SELF, "www.a.org": SELF, HOST: SELF, SURE: SELF}


@pytest.fixture(autouse=True)
def nothing_is_kept() -> Iterator[None]:
    kept.use(None)
    yield
    kept.use(None)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def look_up(name: str) -> Sequence[str]:
    if name not in NAMES:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    return NAMES[name]


def checker(limits: LinkLimits = QUICK, *, allow_private: bool = True) -> Checker:
    return Checker(limits, allow_private=allow_private, look_up=look_up)


def verdict(link: str, limits: LinkLimits = QUICK, *, allow_private: bool = True) -> Verdict:
    return checker(limits, allow_private=allow_private).verdicts([link])[link]


def of(server: Server, says: object, limits: LinkLimits = QUICK) -> Verdict:
    """What is known of a page that answers so."""
    server.says["/page"] = says  # type: ignore[assignment]
    return verdict(server.url("/page"), limits)


def unknown(verdict: Verdict) -> str:
    """Why it is not known."""
    assert verdict.state is State.UNKNOWN
    return verdict.said


# What a server answers


@pytest.mark.parametrize("status", [200, 204, 206, 300, 304, 416])
def test_a_page_that_is_there(server: Server, status: int) -> None:
    assert of(server, answer(status)).state is State.ALIVE


@pytest.mark.parametrize(
    ("status", "said"), [(404, "the site answers 404 (not found)"), (410, "the site answers 410 (gone)")]
)
def test_a_page_that_is_gone(server: Server, status: int, said: str) -> None:
    assert of(server, answer(status)) == Verdict(State.DEAD, said)
    assert server.methods("/page") == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [400, 401, 402, 403, 405, 406, 418, 451, 500, 501, 502, 503, 504, 520, 999])
def test_an_answer_that_does_not_tell(server: Server, status: int) -> None:
    assert unknown(of(server, answer(status))) == f"answered {status}"


@pytest.mark.parametrize("refusal", [400, 401, 403, 404, 405, 410, 500, 501, 503])
def test_head_may_be_refused(server: Server, refusal: int) -> None:
    assert of(server, lambda asked: answer(refusal if asked.method == "HEAD" else 206)).state is State.ALIVE
    assert server.methods("/page") == ["HEAD", "GET"]
    assert server.asked[-1].fields["Range"] == "bytes=0-0"


def test_head_may_get_no_answer_at_all(server: Server) -> None:
    assert of(server, lambda asked: b"" if asked.method == "HEAD" else answer(200)).state is State.ALIVE


def test_a_page_that_is_there_is_asked_for_once_and_not_read(server: Server) -> None:
    assert of(server, answer(200)).state is State.ALIVE
    assert server.methods("/page") == ["HEAD"]


def test_we_say_who_we_are_and_nothing_else(server: Server) -> None:
    server.says["/page"] = answer(200, Set_Cookie="a=b")
    link = f"http://me:secret@{HOST}:{server.port}/page#part"
    checked = checker().verdicts([link, server.url("/page?2")])
    assert checked[link].state is State.ALIVE
    assert server.paths[0] == "/page"
    for asked in server.asked:
        assert asked.fields["User-Agent"] == f"healthlint/{__version__} (link checker)"
        assert asked.fields["Host"] == f"{HOST}:{server.port}"
        assert not {"Cookie", "Authorization", "Referer"} & asked.fields.keys()


def test_an_international_name_is_asked_in_ascii(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NAMES, "xn--mnchen-3ya.de", SELF)
    server.says["/%C3%A4"] = answer(200)
    assert verdict(server.url("/ä", "münchen.de")).state is State.ALIVE
    assert server.asked[-1].fields["Host"] == f"xn--mnchen-3ya.de:{server.port}"


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "017700000001", "127.0.0.1"])
def test_all_spellings_of_an_address_lead_there_if_they_may(server: Server, host: str) -> None:
    server.says["/page"] = answer(200)
    link = server.url("/page", host)
    assert Checker(QUICK, allow_private=True).verdicts([link])[link].state is State.ALIVE
    assert unknown(Checker(QUICK).verdicts([link])[link]) == visiting.PRIVATE


def test_ipv6() -> None:
    try:
        with serving(family=socket.AF_INET6) as server:
            server.says["/page"] = answer(200)
            assert verdict(server.url("/page", "[::1]")).state is State.ALIVE
            assert server.asked[-1].fields["Host"] == f"[::1]:{server.port}"
    except OSError:
        pytest.skip("there is no IPv6 here")


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(server: Server, status: int) -> None:
    server.says["/new"] = answer(200)
    assert of(server, answer(status, Location="/new")).state is State.ALIVE
    server.says["/new"] = answer(404)
    assert of(server, answer(status, Location="/new")).state is State.DEAD


@pytest.mark.parametrize(
    ("status", "to", "moved"),
    [
        (301, "/new", "/new"),
        (308, "/new", "/new"),
        (302, "/new", ""),
        (307, "/new", ""),
        (301, "/page/", ""),
        (301, "/page?a", "/page?a"),
        (301, "/", "/"),
    ],
)
def test_what_has_moved_for_good(server: Server, status: int, to: str, moved: str) -> None:
    server.says[to] = answer(200)
    found = of(server, answer(status, Location=to))
    assert found == Verdict(State.ALIVE, moved=server.url(moved) if moved else "")


def test_a_site_without_www_is_the_same(server: Server) -> None:
    server.says["/page"] = lambda asked: (
        answer(301, Location=server.url("/page", "a.org")) if "www" in asked.fields["Host"] else answer(200)
    )
    assert verdict(server.url("/page", "www.a.org")) == Verdict(State.ALIVE)
    assert verdict(server.url("/page", "a.org")) == Verdict(State.ALIVE)


def test_what_has_moved_for_good_and_then_for_now(server: Server) -> None:
    server.says |= {"/new": answer(302, Location="/login"), "/login": answer(200)}
    assert of(server, answer(301, Location="/new")) == Verdict(State.ALIVE)


def test_a_redirect_without_a_place(server: Server) -> None:
    assert of(server, answer(302)).state is State.ALIVE


def test_a_redirect_in_utf_8(server: Server) -> None:
    server.says["/%C3%A4"] = answer(200)
    assert of(server, answer(301, Location="/ä".encode().decode("latin-1"))).state is State.ALIVE


@pytest.mark.parametrize(
    "location", ["ftp://a.org/", "file:///etc/passwd", "javascript:alert(1)", "http://[", "https://"]
)
def test_a_redirect_to_what_is_no_page(server: Server, location: str) -> None:
    assert unknown(of(server, answer(302, Location=location))) == "redirected to what is no web page"


def test_a_loop(server: Server) -> None:
    server.says["/other"] = answer(302, Location="/page")
    assert unknown(of(server, answer(302, Location="/other"))) == "redirected in a loop"
    assert unknown(of(server, answer(302, Location="/page#x"))) == "redirected in a loop"


def test_a_chain_has_a_bound(server: Server) -> None:
    for step in range(visiting.REDIRECTS + 1):
        server.says[f"/{step}"] = answer(302, Location=f"/{step + 1}")
    server.says[f"/{visiting.REDIRECTS}"] = answer(200)
    assert verdict(server.url("/0")).state is State.ALIVE
    server.says[f"/{visiting.REDIRECTS}"] = answer(302, Location="/more")
    server.says["/more"] = answer(200)
    assert unknown(verdict(server.url("/0"))) == "redirected too often"


def test_a_redirect_to_a_name_that_there_is_not(server: Server) -> None:
    said = of(server, answer(302, Location="http://gone.org/"))
    assert said == Verdict(State.DEAD, "it leads on to a site that there is not")


# Names


def test_a_name_that_there_is_not() -> None:
    assert verdict("http://gone.org/") == Verdict(State.DEAD, "there is no site of that name")


def test_without_a_network_nothing_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(NAMES, SURE)
    assert unknown(verdict("http://gone.org/")) == "had names that could not be looked up"


def test_a_host_that_takes_no_connection(server: Server) -> None:
    server.close()
    assert unknown(verdict(server.url("/page"))) == "could not be connected to"


def test_another_address_of_a_host_is_tried(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NAMES, "a.org", ["127.0.0.2", "127.0.0.1"])
    server.says["/page"] = answer(200)
    assert verdict(server.url("/page", "a.org")).state is State.ALIVE


# Private addresses


@pytest.fixture
def outside(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, as if it stood outside: 127.0.0.1 is public, and all else on loopback private."""
    monkeypatch.setattr(addresses, "is_public", lambda ip: ip == "127.0.0.1")
    monkeypatch.setattr(addresses, "PUBLIC_PORTS", (server.port,))
    return server


def public(link: str) -> Verdict:
    return verdict(link, allow_private=False)


@pytest.mark.parametrize(
    "ip", ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::ffff:7f00:1"]
)
def test_a_name_of_a_private_address_is_not_asked(server: Server, monkeypatch: pytest.MonkeyPatch, ip: str) -> None:
    monkeypatch.setitem(NAMES, "a.org", [ip])
    assert unknown(public(server.url("/page", "a.org"))) == visiting.PRIVATE
    assert server.asked == []


def test_of_several_addresses_only_public_ones_are_asked(outside: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[Sequence[str]] = []
    ask = asking.ask

    def asked(
        method: str, address: addresses.Address, ips: Sequence[str], deadline: float, *, most: int = 0
    ) -> asking.Answer:
        connected.append(ips)
        return ask(method, address, ips, deadline, most=most)

    monkeypatch.setattr(visiting, "ask", asked)
    monkeypatch.setitem(NAMES, "a.org", ["10.0.0.1", "127.0.0.1", "::1"])
    outside.says["/page"] = answer(200)
    assert public(outside.url("/page", "a.org")).state is State.ALIVE
    assert connected == [["127.0.0.1"]] * 2


@pytest.mark.parametrize(
    "place", ["http://127.0.0.2:{}/", "http://[::1]:{}/", "http://inner.org:{}/", "http://localhost:{}/"]
)
def test_a_redirect_to_a_private_address_is_not_followed(
    outside: Server, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setitem(NAMES, "inner.org", ["127.0.0.2"])
    outside.says["/page"] = answer(302, Location=place.format(outside.port))
    assert unknown(public(outside.url("/page", "a.org"))) == visiting.PRIVATE
    assert outside.paths == ["/page"]


def test_a_robots_txt_at_a_private_address_is_not_read(outside: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NAMES, "inner.org", ["127.0.0.2"])
    outside.says["/robots.txt"] = answer(302, Location=f"http://inner.org:{outside.port}/robots.txt")
    assert unknown(public(outside.url("/page", "a.org"))) == visiting.PRIVATE
    assert outside.paths == []


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(outside: Server) -> None:
    """A name that means another address the second time (DNS rebinding) is not looked up a second time."""
    given = iter([["127.0.0.1"]])
    outside.says["/page"] = answer(200)
    link = outside.url("/page", "a.org")
    checked = Checker(QUICK, look_up=lambda _: next(given)).verdicts([link])
    assert checked[link].state is State.ALIVE
    assert len(outside.asked) == 2


def test_no_other_service_of_a_public_host_is_asked(outside: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "PUBLIC_PORTS", (80,))
    for allow_private in (False, True):
        found = verdict(outside.url("/page", "a.org"), allow_private=allow_private)
        assert unknown(found) == "named a port that is none of the web's"
    assert outside.asked == []


def test_private_names_are_not_even_looked_up() -> None:
    asked: list[str] = []

    def look_up(name: str) -> Sequence[str]:
        asked.append(name)
        return SELF

    links = ["http://intranet/", "http://nas.local/", "http://x.onion/", "http://0x7f.1/"]
    checked = Checker(QUICK, look_up=look_up).verdicts(links)
    assert {unknown(checked[link]) for link in links} == {visiting.PRIVATE}
    assert asked == []


def test_no_proxy_is_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind one, nobody could tell which address is connected to."""
    with serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        server.says["/page"] = answer(200)
        assert verdict(server.url("/page")).state is State.ALIVE
        assert proxy.asked == []


# What servers do wrong


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"<html>404</html>",
        b"\0" * 5_000,
        b"A" * 70_000,
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 200 + b"\r\n",
    ],
)
def test_garbage_is_no_finding(server: Server, said: bytes) -> None:
    assert unknown(of(server, said)) == "gave an answer that is none"


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\nbroken",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n",
        b"HTTP/1.0 200\r\n\r\n",
        b"HTTP/1.1 200 OK\nX: bare line feeds\n\n",
        b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: \xff\xfe\x00\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    ],
)
def test_a_body_that_is_wrong_does_not_matter(server: Server, said: bytes) -> None:
    assert of(server, said).state is State.ALIVE


def test_a_connection_that_is_reset(server: Server) -> None:
    def reset(asked: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 2"
        raise ConnectionError

    assert unknown(of(server, reset)) == "gave an answer that is none"


def endless(part: bytes) -> Iterator[bytes]:
    while True:
        yield part


def test_a_body_without_an_end(server: Server) -> None:
    assert of(server, lambda _: endless(answer(200, b"x" * 60_000))).state is State.ALIVE


@pytest.mark.parametrize("part", [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\nX: a\r\n\r\n"])
def test_a_head_without_an_end(server: Server, part: bytes) -> None:
    assert unknown(of(server, lambda _: endless(part))) == "gave an answer that is none"


def test_a_server_that_says_nothing(server: Server) -> None:
    ended = threading.Event()

    def silent(asked: Asked) -> Iterator[bytes]:
        ended.wait(30)
        yield b""

    assert unknown(of(server, silent, SHORT)) == "gave no answer in time"
    ended.set()
    assert server.methods("/page") == ["HEAD"]


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 " + b"O" * 1_000, b"HTTP/1.1 200 OK\r\n"])
def test_a_head_that_drips(server: Server, start: bytes) -> None:
    slow = start + b"X: a\r\n" * 1_000
    assert unknown(of(server, lambda _: dripped(slow, 0.02), SHORT)) == "gave no answer in time"


def test_a_body_that_drips(server: Server) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"

    def slow(asked: Asked) -> Iterator[bytes]:
        yield head
        yield from dripped(b"x" * 1_000, 0.02)

    assert of(server, slow, SHORT).state is State.ALIVE


@given(
    st.sampled_from([b"", b"HTTP/1.1 ", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.0 301 Moved\r\nLocation: "]),
    st.binary()
    | st.lists(st.sampled_from([b"\r\n", b"\n", b":", b" ", b"Location", b"2", b"\xff", b"\0"])).map(b"".join),
)
def test_whatever_bytes_come_they_are_an_answer_or_none(start: bytes, rest: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(start + rest)
        theirs.shutdown(socket.SHUT_WR)
        with suppress(Unchecked):
            found = asking._answer("GET", Address("http", "a.org", 80, "/"), ours, time.monotonic() + 20, most=100)
            assert 100 <= found.status <= 999
            assert len(found.body) <= 100
            with suppress(Unchecked):
                assert Address("http", "a.org", 80, "/").redirected(found.location).url.isascii()


@given(
    st.binary()
    | st.lists(
        st.sampled_from(
            ["User-agent: *", "Disallow: /", "Allow:", "Crawl-delay: ", "1", "*", "$", "%", "\n", "\r", "#", "é"]
        )
    ).map(lambda parts: "".join(parts).encode())
)
def test_whatever_a_robots_txt_says_it_allows_or_forbids(body: bytes) -> None:
    rules = Robots(asking.Answer(200, body=body))
    assert rules.allows("http://a.org/%zz?a=[b]") in (True, False)
    assert 0 <= rules.pause <= 60


def test_a_defect_of_ours_costs_one_link(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def defective(address: addresses.Address, location: str) -> addresses.Address:
        raise KeyError(location)

    monkeypatch.setattr(addresses.Address, "redirected", defective)
    server.says |= {"/moved": answer(301, Location="/"), "/page": answer(200)}
    checked = checker().verdicts([server.url("/moved"), server.url("/page")])
    assert unknown(checked[server.url("/moved")]) == "made healthlint fail (KeyError)"
    assert checked[server.url("/page")].state is State.ALIVE


# TLS


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """One that we trust."""
    authority, trust = trustme.CA(), ssl.create_default_context()
    authority.configure_trust(trust)
    monkeypatch.setattr(asking, "_trust", lambda: trust)
    return authority


def secured(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_a_certificate_that_is_trusted(authority: trustme.CA) -> None:
    with serving(tls=secured(authority, "a.org")) as server:
        server.says["/page"] = answer(200)
        assert verdict(f"https://a.org:{server.port}/page").state is State.ALIVE


def test_a_certificate_of_another_name(authority: trustme.CA) -> None:
    with serving(tls=secured(authority, "b.org")) as server:
        assert unknown(verdict(f"https://a.org:{server.port}/page")) == "had certificates that are not trusted"
        assert server.asked == []


def test_a_certificate_of_somebody_else(authority: trustme.CA) -> None:
    with serving(tls=secured(trustme.CA(), "a.org")) as server:
        assert unknown(verdict(f"https://a.org:{server.port}/page")) == "had certificates that are not trusted"


def test_tls_on_a_plain_port(server: Server, authority: trustme.CA) -> None:
    assert unknown(verdict(f"https://a.org:{server.port}/page")) == "spoke no TLS"


def test_plain_text_on_a_port_of_tls(authority: trustme.CA) -> None:
    with serving(tls=secured(authority, "a.org")) as server:
        assert verdict(server.url("/page", "a.org")).state is State.UNKNOWN


def test_a_handshake_that_never_comes(authority: trustme.CA) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        link = f"https://a.org:{silent.getsockname()[1]}/page"
        assert unknown(verdict(link, SHORT)) == "gave no answer in time"


# robots.txt


def with_robots(server: Server, says: object, *paths: str) -> list[Verdict]:
    server.says |= {path: answer(200) for path in paths}
    server.says["/robots.txt"] = says  # type: ignore[assignment]
    links = [server.url(path) for path in paths]
    checked = checker().verdicts(links)
    return [checked[link] for link in links]


FORBIDDEN = "forbidden by robots.txt"


@pytest.mark.parametrize("agent", ["*", "healthlint", "HealthLint"])
def test_what_robots_txt_forbids_is_not_asked_for(server: Server, agent: str) -> None:
    rules = f"User-agent: {agent}\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\n".encode()
    paths = ["/private/a", "/private/open", "/a.pdf", "/a.pdf?b"]
    closed, opened, pdf, other = with_robots(server, answer(200, rules), *paths)
    assert unknown(closed) == unknown(pdf) == FORBIDDEN
    assert opened.state is other.state is State.ALIVE
    assert sorted(server.paths) == ["/a.pdf?b", "/private/open"]
    assert server.methods("/robots.txt") == ["GET"]


def test_what_is_said_to_others_is_not_said_to_us(server: Server) -> None:
    (opened,) = with_robots(server, answer(200, b"User-agent: Googlebot\nDisallow: /\n"), "/page")
    assert opened.state is State.ALIVE


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410])
def test_without_a_robots_txt_all_is_allowed(server: Server, status: int) -> None:
    (opened,) = with_robots(server, answer(status), "/page")
    assert opened.state is State.ALIVE


@pytest.mark.parametrize("status", [500, 502, 503, 599])
def test_a_robots_txt_that_cannot_be_read_forbids_all(server: Server, status: int) -> None:
    (closed,) = with_robots(server, answer(status, b"User-agent: *\nAllow: /"), "/page")
    assert unknown(closed) == "had a robots.txt that could not be read"
    assert server.paths == []


@pytest.mark.parametrize("body", [b"", b"<html>no rules</html>", b"\xff\xfe\x00", b"Disallow", b":" * 10_000])
def test_a_robots_txt_that_says_nothing(server: Server, body: bytes) -> None:
    (opened,) = with_robots(server, answer(200, body), "/page")
    assert opened.state is State.ALIVE


@pytest.mark.parametrize("filler", [b"# nothing\n", b"Disallow: /*a*b*c*d*e*f*g*h$\n", b"x"])
def test_a_huge_robots_txt_is_read_as_far_as_it_must_be(server: Server, filler: bytes) -> None:
    body = b"User-agent: *\nDisallow: /private\n" + filler * (2_000_000 // len(filler))
    closed, opened = with_robots(server, answer(200, body), "/private", "/page")
    assert unknown(closed) == FORBIDDEN
    assert opened.state is State.ALIVE


def test_a_robots_txt_in_chunks_that_break_off(server: Server) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    rules = b"User-agent: *\nDisallow: /private\n"
    said = head + f"{len(rules):x}\r\n".encode() + rules + b"\r\nzz"
    closed, opened = with_robots(server, said, "/private", "/page")
    assert (unknown(closed), opened.state) == (FORBIDDEN, State.ALIVE)


def test_a_robots_txt_that_has_moved(server: Server) -> None:
    server.says["/rules"] = answer(200, b"User-agent: *\nDisallow: /private\n")
    closed, opened = with_robots(server, answer(301, Location="/rules"), "/private", "/page")
    assert (unknown(closed), opened.state) == (FORBIDDEN, State.ALIVE)


def test_a_robots_txt_that_leads_about(server: Server) -> None:
    (opened,) = with_robots(server, answer(301, Location="/robots.txt"), "/page")
    assert opened.state is State.ALIVE
    assert len(server.methods("/robots.txt")) == 6


def test_each_site_that_a_redirect_leads_to_is_asked_for_its_own(server: Server) -> None:
    with serving() as other:
        other.says |= {"/page": answer(200), "/robots.txt": answer(200, b"User-agent: *\nDisallow: /\n")}
        assert unknown(of(server, answer(302, Location=other.url("/page")))) == FORBIDDEN
        assert other.paths == []


# Limits


def test_each_address_is_asked_for_once(server: Server) -> None:
    server.says["/page"] = answer(200)
    links = [server.url("/page"), server.url("/page#a"), server.url("/page#b"), f" {server.url('/page')}"]
    one = checker()
    assert {one.verdicts(links)[link].state for link in links} == {State.ALIVE}
    assert one.summary == "1 link checked: 0 dead"
    assert server.paths == ["/page"]


def test_no_more_than_a_number_in_all(server: Server) -> None:
    links = [server.url(f"/{number}", host) for number in range(3) for host in ("a.org", "b.org")]
    one = checker(msgspec.structs.replace(QUICK, most=4))
    checked = one.verdicts(links)
    assert [checked[link].state for link in links] == [State.DEAD] * 4 + [State.UNKNOWN] * 2
    assert one.summary == ("6 links checked: 4 dead, 2 could not be checked (2 left for another run: a.org, b.org)")
    assert not one.is_complete


def test_no_more_than_a_number_of_each_host(server: Server) -> None:
    links = [server.url(f"/{number}", host) for number in range(3) for host in ("a.org", "b.org")]
    checked = checker(msgspec.structs.replace(QUICK, most_per_host=1)).verdicts(links)
    assert [checked[link].state for link in links] == [State.DEAD] * 2 + [State.UNKNOWN] * 4


class Crowd:
    """Answers that come together, once so many have been asked for or nobody else comes."""

    def __init__(self, number: int, patience: float) -> None:
        self._barrier = threading.Barrier(number)
        self._patience = patience
        self.met = 0

    def __call__(self, asked: Asked) -> bytes:
        try:
            self._barrier.wait(self._patience)
            self.met += 1
        except threading.BrokenBarrierError:
            pass
        return answer(200)


def test_hosts_are_asked_at_the_same_time(server: Server) -> None:
    crowd = Crowd(2, patience=20)
    server.says["/page"] = crowd
    checker().verdicts([server.url("/page", "a.org"), server.url("/page", "b.org")])
    assert crowd.met == 2


def test_but_no_more_than_a_number_of_them(server: Server) -> None:
    crowd = Crowd(2, patience=0.2)
    server.says["/page"] = crowd
    checker(msgspec.structs.replace(QUICK, at_once=1)).verdicts(
        [server.url("/page", host) for host in ("a.org", "b.org")]
    )
    assert crowd.met == 0


def test_one_host_is_asked_for_one_thing_at_a_time(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_now: list[str] = []
    together: list[list[str]] = []
    ask = asking.ask

    def asked(method: str, address: addresses.Address, *rest: object, **more: int) -> asking.Answer:
        asked_now.append(address.host)
        together.append(asked_now[:])
        try:
            return ask(method, address, *rest, **more)  # type: ignore[arg-type]
        finally:
            asked_now.remove(address.host)

    monkeypatch.setattr(visiting, "ask", asked)
    server.says |= {f"/{number}": lambda _: dripped(answer(200), 0.001) for number in range(5)}
    server.says |= {f"/to-{number}": answer(302, Location=server.url(f"/{number}", "a.org")) for number in range(5)}
    links = [server.url(f"/{number}", "a.org") for number in range(5)]
    links += [server.url(f"/to-{number}", "b.org") for number in range(5)]
    checked = checker().verdicts(links)
    assert {checked[link].state for link in links} == {State.ALIVE}
    assert all(hosts.count("a.org") <= 1 and hosts.count("b.org") <= 1 for hosts in together)


def paused(monkeypatch: pytest.MonkeyPatch, server: Server, limits: LinkLimits) -> float:
    """The pauses before two pages of one host and its robots.txt, all together; nobody waits for them."""
    slept: list[float] = []
    monkeypatch.setattr(visiting.time, "sleep", slept.append)
    server.says |= {"/1": answer(200), "/2": answer(200)}
    checker(limits).verdicts([server.url("/1"), server.url("/2")])
    return sum(slept)


def test_there_is_a_pause_between_two_requests(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    assert paused(monkeypatch, server, msgspec.structs.replace(QUICK, pause=5)) > 4 * 2


def test_a_site_may_want_a_longer_one(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    server.says["/robots.txt"] = answer(200, b"User-agent: *\nCrawl-delay: 7\nDisallow: /x\n")
    assert paused(monkeypatch, server, msgspec.structs.replace(QUICK, pause=0)) > 6


@pytest.mark.parametrize("wanted", ["-1", "nan", "inf", "1e9", "x"])
def test_but_none_without_an_end(monkeypatch: pytest.MonkeyPatch, server: Server, wanted: str) -> None:
    server.says["/robots.txt"] = answer(200, f"User-agent: *\nCrawl-delay: {wanted}\nDisallow: /x\n".encode())
    limits = msgspec.structs.replace(QUICK, pause=0, seconds_in_all=3_600)
    assert paused(monkeypatch, server, limits) <= 2 * 60


def test_when_the_time_is_over_the_rest_is_left(server: Server) -> None:
    server.says["/slow"] = lambda _: dripped(answer(200), 0.05)
    links = [server.url("/slow"), *(server.url(f"/{number}") for number in range(20))]
    one = checker(msgspec.structs.replace(QUICK, seconds_in_all=0.3))
    checked = one.verdicts(links)
    assert {unknown(checked[link]) for link in links} == {visiting.OVER}
    assert one.summary.endswith(f"21 could not be checked (21 {visiting.OVER}: {HOST})")


def test_a_host_that_fails_again_and_again_is_left_alone(server: Server) -> None:
    links = [server.url(f"/{number}") for number in range(10)]
    server.says |= {f"/{number}": b"" for number in range(10)}
    checked = checker().verdicts(links)
    assert {unknown(checked[link]) for link in links} == {"gave an answer that is none"}
    assert len(server.paths) == 3


def test_how_many_are_asked_for_is_told(server: Server) -> None:
    told: list[object] = []
    links = [server.url("/1"), server.url("/2"), "http://["]
    checker().verdicts(links, lambda number, of: told.append((number, of)), lambda: told.append("step"))
    assert told == [(2, "links"), "step", "step"]


# Being left alone


@pytest.mark.parametrize(("status", "after"), [(429, "120"), (429, ""), (429, "soon"), (503, "120")])
def test_a_host_that_asks_for_it_is_left_alone(server: Server, status: int, after: str) -> None:
    server.says |= {f"/{number}": answer(status, **({"Retry_After": after} if after else {})) for number in range(5)}
    links = [server.url(f"/{number}") for number in range(5)]
    checked = checker().verdicts(links)
    assert {unknown(checked[link]) for link in links} == {f"asked to be left alone for a while ({status})"}
    assert len(server.paths) == 1


@pytest.mark.parametrize(
    ("after", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("9" * 400, 999_999_999_999),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Wed, 99 Oct 2015 07:28:00 GMT", 0),
        ("²", 0),
    ],
)
def test_for_how_long(after: str, seconds: float) -> None:
    assert visiting._seconds(after) == seconds


def test_up_to_a_day_in_a_distant_future() -> None:
    assert visiting._seconds("Fri, 01 Jan 2999 00:00:00 GMT") > 1e9


# What is kept


@pytest.fixture
def remembering(tmp_path: Path) -> Path:
    kept.use(str(tmp_path / "kept"))
    return tmp_path / "kept"


def again(link: str, **options: bool) -> Verdict:
    """In a run of its own."""
    kept.run.save()
    return verdict(link, **options)


@pytest.mark.parametrize("status", [200, 404, 403])
def test_what_was_learnt_is_not_asked_for_again(server: Server, remembering: Path, status: int) -> None:
    first = of(server, answer(status))
    number = len(server.asked)
    assert again(server.url("/page#elsewhere")) == first
    assert len(server.asked) == number


@pytest.mark.parametrize("status", [200, 404, 403])
def test_but_for_a_time_only(server: Server, remembering: Path, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    first, now = of(server, answer(status)), time.time()
    server.says["/page"] = answer(410)
    monkeypatch.setattr(memory.time, "time", lambda: now + memory.LASTS[first.state] - 60)
    assert again(server.url("/page")) == first
    monkeypatch.setattr(memory.time, "time", lambda: now + memory.LASTS[first.state] + 60)
    assert again(server.url("/page")).said == "the site answers 410 (gone)"


def test_a_good_link_is_believed_for_longest_and_what_is_unknown_asked_soon() -> None:
    assert memory.LASTS[State.ALIVE] > memory.LASTS[State.DEAD] > memory.LASTS[State.UNKNOWN] > 0


def test_a_clock_that_was_wrong(server: Server, remembering: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(memory.time, "time", lambda: now + 1e9)
    of(server, answer(404))
    monkeypatch.setattr(memory.time, "time", lambda: now)
    server.says["/page"] = answer(200)
    assert again(server.url("/page")).state is State.ALIVE


def test_what_happened_on_the_way_is_not_kept(server: Server, remembering: Path) -> None:
    assert of(server, b"").state is State.UNKNOWN
    server.says["/page"] = answer(200)
    assert again(server.url("/page")).state is State.ALIVE


def test_what_was_learnt_of_private_addresses_counts_only_where_they_are_allowed(
    server: Server, remembering: Path
) -> None:
    of(server, answer(404))
    assert unknown(again(server.url("/page"), allow_private=False)) == visiting.PRIVATE


def test_a_host_is_left_alone_by_the_next_run_too(
    server: Server, remembering: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of(server, answer(429, Retry_After="600"))
    server.says["/other"] = answer(200)
    now = time.time()
    assert unknown(again(server.url("/other"))) == "asked to be left alone for a while (429)"
    monkeypatch.setattr(memory.time, "time", lambda: now + 700)
    assert again(server.url("/other")).state is State.ALIVE


@pytest.mark.parametrize("junk", [b"", b"{}", b"[]", b'{"verdict": {"state": "odd"}, "until": 9e99}', b"\xff"])
def test_what_is_kept_and_makes_no_sense(server: Server, remembering: Path, junk: bytes) -> None:
    of(server, answer(404))
    kept.run.put(kept.LINK, memory._key(f"private {server.url('/page')}"), junk)
    server.says["/page"] = answer(200)
    assert again(server.url("/page")).state is State.ALIVE


def test_without_a_cache_all_is_asked_for_again(server: Server, tmp_path: Path) -> None:
    kept.use(str(tmp_path), kept.RESULTS)
    of(server, answer(404))
    server.says["/page"] = answer(200)
    assert again(server.url("/page")).state is State.ALIVE


def test_the_summary_names_reasons_and_hosts(server: Server) -> None:
    server.says |= {"/1": answer(403), "/2": answer(403), "/3": answer(200), "/4": answer(401)}
    links = [server.url("/1", "a.org"), server.url("/2", "b.org"), server.url("/2", "a.org"), server.url("/3", "a.org")]
    one = checker()
    one.verdicts([*links, server.url("/4", "b.org"), server.url("/5", "a.org"), "http://["])
    assert one.summary == (
        "7 links checked: 1 dead, 5 could not be checked "
        "(3 answered 403: a.org, b.org; 1 answered 401: b.org; 1 named no host)"
    )
