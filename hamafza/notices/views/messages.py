"""Messages that left the house, or would have, for the office: addresses masked, one-time codes hidden."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, admit, load
from hamafza.core.parts import active_filters, clear_url, more_url
from hamafza.core.session import Scope, narrow_to
from hamafza.notices.choices import MessageChannel, MessageState
from hamafza.notices.commands.reveal import may_reveal, reveal_message
from hamafza.notices.forms import MessageFilterForm
from hamafza.notices.models import Message
from hamafza.notices.queries.messages import in_words, messages_of
from hamafza.notices.texts import icon_of
from hamafza.places.queries.places import counties

PAGE = 50
TONES = {
    MessageState.WAITING: "orange",
    MessageState.SENDING: "blue",
    MessageState.SENT: "green",
    MessageState.KEPT: "grey",
    MessageState.FAILED: "red",
    MessageState.UNSURE: "orange",
}


@dataclass(frozen=True)
class Line:
    """A message as the page says it; ``may_open`` when a receiver's secret may be read for her, with a reason."""

    message: Message
    text: str
    icon: str
    channel: str
    tone: str
    may_open: bool

    @property
    def place(self) -> str:
        """Its place on the page."""
        return _place(self.message.pk)


@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    county = _county(request)
    form = MessageFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    shown = list(messages_of(county, state=asked.get("state", ""), before=_before(request))[: PAGE + 1])
    page, actor = shown[:PAGE], actor_of(request)
    context = {
        "county_name": counties().get(pk=county).name,
        "rows": [_line(one, may_open=may_reveal(actor, one)) for one in page],
        "filter_form": form,
        "filters": active_filters(form, request),
        "clear_url": clear_url(form, request),
        "more_url": more_url(request.GET, page[-1].pk) if len(shown) > PAGE else "",
    }
    return render(request, "notices/message_list.html", context)


@require_POST
def message_reveal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole text of a message that no sender took, for somebody who says why."""
    message = load(request, Message, pk, may=Permission.REVEAL_IDENTITY)
    text = reveal_message(message, reason=request.POST.get("reason", ""), by=actor_of(request))
    template = "patterns/_revealed.html" if request.headers.get("HX-Request") else "notices/message_shown.html"
    return render(request, template, {"id": _place(pk), "value": text})


def _place(pk: UUID) -> str:
    return f"message-{pk}"


def _line(message: Message, *, may_open: bool) -> Line:
    return Line(
        message=message,
        text=in_words(message, hide_secrets=True),
        icon=icon_of(message.code),
        channel=str(MessageChannel(message.channel).label),
        tone=TONES[MessageState(message.state)],
        may_open=may_open,
    )


def _county(request: HttpRequest) -> str:
    """The one county asked for, else the first of her own; open from here on."""
    allowed = sorted(admit(request, Permission.SEE_GIVING).counties_with(Permission.SEE_GIVING))
    county = request.GET.get("county") or allowed[0]
    if county not in allowed:
        raise Http404
    narrow_to(Scope(frozenset({county})))
    return county


def _before(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None
