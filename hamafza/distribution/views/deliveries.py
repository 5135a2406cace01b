"""The deliverer's pages, made for a phone: my rounds, the list of one, and what happens at one door.

Name, address and phone of a household stand on the page of its entry alone, and each showing of that page is recorded.
A round that is not out is not found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, admit, load
from hamafza.audit.commands.record_read import record_read
from hamafza.core.errors import Refusal
from hamafza.core.parts import Tone, more_url
from hamafza.core.refusals import show_refusal
from hamafza.distribution.choices import EntryState, Proof, RoundState
from hamafza.distribution.commands import deliveries
from hamafza.distribution.forms.delivery import FindForm, ProofForm, ReasonForm
from hamafza.distribution.models import Round, RoundEntry
from hamafza.distribution.queries.phones import phone_of
from hamafza.distribution.queries.round_figures import Figures, figures_of
from hamafza.distribution.queries.rounds import (
    delivery_of,
    entries_to_deliver,
    entry_again,
    entry_with_token,
    is_replaced,
    rounds_out,
)
from hamafza.distribution.round_flow import AWAITED_STATES, REPLACEABLE_STATES
from hamafza.distribution.round_words import ENTRY_TONES
from hamafza.distribution.tokens import token_shown
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

WRONG = 422
PAGE_SIZE = 50


@dataclass(frozen=True)
class StopRow:
    """A place on the deliverer's list; it names nobody."""

    url: str
    rank: int
    token: str
    district: str
    state: str
    tone: Tone


@require_safe
def delivery_board(request: HttpRequest) -> HttpResponse:
    """The rounds that are out, with what is left of each."""
    _actor, county = admit_county(request, Permission.DELIVER)
    going = list(rounds_out(county))
    figures = figures_of(going)
    rows: list[tuple[Round, Figures]] = [(one, figures[one.pk]) for one in going]
    context = {"rows": rows, "county_name": county_name(county)}
    return render(request, "distribution/delivery_board.html", context)


@require_safe
def delivery_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    going = _out(load(request, Round, pk, may=Permission.DELIVER))
    form = FindForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "state": ""}
    found: QuerySet[RoundEntry] = entries_to_deliver(going, text=asked["q"], which=asked["state"])
    after = request.GET.get("after", "")
    shown = list(found.filter(rank__gt=int(after) if after.isdecimal() else 0)[: PAGE_SIZE + 1])
    page = shown[:PAGE_SIZE]
    context = {
        "round": going,
        "figures": figures_of([going])[going.pk],
        "filter_form": form,
        "rows": [_stop(entry) for entry in page],
        "asked": asked["q"],
        "more_url": more_url(request.GET, page[-1].rank) if len(shown) > PAGE_SIZE else "",
    }
    return render(request, "distribution/delivery_list.html", context)


@require_safe
def delivery_entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _entry_page(request, load(request, RoundEntry, pk, may=Permission.DELIVER))


@require_safe
def token_open(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR of a slip leads: to the entry of a round that is out, for those who deliver there."""
    admit(request, Permission.DELIVER)
    entry = entry_with_token(code)
    if entry is None:
        raise Http404
    return redirect("distribution:delivery-entry", pk=entry.pk)


@require_POST
def delivery_code(request: HttpRequest, pk: UUID) -> HttpResponse:
    entry = _entry(request, pk)
    try:
        deliveries.send_code(entry, by=actor_of(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The code is on its way to the phone of the household."))
    return redirect(f"{reverse('distribution:delivery-entry', args=[entry.pk])}#code")


@require_POST
def delivery_deliver(request: HttpRequest, pk: UUID) -> HttpResponse:
    entry = _entry(request, pk)
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            deliveries.deliver(entry, proof=form.proof(), by=actor_of(request), key=form.cleaned_data["key"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Delivered and recorded. Next family."))
            return redirect("distribution:delivery-list", pk=entry.round_id)
    return _entry_page(request, entry_again(entry), wrong=form)


@require_POST
def delivery_absent(request: HttpRequest, pk: UUID) -> HttpResponse:
    entry = _entry(request, pk)
    return _step(
        request,
        entry,
        lambda: deliveries.mark_absent(entry, by=actor_of(request)),
        _("Nobody was there: recorded. Try again later, or give the package to the next family."),
    )


@require_POST
def delivery_refused(request: HttpRequest, pk: UUID) -> HttpResponse:
    entry = _entry(request, pk)
    return _step(
        request,
        entry,
        lambda: deliveries.mark_refused(entry, by=actor_of(request)),
        _("The household did not want it: recorded. The package may go to the next family."),
    )


@require_POST
def delivery_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    entry = _entry(request, pk)
    reason = request.POST.get("reason", "")
    return _step(
        request,
        entry,
        lambda: deliveries.take_back(entry, reason=reason, by=actor_of(request)),
        _("The package has come back: recorded. It may go to the next family."),
    )


@require_POST
def delivery_replace(request: HttpRequest, pk: UUID) -> HttpResponse:
    entry = _entry(request, pk)
    try:
        following = deliveries.replace(entry, reason=request.POST.get("reason", ""), by=actor_of(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("distribution:delivery-entry", pk=entry.pk)
    messages.success(request, _("The package goes to this family: the next in rank."))
    return redirect("distribution:delivery-entry", pk=following.pk)


def _step(request: HttpRequest, entry: RoundEntry, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("distribution:delivery-entry", pk=entry.pk)


def _entry(request: HttpRequest, pk: UUID) -> RoundEntry:
    entry = load(request, RoundEntry, pk, may=Permission.DELIVER)
    _out(entry.round)
    return entry


def _out(going: Round) -> Round:
    """Before a round goes out and after it is closed, its list is nobody's affair but the office's."""
    if going.state != RoundState.OUT:
        raise Http404
    return going


def _entry_page(request: HttpRequest, entry: RoundEntry, *, wrong: ProofForm | None = None) -> HttpResponse:
    going = _out(entry.round)
    if entry.state in (EntryState.STANDBY, EntryState.RELEASED):
        raise Http404
    awaited = entry.state in AWAITED_STATES
    home = entry.household
    shown_of = home if awaited else None
    if awaited:
        record_read(home, fields=["name", "address", "mobile"])
    context = {
        "entry": entry,
        "round": going,
        "token": token_shown(entry.token),
        "state": EntryState(entry.state).label,
        "tone": ENTRY_TONES[entry.state],
        "household": shown_of,
        "phone": phone_of(home) if awaited else "",
        "awaited": awaited,
        "forms": _proof_forms(wrong) if awaited else [],
        "wrong": wrong,
        "take_back_form": ReasonForm(auto_id="back_%s") if entry.state == EntryState.DELIVERED else None,
        "may_replace": entry.state in REPLACEABLE_STATES and not is_replaced(entry),
        "replace_form": ReasonForm(initial={"reason": entry.reason}, auto_id="next_%s"),
        "delivery": delivery_of(entry),
    }
    return render(request, "distribution/delivery_entry.html", context, status=WRONG if wrong else None)


def _proof_forms(wrong: ProofForm | None) -> list[tuple[Proof, ProofForm, bool]]:
    """A form for each kind of proof, the one that was wrong with what was typed, and whether it stands open."""
    typed = wrong.data.get("kind") if wrong else ""
    forms: list[tuple[Proof, ProofForm, bool]] = []
    for kind in Proof:
        mine = wrong is not None and typed == kind
        form = wrong if mine and wrong is not None else ProofForm(initial={"kind": kind}, auto_id=f"{kind}_%s")
        forms.append((kind, form, mine))
    return forms


def _stop(entry: RoundEntry) -> StopRow:
    district: Any = entry.household.district
    return StopRow(
        url=reverse("distribution:delivery-entry", args=[entry.pk]),
        rank=entry.rank,
        token=token_shown(entry.token),
        district=district.name if district else "",
        state=str(EntryState(entry.state).label),
        tone=ENTRY_TONES[entry.state],  # type: ignore[arg-type]  # a tone
    )
