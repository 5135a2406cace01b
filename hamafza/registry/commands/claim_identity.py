"""The claim on an identity number: one person in the whole country (invariant Q1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.registry.models import IdentityClaim, Person


class AlreadyOnFile(Refusal):
    """The identity number is somebody's in this county; ``person_id`` says whose file to open."""

    def __init__(self, message: str, *, person_id: UUID) -> None:
        super().__init__(message, code="on_file", field="identity_number")
        self.person_id = person_id


class OnFileElsewhere(Refusal):
    """The identity number is on file in another county. Says nothing of that file, not even where."""

    def __init__(self) -> None:
        super().__init__(
            _("This identity number is already on file in another county."),
            code="on_file_elsewhere",
            field="identity_number",
        )


class ClaimClash(Refusal):
    """Some of many persons hold numbers that others have claimed; ``indexes`` are their blind indexes."""

    def __init__(self, indexes: frozenset[str]) -> None:
        super().__init__(_("Some of these identity numbers are already on file."), code="on_file")
        self.indexes = indexes


def claim_identity(person: Person) -> None:
    """Let the saved ``person`` hold her number, and no other; raises `AlreadyOnFile` or `OnFileElsewhere`."""
    index = person.identity_index
    IdentityClaim.objects.filter(person=person).exclude(identity_index=index).delete()
    if not index or IdentityClaim.objects.filter(person=person).exists():
        return
    refuse_if_claimed(index, county=person.county_id)
    try:
        with transaction.atomic():
            IdentityClaim.objects.create(identity_index=index, person=person, county_id=person.county_id)
    except IntegrityError:  # somebody was quicker
        refuse_if_claimed(index, county=person.county_id)
        raise


def refuse_if_claimed(index: str, *, county: str) -> None:
    """Raise when the number is held: with the file in the same county, without a word of it elsewhere."""
    claim = IdentityClaim.objects.filter(identity_index=index).first()
    if claim is None:
        return
    if claim.county_id != county:
        raise OnFileElsewhere
    holder = Person.objects.select_related("household").get(pk=claim.person_id)
    raise AlreadyOnFile(
        _("This identity number belongs to %(name)s, file %(file)s. Open that file instead of making another.")
        % {"name": holder.full_name, "file": holder.household.file_number or "—"},
        person_id=holder.pk,
    )


def claim_identities(persons: Sequence[Person]) -> None:
    """Claims for many saved persons at once; raises `ClaimClash` and writes none when one is held already."""
    claims = [
        IdentityClaim(identity_index=person.identity_index, person=person, county_id=person.county_id)
        for person in persons
        if person.identity_index
    ]
    counted = Counter(claim.identity_index for claim in claims)
    held = IdentityClaim.objects.filter(identity_index__in=list(counted)).values_list("identity_index", flat=True)
    clashing = frozenset(held) | {index for index, times in counted.items() if times > 1}
    if clashing:
        raise ClaimClash(clashing)
    try:
        with transaction.atomic(savepoint=False):
            insert_all(claims)
    except IntegrityError as clash:
        raise ClaimClash(frozenset(counted)) from clash
