"""One's own messages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hamafza.accounts.views.asker import asker
from hamafza.notices.commands.notify import mark_all_read, mark_read
from hamafza.notices.models import Notice
from hamafza.notices.queries.notices import notices_of, unread_count
from hamafza.notices.texts import icon_of, sentence

PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A message as the page says it."""

    notice: Notice
    text: str
    icon: str


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    found = list(notices_of(user, before=_before(request))[: PAGE + 1])
    more = f"?after={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    rows = [Line(one, sentence(one.code, one.params), icon_of(one.code)) for one in found[:PAGE]]
    return render(request, "notices/notice_list.html", {"rows": rows, "more_url": more, "unread": unread_count(user)})


@require_POST
def notice_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Marks it read and goes to the page it tells of."""
    notice = mark_read(asker(request), notice=pk)
    if notice is None:
        raise Http404
    return redirect(notice.url or "notices:notice-list")


@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    mark_all_read(asker(request))
    return redirect("notices:notice-list")


def _before(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None
