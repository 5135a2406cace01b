"""Addresses of giving; one list for each noun, in the order in which its pages are met."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "giving"

Addresses = list[URLPattern | URLResolver]

#: Benefactors, what they can do, matches, and the catalogue of items.
BENEFACTORS: Addresses = []

#: Promises and their instalments.
PLEDGES: Addresses = []

#: Gifts, bank statements, payments, receipts, refunds, the government's share.
DONATIONS: Addresses = []

#: Allocations, payments out of them, need cards and what is given directly.
SPENDING: Addresses = []

urlpatterns: Addresses = [*BENEFACTORS, *PLEDGES, *DONATIONS, *SPENDING]
