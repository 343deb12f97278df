# SPDX-License-Identifier: Apache-2.0
"""What a feed needs at its other end, on loopback: an MQTT sender, an HTTP server, free ports."""
import http.server
import socket
import struct
import threading
import time
import urllib.parse


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port, seconds=10):
    """True when somebody listens there."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


class MqttSender:
    """MQTT 3.1.1, QoS 0, retained: CONNECT and PUBLISH (sections 3.1 and 3.3) are all that a sender needs."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.send(0x10, self.text(b"MQTT") + bytes([4, 2]) + struct.pack(">H", 0) + self.text(b"show-formats"))
        self.socket.recv(4)

    @staticmethod
    def text(data):
        return struct.pack(">H", len(data)) + data

    def send(self, kind, body):
        length, rest = bytearray(), len(body)
        while True:
            length.append(rest % 128 | (0x80 if rest >= 128 else 0))
            rest //= 128
            if rest == 0:
                break
        self.socket.sendall(bytes([kind]) + bytes(length) + body)

    def publish(self, topic, payload):
        self.send(0x31, self.text(topic.encode()) + (payload if isinstance(payload, bytes) else payload.encode()))


class Pages:
    """An HTTP server; `pages` maps a path to a function of the query that answers a body, text or bytes."""

    def __init__(self):
        pages = self.pages = {}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                url = urllib.parse.urlsplit(self.path)
                page = pages.get(url.path)
                body = page(url.query) if page else "no such page"
                body = body if isinstance(body, bytes) else body.encode()
                self.send_response(200 if page else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
