"""Is this person on file already? Exact keys only, cheap enough to ask while a clerk types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hamafza.core.identity import is_identity_number, normalize_identity
from hamafza.core.persian import key
from hamafza.registry.models import IdentityClaim, Person

MOST = 5


@dataclass(frozen=True)
class OnFile:
    """``same_identity`` holds the number in this county; ``elsewhere``: another county does, of which nothing is said.

    ``same_name`` have the same names, however spelt, and the same date of birth.
    """

    same_identity: Person | None = None
    elsewhere: bool = False
    same_name: Sequence[Person] = ()

    def __bool__(self) -> bool:
        return self.same_identity is not None or self.elsewhere or bool(self.same_name)


def maybe_on_file(
    counties: Iterable[str],
    *,
    identity_number: str = "",
    first_name: str = "",
    last_name: str = "",
    born_on: date | None = None,
    apart_from: UUID | None = None,
) -> OnFile:
    """Who may be the person that is being typed; two or three queries, by index."""
    claim = _claim(identity_number, apart_from=apart_from)
    elsewhere = claim is not None and claim.county_id not in frozenset(counties)
    holder = Person.objects.filter(pk=claim.person_id).select_related("household").first() if claim else None
    return OnFile(
        same_identity=None if elsewhere else holder,
        elsewhere=elsewhere,
        same_name=_same_name(first_name, last_name, born_on, apart_from=[apart_from, holder.pk if holder else None]),
    )


def _claim(number: str, *, apart_from: UUID | None) -> IdentityClaim | None:
    whole = normalize_identity(number) if number else ""
    if not is_identity_number(whole):
        return None
    index = Person._meta.get_field("identity_index").index_of(whole)
    return IdentityClaim.objects.filter(identity_index=index).exclude(person=apart_from).first()


def _same_name(
    first_name: str, last_name: str, born_on: date | None, *, apart_from: Iterable[UUID | None]
) -> Sequence[Person]:
    folded = key(first_name) + key(last_name)
    if not folded or born_on is None:
        return ()
    alike = Person.objects.filter(name_key=folded, born_on=born_on, merged_into__isnull=True)
    known = [pk for pk in apart_from if pk is not None]
    return list(alike.exclude(pk__in=known).select_related("household").order_by("pk")[:MOST])
