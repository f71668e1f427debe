"""Fetching is not led astray: hosts, addresses, redirects, sizes and times, against a stand-in."""

import datetime as dt
import ipaddress
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hoest.foundation.fetching.faults import AddressNotAllowed, CannotFetch, TooLarge
from hoest.foundation.fetching.secrets_kept import seal, unseal
from hoest.foundation.fetching.web import Net, checked, fetch_json, is_public

HOST = "tal.example"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for the stand-in's name, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


class StandIn(BaseHTTPRequestHandler):
    """Answers as the path asks, and remembers what it was asked."""

    asked: list = []

    def do_GET(self):
        self.asked.append((self.path, dict(self.headers)))
        if self.path == "/videre":
            self.send_response(302)
            self.send_header("Location", "https://169.254.169.254/latest/meta-data/")
            self.end_headers()
            return
        body = {
            "/tal": json.dumps([{"dag": "2026-01-31", "tal": 12.5}]).encode(),
            "/stort": b"[" + b"1," * 400_000 + b"1]",
            "/ord": b"<html>ikke tal</html>",
            "/dybt": b"[" * 200_000,
        }.get(self.path)
        self.send_response(200 if body else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture
def net(certificate):
    """The way to the stand-in, which is allowed to lie on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    StandIn.asked = []
    yield Net(
        hosts=lambda: frozenset({HOST}),
        look_up=lambda _host, _port: ["127.0.0.1"],
        is_public=lambda _address: True,
        context=lambda: ssl.create_default_context(cafile=str(certificate)),
        port=server.server_address[1],
        seconds=5,
        most_bytes=200_000,
    )
    server.shutdown()
    server.server_close()


def test_a_named_host_answers_with_its_numbers_and_gets_its_key(net):
    found = fetch_json(f"https://{HOST}/tal", headers={"X-Api-Key": "hemmelig"}, net=net)
    assert found == [{"dag": "2026-01-31", "tal": 12.5}]
    assert StandIn.asked[0][1]["X-Api-Key"] == "hemmelig"
    assert StandIn.asked[0][1]["Host"].startswith(HOST)


@pytest.mark.parametrize(
    "url",
    [
        f"http://{HOST}/tal",
        "https://anden.example/tal",
        f"https://bruger:kode@{HOST}/tal",
        f"https://{HOST}:8443/tal",
        f"https://{HOST}@ond.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://localhost/",
        "https://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "gopher://tal.example/",
        "//tal.example/",
        "",
        "https://tal.example\\@ond.example/",
        f"https://{HOST}\r\nX: y/",
        "https://tål.example/",
        f"https://{HOST}.ond.example/",
        "https://[tal.example/",
        f"https://{HOST}:99999/",
    ],
)
def test_an_address_that_is_not_allowed_is_refused_before_anything_is_looked_up(url, net):
    def never(_host, _port):
        raise AssertionError("looked up")

    with pytest.raises(AddressNotAllowed):
        checked(url, Net(hosts=net.hosts, look_up=never))
    with pytest.raises(AddressNotAllowed):
        fetch_json(url, headers={}, net=Net(hosts=net.hosts, look_up=never))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "ff02::1",
        "198.18.0.1",
    ],
)
def test_a_name_that_leads_inside_is_refused_although_the_host_is_named(address):
    assert not is_public(address)
    inside = Net(
        hosts=lambda: frozenset({HOST}), look_up=lambda _host, _port: ["93.184.216.34", address]
    )
    with pytest.raises(AddressNotAllowed, match="åbne net"):
        fetch_json(f"https://{HOST}/", headers={}, net=inside)


def test_an_address_on_the_open_net_is_public():
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")
    assert ipaddress.ip_address("93.184.216.34").is_global


def test_the_name_is_looked_up_once_so_it_cannot_change_its_mind(net):
    asked = []

    def turning(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    way = Net(**{**vars(net), "look_up": turning})
    fetch_json(f"https://{HOST}/tal", headers={}, net=way)
    assert asked == [HOST]


def test_no_redirect_is_followed(net):
    with pytest.raises(CannotFetch, match="viser videre"):
        fetch_json(f"https://{HOST}/videre", headers={}, net=net)
    assert [path for path, _headers in StandIn.asked] == ["/videre"]


def test_a_certificate_of_another_name_is_refused(net):
    way = Net(**{**vars(net), "context": ssl.create_default_context})
    with pytest.raises(CannotFetch):
        fetch_json(f"https://{HOST}/tal", headers={}, net=way)
    assert StandIn.asked == []


@pytest.mark.parametrize(
    ("path", "fault", "said"),
    [
        ("/stort", TooLarge, "større end"),
        ("/ord", CannotFetch, "kunne ikke læses"),
        ("/dybt", CannotFetch, "kunne ikke læses"),
        ("/findes-ikke", CannotFetch, "404"),
    ],
)
def test_what_is_no_numbers_is_said_in_words(net, path, fault, said):
    with pytest.raises(fault, match=said):
        fetch_json(f"https://{HOST}{path}", headers={}, net=net)


def test_a_server_that_says_nothing_is_left_in_time(net):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        way = Net(**{**vars(net), "port": silent.getsockname()[1], "seconds": 0.3})
        with pytest.raises(CannotFetch):
            fetch_json(f"https://{HOST}/tal", headers={}, net=way)


def test_a_key_is_kept_encrypted_and_lost_with_another_installation(settings):
    sealed = seal("hemmelig")
    assert "hemmelig" not in sealed
    assert unseal(sealed) == "hemmelig"
    assert seal("") == unseal("") == ""
    settings.SECRET_KEY, old = "en ny nøgle", settings.SECRET_KEY
    with pytest.raises(CannotFetch):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(sealed) == "hemmelig"
