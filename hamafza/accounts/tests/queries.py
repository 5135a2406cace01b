"""How many queries a page makes."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def query_count(client: Client, url: str) -> int:
    """Queries of a GET that must answer 200."""
    with CaptureQueriesContext(connection) as found:
        response = client.get(url)
    assert response.status_code == 200, response.status_code
    return len(found)
