"""Register and correct benefactors, open masked fields, give and end their sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.commands.giving_users import add_giver, end_giver, renew_giver
from hamafza.accounts.guard import require
from hamafza.accounts.models import User
from hamafza.audit.commands.record_read import record_read
from hamafza.core.contact import tidy_mobile
from hamafza.core.errors import Refusal
from hamafza.core.identity import is_identity_number, normalize_identity
from hamafza.core.persian import normalize
from hamafza.core.versioned import refuse_stale
from hamafza.giving.choices import Attribution, BenefactorKind
from hamafza.giving.models import Benefactor
from hamafza.giving.queries.benefactors import maybe_on_file
from hamafza.notices.commands.message import Recipient, send_message
from hamafza.places.models import Place

LEGAL_NUMBER_DIGITS = 11
SHORTEST_REASON = 3
#: Masked on every page, shown whole only with a reason.
REVEALABLE = frozenset({"identity_number", "mobile", "email", "note"})


@dataclass(frozen=True, slots=True)
class BenefactorDetails:
    """What is said of a benefactor. Empty texts are taken off the file; ``organization`` is a body of `accounts`."""

    name: str
    kind: str = BenefactorKind.PERSON
    nickname: str = ""
    attribution: str = Attribution.ANONYMOUS
    organization: UUID | None = None
    identity_number: str = ""
    mobile: str = ""
    email: str = ""
    may_message: bool = False
    note: str = ""


@transaction.atomic
def register_benefactor(county: str, *, details: BenefactorDetails, by: Actor, another: bool = False) -> Benefactor:
    """A new benefactor of a county.

    Refuses ``identity_on_file``; and, unless ``another`` says that it is somebody else, ``maybe_on_file`` when one with
    the same mobile or a very like name is there.
    """
    require(by, Permission.KEEP_BENEFACTORS, place=county)
    benefactor = Benefactor(county_id=county, created_by_id=by.user_id)
    _put(benefactor, details)
    found = maybe_on_file(
        county, identity_number=benefactor.identity_number, mobile=benefactor.mobile, name=benefactor.name
    )
    _refuse_same_identity(found.same_identity)
    if found.alike and not another:
        raise Refusal(
            _("Somebody like that is on file. Look there first; if it is another one, say so and save again."),
            code="maybe_on_file",
            field="another",
        )
    benefactor.save(force_insert=True)
    return benefactor


@transaction.atomic
def edit_benefactor(benefactor: Benefactor, *, details: BenefactorDetails, by: Actor, version: int) -> Benefactor:
    """Correct what is said; ``version`` is the one the form was opened with (else `StaleVersion`)."""
    require(by, Permission.KEEP_BENEFACTORS, place=benefactor.county_id)
    kept = _locked(benefactor)
    refuse_stale(kept, version=version)
    _put(kept, details)
    found = maybe_on_file(kept.county_id, identity_number=kept.identity_number, apart_from=kept.pk)
    _refuse_same_identity(found.same_identity)
    kept.save()
    return kept


@transaction.atomic
def reveal_field(benefactor: Benefactor, *, field: str, reason: str, by: Actor) -> str:
    """A masked field whole; the reading is recorded before it is given."""
    require(by, Permission.KEEP_BENEFACTORS, place=benefactor.county_id)
    if field not in REVEALABLE:
        raise Refusal(_("There is no such field."), code="no_such_field")
    _require_reason(reason, _("Say why you need to see it."))
    record_read(benefactor, fields=[field], reason=reason.strip()[:200])
    value: str = getattr(benefactor, field)
    return value


@transaction.atomic
def switch_off_benefactor(benefactor: Benefactor, *, by: Actor) -> Benefactor:
    """Take her out of the lists and end her own sign-in; what she promised and gave stays."""
    require(by, Permission.KEEP_BENEFACTORS, place=benefactor.county_id)
    kept = _locked(benefactor)
    if not kept.active:
        raise Refusal(_("This benefactor is inactive already."), code="off_already")
    kept.active = False
    kept.save()
    if kept.user is not None:
        end_giver(kept.user, county=kept.county_id, by=by)
    return kept


@transaction.atomic
def switch_on_benefactor(benefactor: Benefactor, *, by: Actor) -> Benefactor:
    """Put her back into the lists. Her sign-in is given anew, if she wants one."""
    require(by, Permission.KEEP_BENEFACTORS, place=benefactor.county_id)
    kept = _locked(benefactor)
    kept.active = True
    kept.save()
    return kept


@transaction.atomic
def link_user(benefactor: Benefactor, *, username: str, by: Actor) -> tuple[User, str]:
    """Give a benefactor her own sign-in; answers it and its first password, kept nowhere and to be changed at once.

    She learns her user name by message, if she agreed to messages.
    """
    require(by, Permission.KEEP_BENEFACTORS, place=benefactor.county_id)
    kept = _locked(benefactor)
    if not kept.active:
        raise Refusal(_("This benefactor is inactive. Set her active first."), code="off")
    if kept.user is not None:
        raise Refusal(_("This benefactor has a sign-in already. Give it a new password instead."), code="has_user")
    user, password = add_giver(username=username, full_name=kept.name, county=kept.county_id, by=by)
    kept.user = user
    kept.save()
    if kept.may_message:
        place = Place.objects.get(pk=kept.county_id)
        send_message(
            Recipient(mobile=kept.mobile, email=kept.email),
            "giving.sign_in.given",
            {"county": place.name_fa, "username": user.username},
            county=kept.county_id,
        )
    return user, password


@transaction.atomic
def renew_sign_in(benefactor: Benefactor, *, by: Actor) -> tuple[User, str]:
    """A new first password for a benefactor who has a sign-in, and her duty again where it had ended."""
    require(by, Permission.KEEP_BENEFACTORS, place=benefactor.county_id)
    kept = _locked(benefactor)
    if kept.user is None or not kept.active:
        raise Refusal(_("This benefactor has no sign-in."), code="no_user")
    return kept.user, renew_giver(kept.user, county=kept.county_id, by=by)


def _locked(benefactor: Benefactor) -> Benefactor:
    return Benefactor.objects.select_for_update().get(county_id=benefactor.county_id, pk=benefactor.pk)


def _put(benefactor: Benefactor, details: BenefactorDetails) -> None:
    benefactor.kind = details.kind
    benefactor.name = normalize(details.name)
    benefactor.nickname = normalize(details.nickname)
    benefactor.attribution = details.attribution
    benefactor.organization_id = details.organization if details.kind != BenefactorKind.PERSON else None
    benefactor.identity_number = _identity_number(details)
    benefactor.mobile = tidy_mobile(details.mobile)
    benefactor.email = details.email.strip()
    benefactor.may_message = details.may_message
    benefactor.note = details.note.strip()
    _check(benefactor)


def _check(benefactor: Benefactor) -> None:
    if benefactor.kind not in BenefactorKind.values:
        raise Refusal(_("Choose who gives: a person, a group, a company."), code="no_kind", field="kind")
    if not benefactor.name:
        raise Refusal(_("Write the name."), code="no_name", field="name")
    if benefactor.attribution not in Attribution.values:
        raise Refusal(_("Choose how the public may know of it."), code="no_attribution", field="attribution")
    if benefactor.attribution == Attribution.NICKNAME and not benefactor.nickname:
        raise Refusal(_("Write the nickname under which the public may know of it."), code="no_name", field="nickname")
    if benefactor.may_message and not (benefactor.mobile or benefactor.email):
        raise Refusal(
            _("Write a mobile or an e-mail address to which messages may go."), code="no_address", field="may_message"
        )


def _identity_number(details: BenefactorDetails) -> str:
    if not details.identity_number.strip():
        return ""
    number = normalize_identity(details.identity_number)
    if is_identity_number(number):
        return number
    if details.kind != BenefactorKind.PERSON and len(number) == LEGAL_NUMBER_DIGITS and number.isdigit():
        return number
    raise Refusal(
        _("This identity number is not right. Read it once more: ten digits of a person, eleven of a body."),
        code="bad_identity_number",
        field="identity_number",
    )


def _refuse_same_identity(holder: Benefactor | None) -> None:
    if holder is not None:
        raise Refusal(
            _("This identity number is on file already, under the name %(name)s.") % {"name": holder.name},
            code="identity_on_file",
            field="identity_number",
        )


def _require_reason(reason: str, sentence: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal(sentence, code="no_reason", field="reason")
