"""Addresses of distribution; one list for each noun."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "distribution"

Addresses = list[URLPattern | URLResolver]

#: Goods in stock, lots, stores, kits, counts.
STOCK: Addresses = []

#: Rounds, their lists, deliveries.
ROUNDS: Addresses = []

urlpatterns: Addresses = [*STOCK, *ROUNDS]
