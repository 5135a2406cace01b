"""Bank statements and the queue of their lines."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import wording
from hamafza.core.errors import Refusal
from hamafza.core.parts import Tab
from hamafza.core.refusals import show_refusal
from hamafza.giving.commands.statements import (
    Imported,
    donation_from_line,
    import_statement,
    match_line,
    set_line_aside,
)
from hamafza.giving.forms.bank import StatementForm
from hamafza.giving.forms.donation import LineGiftForm, initial_wish
from hamafza.giving.models import BankLine, Instalment
from hamafza.giving.queries.bank_lines import (
    Suggestion,
    aside_lines,
    donation_in,
    matched_lines,
    statements_in,
    suggestions_for,
    waiting_lines,
)
from hamafza.giving.queries.closed_wishes import pledge_closure
from hamafza.giving.queries.gifts_on_file import instalment_in
from hamafza.giving.rights import BOOKKEEPERS
from hamafza.giving.rules import permission_among
from hamafza.giving.views.donation_rows import giver_of, number_of
from hamafza.intake.plain_file import in_memory
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name

PAGE = 50
UNPROCESSABLE = 422
FAULTS = {
    "bad_date": gettext_lazy("the date cannot be read"),
    "future_date": gettext_lazy("the date lies ahead"),
    "bad_amount": gettext_lazy("the amount cannot be read"),
}
WAITING, MATCHED, ASIDE = "waiting", "matched", "aside"


@require_safe
def line_list(request: HttpRequest) -> HttpResponse:
    """``show`` says which: those that wait, those that belong to a gift, those set aside."""
    actor, county = admit_county(request, permission_among(actor_of(request), BOOKKEEPERS))
    show = request.GET.get("show", WAITING)
    found = {WAITING: waiting_lines, MATCHED: matched_lines, ASIDE: aside_lines}.get(show, waiting_lines)(county)
    count = found.order_by().count()
    start = _start(request, count)
    page = list(found[start : start + PAGE])
    suggested = suggestions_for(page) if show == WAITING else {}
    more = {"county": county, "show": show, "from": start + PAGE} if start + PAGE < count else {}
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": [_row(line, suggested.get(line.pk, Suggestion())) for line in page],
        "count": count,
        "show": show,
        "tabs": _tabs(county, show),
        "may_match": actor.may(Permission.CONFIRM_GIFTS, county),
        "more_url": f"?{urlencode(more)}" if more else "",
    }
    return render(request, "giving/line_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def statement_import(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, permission_among(actor_of(request), BOOKKEEPERS))
    kept = list(statements_in(county)[:20])
    initial = {"account": kept[0].account if kept else ""}
    form = StatementForm(request.POST or None, request.FILES or None, initial=initial)
    result: Imported | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with in_memory(file.chunks()) as path:
                result = import_statement(
                    county, path=path, file_name=file.name or "", account=form.cleaned_data["account"], by=actor
                )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            _say(request, result)
            if not result.read.faults:
                return redirect(f"{reverse('giving:line-list')}?county={county}")
            kept = list(statements_in(county)[:20])
    context = {
        "form": form,
        "county": county,
        "county_name": county_name(county),
        "statements": kept,
        "faults": [(row, FAULTS[fault]) for row, fault in result.read.faults[:50]] if result else [],
        "cancel_url": f"{reverse('giving:line-list')}?county={county}",
    }
    return render(request, "giving/statement_import.html", context, status=UNPROCESSABLE if form.errors else None)


@require_POST
def line_match(request: HttpRequest, pk: UUID) -> HttpResponse:
    line = load(request, BankLine, pk, may=Permission.CONFIRM_GIFTS)
    donation = donation_in(line.county_id, request.POST.get("donation", ""))
    if donation is None:
        raise Refusal(_("Choose the gift that this line is."), code="no_gift")
    match_line(line, donation=donation, by=actor_of(request))
    messages.success(
        request, _("The line belongs to gift %(number)s, which is confirmed.") % {"number": number_of(donation)}
    )
    return redirect(f"{reverse('giving:line-list')}?county={line.county_id}")


@require_http_methods(["GET", "HEAD", "POST"])
def line_gift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """``instalment`` in the address: the one that the line keeps."""
    line = load(request, BankLine, pk, may=permission_among(actor_of(request), BOOKKEEPERS))
    instalment = _instalment(request, line.county_id)
    form = LineGiftForm(
        request.POST or None,
        county=line.county_id,
        known=instalment.pledge.benefactor if instalment else None,
        initial=initial_wish(instalment.pledge) if instalment else None,
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            gift = donation_from_line(
                line,
                benefactor=None if said["unidentified"] else form.benefactor,
                wish=form.wish(),
                by=actor_of(request),
                key=said["key"],
                instalment=None if said["unidentified"] else instalment,
                unidentified=said["unidentified"],
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The gift is written down. Somebody else confirms it."))
            return redirect("giving:donation-record", pk=gift.pk)
    context = {
        "form": form,
        "line": line,
        "instalment": instalment,
        "closure": pledge_closure(instalment.pledge, on=line.on) if instalment else "",
        "cancel_url": f"{reverse('giving:line-list')}?county={line.county_id}",
    }
    return render(request, "giving/line_gift.html", context, status=UNPROCESSABLE if form.errors else None)


@require_POST
def line_aside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """With a reason it is set aside, without one taken up again."""
    line = load(request, BankLine, pk, may=permission_among(actor_of(request), BOOKKEEPERS))
    reason = request.POST.get("reason", "").strip()
    if not reason and not line.set_aside_reason:
        raise Refusal(_("Say why."), code="no_reason", field="reason")
    set_line_aside(line, reason=reason, by=actor_of(request))
    if reason:
        undo = f"undo:{reverse('giving:line-aside', args=[pk])}"
        messages.success(request, _("The line is set aside."), extra_tags=undo)
    else:
        messages.success(request, _("The line waits again."))
    return redirect(f"{reverse('giving:line-list')}?county={line.county_id}")


def _start(request: HttpRequest, count: int) -> int:
    text = request.GET.get("from", "0")
    return min(int(text), count) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _instalment(request: HttpRequest, county: str) -> Instalment | None:
    if "instalment" not in request.GET:
        return None
    try:
        found = instalment_in(county, UUID(request.GET["instalment"]))
    except ValueError as nonsense:
        raise Http404 from nonsense
    if found is None:
        raise Http404
    return found


def _tabs(county: str, show: str) -> list[Tab]:
    pages = (
        (WAITING, _("Waiting"), "clock"),
        (MATCHED, _("Belonging to a gift"), "link"),
        (ASIDE, _("Set aside"), "archive"),
    )
    return [
        Tab(
            label,
            f"{reverse('giving:line-list')}?{urlencode({'county': county, 'show': name})}",
            current=name == show,
            icon=icon,
        )
        for name, label, icon in pages
    ]


def _row(line: BankLine, suggested: Suggestion) -> dict[str, Any]:
    gift = line.donation if line.donation_id else None
    return {
        "pk": line.pk,
        "on": line.on,
        "amount": line.amount,
        "payer": line.payer,
        "reference": line.reference,
        "reason": line.set_aside_reason,
        "gift": (reverse("giving:donation-record", args=[gift.pk]), number_of(gift), giver_of(gift)) if gift else None,
        "gifts": [
            (one.pk, number_of(one), giver_of(one), one.received_on, one.reference == line.reference != "")
            for one in suggested.donations
        ],
        "instalments": [(one.pk, one.pledge.benefactor.name, one.due_on) for one in suggested.instalments],
    }


def _say(request: HttpRequest, result: Imported) -> None:
    if result.is_known:
        messages.info(request, _("This statement was imported before; nothing was added."))
        return
    new = result.statement.new_count
    sentence = ngettext("%(count)s new line came in.", "%(count)s new lines came in.", new)
    messages.success(request, sentence % {"count": wording.number(new)})
    known = result.statement.line_count - new
    if known:
        sentence = ngettext("%(count)s line was known already.", "%(count)s lines were known already.", known)
        messages.info(request, sentence % {"count": wording.number(known)})
