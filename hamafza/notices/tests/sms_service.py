"""A text message service on this machine: the network's edge, with answers that a test chooses."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class SmsService:
    """What came in, in order, and the status that is answered."""

    url: str = ""
    status: int = 200
    came: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def sms_service(status: int = 200) -> Iterator[SmsService]:
    service = SmsService(status=status)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            service.came.append({**body, "token": self.headers["Authorization"]})
            if not service.status:
                self.connection.close()  # hangs up without an answer
                return
            self.send_response(service.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}/send"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
