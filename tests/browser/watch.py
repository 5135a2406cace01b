"""What must not happen unseen while somebody walks through pages: errors, breaches of the content rules, lost requests."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

#: Chromium says so of every answer from 400 on; the answers themselves are judged below.
SAID_OF_ANSWERS = "Failed to load resource"
#: htmx says so when its page is left while it asks; a request that truly failed is seen as such besides.
SAID_ON_LEAVING = ("htmx:afterRequest", "htmx:sendAbort", "htmx:sendError")
#: A download, or a search that the next letter overtook.
OVERTAKEN = "net::ERR_ABORTED"
QUIET = (SAID_OF_ANSWERS, *SAID_ON_LEAVING)


@dataclass
class Watch:
    """Listens to a browser. ``expected``: status and end of the path of answers that belong to the story."""

    expected: set[tuple[int, str]] = field(default_factory=set)
    seen: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> Watch:
        context.on("console", self._console)
        context.on("weberror", lambda fault: self.seen.append(f"script: {fault.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        context.on("page", self._opened)
        return self

    def _opened(self, page: Page) -> None:
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', (breach) =>"
            " console.error(`content rules: ${breach.violatedDirective} ${breach.blockedURI}`))"
        )

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(said in message.text for said in QUIET):
            self.seen.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != OVERTAKEN:
            self.seen.append(f"request: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        path = response.url.split("?")[0]
        if response.status >= 400 and not any(
            status == response.status and path.endswith(end) for status, end in self.expected
        ):
            self.seen.append(f"answer: {response.status} {response.url}")
