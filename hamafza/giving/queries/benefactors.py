"""Benefactors of a county: lists, search however spelt, and who may be on file already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from hamafza.core.identity import normalize_identity, normalize_mobile
from hamafza.core.persian import key, latin_digits, words_key
from hamafza.giving.models import Benefactor
from hamafza.registry.similarity.names import Likeness, likeness

MOST = 5
COUNT_CAP = 10_000
#: How many names that share a word are compared one by one.
COMPARED = 200
SHORTEST_WORD = 3
VERY_LIKE = frozenset({Likeness.EQUAL, Likeness.SOUND, Likeness.SLIP})
OFF = "off"


@dataclass(frozen=True, slots=True)
class BenefactorFilters:
    """Texts as typed; empty means any. ``state`` empty: the active ones."""

    text: str = ""
    kind: str = ""
    state: str = ""


@dataclass(frozen=True)
class OnFile:
    """Who on file may be the one that is typed. The same identity number is the same one for certain."""

    same_identity: Benefactor | None = None
    same_mobile: Sequence[Benefactor] = ()
    like_name: Sequence[Benefactor] = ()

    @property
    def alike(self) -> bool:
        """Whether a clerk is asked to look before she registers another."""
        return bool(self.same_mobile or self.like_name)

    def __bool__(self) -> bool:
        return self.same_identity is not None or self.alike


def benefactors_in(county: str, filters: BenefactorFilters) -> QuerySet[Benefactor]:
    """Benefactors of a county (which must be open) that fit, unsorted."""
    found = Benefactor.objects.filter(county_id=county, active=filters.state != OFF)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    return found.filter(_named(filters.text)) if filters.text.strip() else found


def find_benefactors(county: str, text: str, *, limit: int = 20) -> list[Benefactor]:
    """Active benefactors by a part of the name, however spelt, or by a whole mobile or identity number."""
    if not text.strip():
        return []
    return list(benefactors_in(county, BenefactorFilters(text)).order_by("name_sort", "id")[:limit])


def count_capped(found: QuerySet[Any]) -> tuple[int, bool]:
    """How many there are, and whether there are more than the cap."""
    count = found.order_by()[: COUNT_CAP + 1].count()
    return min(count, COUNT_CAP), count > COUNT_CAP


def benefactor_of(user: UUID, county: str) -> Benefactor | None:
    """The benefactor who signs in as this user in a county, with the county."""
    return Benefactor.objects.select_related("county").filter(county_id=county, user_id=user, active=True).first()


def maybe_on_file(
    county: str, *, identity_number: str = "", mobile: str = "", name: str = "", apart_from: UUID | None = None
) -> OnFile:
    """Who of a county (which must be open) may be the one that is typed; at most three queries, by index."""
    others = Benefactor.objects.filter(county_id=county).order_by("name_sort", "id")
    if apart_from is not None:
        others = others.exclude(pk=apart_from)
    number, phone = normalize_identity(identity_number), normalize_mobile(mobile) if mobile else ""
    return OnFile(
        same_identity=others.filter(identity_index=_index("identity_index", number)).first() if number else None,
        same_mobile=list(others.filter(mobile_index=_index("mobile_index", phone))[:MOST]) if phone else (),
        like_name=_like_name(others, name),
    )


def _like_name(others: QuerySet[Benefactor], name: str) -> list[Benefactor]:
    words = [word for word in words_key(name).split() if len(word) >= SHORTEST_WORD]
    if not words:
        return []
    shared = Q(name_key=key(name)[:200])
    for word in words:
        shared |= Q(name_key__contains=word)
    return [one for one in others.filter(shared)[:COMPARED] if likeness(one.name, name) in VERY_LIKE][:MOST]


def _named(text: str) -> Q:
    folded = key(text)
    found = Q(name_key__contains=folded) if folded else Q(pk__isnull=True)
    digits = latin_digits(text)
    phone, number = normalize_mobile(digits), normalize_identity(digits)
    if phone:
        found |= Q(mobile_index=_index("mobile_index", phone))
    if number.isdigit():
        found |= Q(identity_index=_index("identity_index", number))
    return found


def _index(field: str, value: str) -> str:
    index: str = Benefactor._meta.get_field(field).index_of(value)  # type: ignore[union-attr]  # a blind index field
    return index
