"""States follow the literal."""

import pytest

from hamafza.core.errors import Refusal
from hamafza.core.flow import Step, require_step

FLOW = {"open": frozenset({"met"}), "met": frozenset()}


def test_allowed_step_is_given_back() -> None:
    assert require_step(FLOW, before="open", after="met") == Step("open", "met")


@pytest.mark.parametrize(("before", "after"), [("met", "open"), ("open", "open"), ("unknown", "open")])
def test_other_steps_are_refused(before: str, after: str) -> None:
    with pytest.raises(Refusal) as refused:
        require_step(FLOW, before=before, after=after)
    assert (refused.value.code, refused.value.field) == ("no_such_step", None)
