"""Text messages by a service on the network: one POST of JSON, ``{"to": ..., "text": ..., "key": ...}``, with a token.

Services speak many dialects; a small adapter in front of the service's own address turns this one into its own.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from uuid import UUID

from hamafza.notices.choices import MessageState
from hamafza.notices.senders.answers import NotSent, Unsure

SECONDS = 15
#: The service says itself that it did nothing: too many at once, or closed for the moment.
COME_BACK = frozenset({429, 503})
SERVER_FAULT = 500


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token goes to the address of the settings and nowhere else."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class HttpSms:
    url: str
    token: str

    def send(self, address: str, text: str, *, key: UUID) -> MessageState:
        body = json.dumps({"to": address, "text": text, "key": str(key)}, ensure_ascii=False).encode()
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked in the settings
            self.url,
            data=body,
            method="POST",
            headers={"Content-Type": "application/json; charset=utf-8", "Authorization": f"Bearer {self.token}"},
        )
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=SECONDS):
                return MessageState.SENT
        except urllib.error.HTTPError as fault:
            if fault.code >= SERVER_FAULT and fault.code not in COME_BACK:
                raise Unsure(f"answer {fault.code}")
            raise NotSent(f"answer {fault.code}", may_try_again=fault.code in COME_BACK)
        except urllib.error.URLError as fault:
            if isinstance(fault.reason, TimeoutError):
                raise Unsure("no answer in time")
            raise NotSent("no connection", may_try_again=True)
        except OSError as fault:
            raise Unsure(type(fault).__name__)
