"""Need cards in the office: written, read by another, published, withdrawn."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.queries.history import history_of
from hamafza.core import wording
from hamafza.core.errors import Refusal, StaleVersion
from hamafza.core.parts import Fact, Tab, active_filters, clear_url, more_url
from hamafza.core.refusals import show_refusal
from hamafza.core.templatetags.hamafza import rial
from hamafza.giving.choices import CardState
from hamafza.giving.codes import shown_code
from hamafza.giving.commands.cards import (
    publish_card,
    review_card,
    rewrite_card,
    withdraw_card,
    write_card,
    write_group_card,
)
from hamafza.giving.forms.card import CardFilterForm, CardForm, GroupCardForm, initial_of
from hamafza.giving.forms.spending import WhyForm
from hamafza.giving.models import NeedCard, Reservation
from hamafza.giving.queries.cards import cards_of, coverage, free_units, would_show
from hamafza.giving.queries.reservations import reservation_keys
from hamafza.giving.rules import permission_among
from hamafza.giving.spending_rights import CARD_WORKERS
from hamafza.giving.views.allocations import step_page
from hamafza.giving.views.spending_exports import exports_of
from hamafza.giving.views.spending_rows import CARD_TONES, card_row, domain_label, page_after
from hamafza.giving.words import facts_shown
from hamafza.needs.models import Need
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.lists import count_capped

WRONG, CONFLICT = 422, 409


@require_safe
def card_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, permission_among(actor_of(request), CARD_WORKERS))
    form = CardFilterForm(request.GET)
    found = cards_of(county, state=form.cleaned_data["state"] if form.is_valid() else "")
    count, capped = count_capped(found)
    page, place = page_after(found, request.GET.get("after", ""))
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [card_row(one) for one in page],
        "count": count,
        "capped": capped,
        "coverage": coverage(county),
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, place) if place else "",
        "exports": exports_of(request, "card-list"),
        "may_write": actor.may(Permission.WRITE_CARDS, county),
    }
    return render(request, "giving/card_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def card_create(request: HttpRequest, need: UUID) -> HttpResponse:
    wanted = load(request, Need, need, may=Permission.WRITE_CARDS)
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            card = write_card(wanted, text=form.text(), by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _written(request, card)
    context = {
        "form": form,
        "domain": domain_label(wanted.domain),
        "item": wanted.item,
        "cancel_url": reverse("needs:need-record", args=[need]),
    }
    return render(request, "giving/card_form.html", context, status=WRONG if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def card_create_group(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.WRITE_CARDS)
    form = GroupCardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            card = write_group_card(county, domain=said["domain"], item=said["item"], text=form.text(), by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _written(request, card)
    back = f"{reverse('giving:card-list')}?{urlencode({'county': county})}"
    context = {"form": form, "is_group": True, "cancel_url": back}
    return render(request, "giving/card_form.html", context, status=WRONG if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def card_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    card = load(request, NeedCard, pk, may=Permission.WRITE_CARDS)
    form = CardForm(request.POST or None, initial=initial_of(card))
    status = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            card = rewrite_card(card, text=form.text(), by=actor_of(request), version=version)
        except StaleVersion as stale:
            form.add_error(None, stale.message)
            status = CONFLICT
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _written(request, card)
    context = {
        "form": form,
        "domain": domain_label(card.domain),
        "item": card.item,
        "is_group": card.is_group,
        "cancel_url": reverse("giving:card-record", args=[pk]),
    }
    return render(request, "giving/card_form.html", context, status=status or (WRONG if form.errors else None))


@require_safe
def card_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    card = load(request, NeedCard, pk, may=permission_among(actor_of(request), CARD_WORKERS))
    actor, county = actor_of(request), card.county_id
    writes, reviews = actor.may(Permission.WRITE_CARDS, county), actor.may(Permission.REVIEW_CARDS, county)
    is_open = card.state in {CardState.DRAFT, CardState.REVIEWED}
    would = would_show(card) if is_open and not card.is_group else None
    context = {
        **head_of(card, tab="record"),
        "facts": _facts(card),
        "shown": facts_shown(card.shown if not is_open else would.shown if would else {}),
        "families": card.shown.get("families"),
        "stands_out": is_open and not card.is_group and would is None,
        "crowd": would.size if would else 0,
        "next": _next_step(card),
        "free": free_units(card),
        "need_url": reverse("needs:need-record", args=[card.need_id]) if card.need_id and writes else "",
        "may_edit": writes and is_open,
        "may_review": reviews and card.state == CardState.DRAFT and card.written_by_id != actor.user_id,
        "may_publish": reviews and card.state == CardState.REVIEWED,
        "may_withdraw": (writes or reviews) and card.state != CardState.WITHDRAWN,
    }
    return render(request, "giving/card_record.html", context)


@require_safe
def card_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    card = load(request, NeedCard, pk, may=permission_among(actor_of(request), CARD_WORKERS))
    lines = history_of(card, related=[(Reservation, reservation_keys(card.pk))])
    return render(request, "giving/card_history.html", {**head_of(card, tab="history"), "lines": lines})


@require_POST
def card_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    card = load(request, NeedCard, pk, may=Permission.REVIEW_CARDS)
    review_card(card, by=actor_of(request))
    messages.success(request, _("You have read the text. Next: publish the card."))
    return redirect("giving:card-record", pk=pk)


@require_POST
def card_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    card = load(request, NeedCard, pk, may=Permission.REVIEW_CARDS)
    publish_card(card, by=actor_of(request))
    messages.success(request, _("The card stands: benefactors can take the need up."))
    return redirect("giving:card-record", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def card_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    mine = permission_among(actor_of(request), (Permission.REVIEW_CARDS, Permission.WRITE_CARDS))
    card = load(request, NeedCard, pk, may=mine)
    form = WhyForm(request.POST or None)
    return step_page(
        request,
        form,
        act=lambda: withdraw_card(card, reason=form.cleaned_data["reason"], by=actor_of(request)),
        back=reverse("giving:card-record", args=[pk]),
        words={
            "heading": _("Withdraw the card"),
            "what": card.title,
            "verb": _("Withdraw"),
            "text": _("Nobody sees it any more. Who has taken it up already keeps the hold."),
            "done": _("The card is withdrawn."),
        },
    )


def head_of(card: NeedCard, *, tab: str) -> dict[str, Any]:
    """What the head of each page of a card shows."""
    pages = (("record", _("Need card"), "heart-handshake"), ("history", _("History"), "history"))
    return {
        "card": card,
        "code": shown_code(card.code),
        "state": CardState(card.state).label,
        "tone": CARD_TONES[card.state],
        "tabs": [
            Tab(label, reverse(f"giving:card-{name}", args=[card.pk]), current=name == tab, icon=icon)
            for name, label, icon in pages
        ],
    }


def _written(request: HttpRequest, card: NeedCard) -> HttpResponse:
    messages.success(request, _("The text is kept. Next: a second person reads it."))
    return redirect("giving:card-record", pk=card.pk)


def _facts(card: NeedCard) -> list[Fact]:
    return [
        Fact(_("For which kind of need"), domain_label(card.domain)),
        Fact(_("What is needed"), card.item or (_("everything of this kind") if card.is_group else "")),
        Fact(_("Cost of one"), rial(card.unit_rial)),
        Fact(_("Written by"), str(card.written_by or "")),
        Fact(_("Read by"), str(card.reviewed_by or "")),
        Fact(_("Published on"), wording.long_date(wording.day_of(card.published_at)) if card.published_at else ""),
        Fact(_("Until"), wording.long_date(card.expires_on) if card.expires_on else ""),
        *([Fact(_("Why it was withdrawn"), card.withdrawn_reason)] if card.withdrawn_reason else []),
    ]


def _next_step(card: NeedCard) -> str:
    return {
        CardState.DRAFT: _("Next: somebody other than the writer reads it."),
        CardState.REVIEWED: _("Next: publish it, when it would not stand out."),
        CardState.PUBLISHED: _("It stands on the public page. Facts and text are frozen."),
    }.get(CardState(card.state), "")
