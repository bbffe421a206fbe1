#!/usr/bin/python3
"""HTTP server whose NTLM logins are verified by gss-ntlmssp.

Prints "listening PORT" once it is ready. Every answer names the user (X-Remote-User) and whether the
login was bound to the TLS connection (X-Channel-Bound).
"""

import argparse
import base64
import hashlib
import locale
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import gssapi
from gssapi.raw import ChannelBindings

NTLMSSP = gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10")
GSS_C_CHANNEL_BOUND_FLAG = 2048


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--binding-hash", default="sha256", help="hash of tls-server-end-point")
    parser.add_argument("--require-binding", action="store_true", help="refuse logins without it")
    parser.add_argument("--per-request", action="store_true", help="a login holds for one request")
    parser.add_argument("--scheme", default="NTLM", choices=["NTLM", "Negotiate"])
    return parser.parse_args()


def channel_bindings(arguments):
    if not arguments.certificate:
        return None
    with open(arguments.certificate, encoding="ascii") as file:
        der = ssl.PEM_cert_to_DER_cert(file.read())
    digest = hashlib.new(arguments.binding_hash, der).digest()
    return ChannelBindings(application_data=b"tls-server-end-point:" + digest)


class Refused(Exception):
    pass


class Acceptor(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    arguments = None
    bindings = None
    # One handler object serves one connection.
    context = None
    user = None
    bound = False

    def log_message(self, *_):
        pass

    def answer(self, status, body="", **headers):
        data = body.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def challenge(self, token=None):
        scheme = self.arguments.scheme
        value = scheme if token is None else f"{scheme} {base64.b64encode(token).decode()}"
        self.answer(401, WWW_Authenticate=value)

    def step(self, token):
        """Feeds one message to the verifier; returns its reply while the login is under way."""
        if token[8:9] == b"\x01":
            self.user = None
            credentials = gssapi.Credentials(usage="accept", mechs=[NTLMSSP])
            self.context = gssapi.SecurityContext(
                creds=credentials, usage="accept", channel_bindings=self.bindings
            )
        if self.context is None:
            raise Refused("a login that did not begin on this connection")
        reply = self.context.step(token)
        if not self.context.complete:
            return reply
        self.bound = bool(int(self.context.actual_flags) & GSS_C_CHANNEL_BOUND_FLAG)
        if self.arguments.require_binding and not self.bound:
            raise Refused("not bound to the TLS connection")
        self.user = str(self.context.initiator_name).split("\0")[0]
        self.context = None
        return None

    def handle_request(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if self.path.startswith("/open"):
            return self.answer(200, '{"open":true}\n')
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if scheme == self.arguments.scheme:
            try:
                reply = self.step(base64.b64decode(token))
            except Exception as error:  # the verifier's refusals come as many types
                print("refused:", str(error).replace("\n", " "), file=sys.stderr, flush=True)
                self.context = self.user = None
                return self.challenge()
            if reply is not None:
                return self.challenge(reply)
        if self.user is None:
            return self.challenge()
        user = self.user
        if self.arguments.per_request:
            self.user = None
        self.answer(
            200,
            '{"ok":true,"bytes":%d}\n' % len(body),
            X_Remote_User=user.encode().decode("latin-1"),
            X_Channel_Bound=str(self.bound).lower(),
        )

    do_GET = do_HEAD = do_POST = handle_request


def main():
    locale.setlocale(locale.LC_ALL, "")
    arguments = parse_arguments()
    Acceptor.arguments = arguments
    Acceptor.bindings = channel_bindings(arguments)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Acceptor)
    server.daemon_threads = True
    if arguments.certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(arguments.certificate, arguments.key)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    print("listening", server.server_address[1], flush=True)
    server.serve_forever()


main()
