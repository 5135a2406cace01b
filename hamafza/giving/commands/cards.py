"""Need cards: written by one, read by another, published as far as nobody can be found by them (S-A10, N4, N5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import require
from hamafza.core import clock, wording
from hamafza.core.bulk import insert_all
from hamafza.core.errors import Refusal
from hamafza.core.flow import require_step
from hamafza.core.persian import key, normalize
from hamafza.core.privacy import in_words, personal_data_in
from hamafza.core.versioned import refuse_stale
from hamafza.giving.anonymity import CROWD, GROUP, crowd_of, kept, possible
from hamafza.giving.choices import CardState
from hamafza.giving.codes import new_trace_code
from hamafza.giving.direct import CARD_DAYS, CARD_FLOW
from hamafza.giving.models import CardNeed, NeedCard
from hamafza.giving.queries.crowds import crowds_beside, crowds_of, household_of, standing_among
from hamafza.giving.queries.names import household_words, places_within
from hamafza.giving.queries.needfacts import need_facts
from hamafza.ledger.queries.books import lock_books
from hamafza.needs.choices import STANDING_STATES
from hamafza.needs.models import Need
from hamafza.registry.choices import ConsentPurpose
from hamafza.registry.queries.consents import has_withdrawn, households_that_withdrew

CODE_LENGTH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """What the public reads. ``unit_rial``: what one costs, in rial. ``expires_on``: the last day on which it stands."""

    title: str
    story: str
    unit_rial: int | None = None
    expires_on: date | None = None


@transaction.atomic
def write_card(need: Need, *, text: CardText, by: Actor) -> NeedCard:
    """A draft for one open need. Refuses personal data in the text, and a second card for the same need."""
    require(by, Permission.WRITE_CARDS, place=need.county_id)
    need = Need.objects.select_for_update().get(pk=need.pk)
    if need.state not in STANDING_STATES:
        raise Refusal(_("This need is not open any more. Choose another one."), code="need_not_open")
    if NeedCard.objects.filter(need=need).exclude(state=CardState.WITHDRAWN).exists():
        raise Refusal(_("This need has a card already. Change that one instead."), code="card_exists")
    _require_will(need)
    card = NeedCard(county_id=need.county_id, need=need, domain=need.domain, item=need.item, code=_new_code())
    return _put_text(card, text, households_of=[need.household_id], by=by, new=True)


@transaction.atomic
def write_group_card(county: str, *, domain: str, item: str, text: CardText, by: Actor) -> NeedCard:
    """A draft for all open needs of one kind together; for needs that may not be shown one by one."""
    require(by, Permission.WRITE_CARDS, place=county)
    card = NeedCard(county_id=county, need=None, domain=domain, item=normalize(item), code=_new_code())
    members = _group_members(card)
    _refuse_small_group(members)
    return _put_text(card, text, households_of=sorted(members.values()), by=by, new=True)


@transaction.atomic
def rewrite_card(card: NeedCard, *, text: CardText, by: Actor, version: int) -> NeedCard:
    """Change the text before it is published; whoever has read it must read it again."""
    require(by, Permission.WRITE_CARDS, place=card.county_id)
    card = _locked(card)
    refuse_stale(card, version=version)
    if card.state not in {CardState.DRAFT, CardState.REVIEWED}:
        raise Refusal(
            _("A published card is not changed any more. Withdraw it and write another one."), code="published"
        )
    card.state, card.reviewed_by, card.reviewed_at = CardState.DRAFT, None, None
    return _put_text(card, text, households_of=_families(card), by=by)


@transaction.atomic
def review_card(card: NeedCard, *, by: Actor) -> NeedCard:
    """The second reader finds nothing in the text by which somebody could be known."""
    require(by, Permission.REVIEW_CARDS, place=card.county_id)
    card = _locked(card)
    if by.user_id is None or by.user_id == card.written_by_id:
        raise Refusal(_("Somebody other than the writer must read the text."), code="same_reader")
    _refuse_personal_data(card.county_id, card.title, card.story, _families(card))
    _step(card, CardState.REVIEWED)
    card.reviewed_by_id, card.reviewed_at = by.user_id, clock.now()
    card.save()
    return card


@transaction.atomic
def publish_card(card: NeedCard, *, by: Actor) -> NeedCard:
    """Show it to everybody, with the facts that `anonymity` allows today; refused when the need would stand out."""
    require(by, Permission.REVIEW_CARDS, place=card.county_id)
    lock_books(card.county_id)  # two cards of one crowd are published one after the other
    card = _locked(card)
    _step(card, CardState.PUBLISHED)
    if card.is_group:
        _gather(card)
    else:
        _require_will(card.need)
        _blend_in(card)
    card.published_at = clock.now()
    card.expires_on = card.expires_on or clock.today() + timedelta(days=CARD_DAYS)
    card.save()
    return card


@transaction.atomic
def withdraw_card(card: NeedCard, *, reason: str, by: Actor) -> NeedCard:
    """Take it away from the public. Who has taken it up already keeps the hold."""
    permission = Permission.REVIEW_CARDS if by.may(Permission.REVIEW_CARDS, card.county_id) else Permission.WRITE_CARDS
    require(by, permission, place=card.county_id)
    if not reason.strip():
        raise Refusal(_("Say why the card is withdrawn."), code="no_reason", field="reason")
    card = _locked(card)
    return _withdraw(card, reason.strip())


@transaction.atomic
def withdraw_cards_of(household: UUID, *, county: str) -> int:
    """The family does not want its needs shown any more: its cards are gone at once. How many; holds on them stand."""
    lock_books(county)
    standing = NeedCard.objects.select_for_update(of=("self",)).filter(
        county_id=county, need__household=household, state=CardState.PUBLISHED
    )
    return len([_withdraw(card, _("The client has said that the need is not to be shown.")) for card in standing])


@transaction.atomic
def thin_cards(county: str, *, on: date) -> int:
    """Take away cards whose last day has passed, and those that have lost their crowd. For the housekeeping: how many."""
    lock_books(county)
    standing = list(
        NeedCard.objects.select_for_update(of=("self",))
        .filter(county_id=county, state=CardState.PUBLISHED)
        .select_related("need")
    )
    over = [card for card in standing if card.expires_on and card.expires_on < on]
    for card in over:
        _withdraw(card, _("Its last day has passed."))
    left = [card for card in standing if not card.is_group and card not in over]
    kinds = {(card.domain, key(card.item)) for card in left}
    thin = [card for kind in sorted(kinds) for card in _thin_of(county, kind, left)]
    for card in thin:
        _withdraw(card, _("Too few needs like it are open: somebody could be recognised."))
    return len(over) + len(thin)


def _put_text(
    card: NeedCard, text: CardText, *, households_of: Collection[UUID], by: Actor, new: bool = False
) -> NeedCard:
    title, story = normalize(text.title), normalize(text.story)
    if not title or not story:
        raise Refusal(_("Write a title and a text."), code="no_text", field="story" if title else "title")
    if text.expires_on and text.expires_on < clock.today():
        raise Refusal(_("The last day has passed already."), code="past", field="expires_on")
    _refuse_personal_data(card.county_id, title, story, households_of)
    card.title, card.story, card.unit_rial, card.expires_on = title, story, text.unit_rial, text.expires_on
    card.written_by_id = by.user_id
    card.save(force_insert=new)
    return card


def _refuse_personal_data(county: str, title: str, story: str, families: Collection[UUID]) -> None:
    words = household_words(families)
    found = personal_data_in(
        f"{title}\n{story}", names=words.names, numbers=words.numbers, places=places_within(county)
    )
    if found:
        raise Refusal(
            _("The text tells too much: %(what)s. Take it out; the public may not know who it is.")
            % {"what": in_words(found)},
            code="personal_data",
            field="story",
        )


def _families(card: NeedCard) -> list[UUID]:
    return [card.need.household_id] if card.need else sorted(set(_group_members(card).values()))


def _group_members(card: NeedCard) -> dict[UUID, UUID]:
    """Standing needs of the kind that no published card stands for, with their households."""
    taken = set(
        NeedCard.objects.filter(county_id=card.county_id, state=CardState.PUBLISHED, need__isnull=False).values_list(
            "need", flat=True
        )
    )
    hidden = households_that_withdrew(card.county_id, purpose=ConsentPurpose.SHOW_CARD)
    facts = need_facts(card.county_id, domain=card.domain)
    wanted = key(card.item)
    return {
        one.need: one.household
        for one in facts
        if one.need not in taken and one.household not in hidden and (not wanted or one.item == wanted)
    }


def _require_will(need: Need | None) -> None:
    if need is not None and has_withdrawn(need.household_id, purpose=ConsentPurpose.SHOW_CARD):
        raise Refusal(_("The client has said that the need is not to be shown."), code="no_consent")


def _refuse_small_group(members: dict[UUID, UUID]) -> None:
    if len(set(members.values())) < GROUP:
        raise Refusal(
            _("Fewer than %(count)s families need this now. Leave the item empty, or wait until more do.")
            % {"count": wording.number(GROUP)},
            code="group_too_small",
            field="item",
        )


def _gather(card: NeedCard) -> None:
    """The members of a grouped card, frozen on this day; the public learns their number by tens."""
    members = _group_members(card)
    _refuse_small_group(members)
    insert_all([CardNeed(county_id=card.county_id, card=card, need_id=need) for need in sorted(members)])
    count = len(set(members.values()))
    card.shown = {"families": count - count % 10}


def _blend_in(card: NeedCard) -> None:
    """The facts and the crowd of a single card; a need that had a card before shows what it showed then, or nothing."""
    assert card.need_id is not None  # noqa: S101 - a single card
    earlier = (
        NeedCard.objects.filter(need=card.need, published_at__isnull=False).exclude(pk=card.pk).order_by("pk").last()
    )
    if earlier:
        shown, crowd = earlier.shown, standing_among(earlier.crowd)
    else:
        facts = need_facts(card.county_id, domain=card.domain)
        found = crowd_of(card.need_id, facts)
        if found is None:
            raise Refusal(
                _("This need would stand out: too few open needs are like it. Put it into a grouped card."),
                code="too_few_alike",
            )
        shown, crowd = dict(found.shown), kept(found.members, card.need_id)
    others = crowds_beside(card)
    if _recognised({**others, str(card.pk): [UUID(pk) for pk in crowd]}):
        raise Refusal(
            _("Beside the cards of the needs like it, this one would be recognised. Publish it when more are open."),
            code="recognised_beside_others",
        )
    card.shown, card.crowd = shown, crowd


def _thin_of(county: str, kind: tuple[str, str], cards: list[NeedCard]) -> list[NeedCard]:
    """Cards of one kind that would be told to mean one of too few; the crowds of the others shrink to who is still open.

    Those found keep the crowd of the last day on which they were seen.
    """
    domain, item = kind
    standing = {str(card.pk): card for card in cards if (card.domain, key(card.item)) == kind}
    before = crowds_of(county, domain=domain, item=item)
    now = _shrunk(standing.values())
    thin: dict[str, NeedCard] = {}
    while bad := _recognised({**before, **{pk: crowd for pk, crowd in now.items() if pk not in thin}}):
        # A card that is gone cannot be taken away any more; then those go that have shrunk beside it.
        shrunk = {pk for pk, crowd in now.items() if crowd != before[pk]}
        goes = (bad & set(now) or shrunk) - set(thin)
        if not goes:
            break
        thin |= {pk: standing[pk] for pk in goes}
    for pk, crowd in now.items():
        if pk not in thin and crowd != before[pk]:
            standing[pk].crowd = [str(need) for need in crowd]
            standing[pk].save(update_fields=["crowd"])
    return list(thin.values())


def _shrunk(cards: Iterable[NeedCard]) -> dict[str, list[UUID]]:
    """While a card can be taken everybody sees that its need is open: whoever is not open any more is not meant."""
    found = {}
    for card in cards:
        need = card.need
        can_be_taken = (
            need is not None and need.state in STANDING_STATES and need.required > need.reserved + need.delivered
        )
        crowd = standing_among(card.crowd) if can_be_taken else card.crowd
        found[str(card.pk)] = [UUID(pk) for pk in crowd]
    return found


def _recognised(crowds: dict[str, list[UUID]]) -> set[str]:
    """Cards that can be told to mean one of fewer than `CROWD` households."""
    may_mean = possible(crowds)
    of = household_of({need for needs in may_mean.values() for need in needs})
    return {card for card, needs in may_mean.items() if len({of[need] for need in needs}) < CROWD}


def _withdraw(card: NeedCard, reason: str) -> NeedCard:
    _step(card, CardState.WITHDRAWN)
    card.withdrawn_at, card.withdrawn_reason = clock.now(), reason[:200]
    card.save()
    return card


def _step(card: NeedCard, after: CardState) -> None:
    card.state = require_step(CARD_FLOW, before=card.state, after=after).after


def _locked(card: NeedCard) -> NeedCard:
    return NeedCard.objects.select_for_update().get(pk=card.pk)


def _new_code() -> str:
    return new_trace_code()[:CODE_LENGTH]
