"""One effect, however often a form is sent (S-C6)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import TypeVar
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from hamafza.accounts.actor import Actor
from hamafza.core.errors import Refusal
from hamafza.ledger.models import Submission

M = TypeVar("M", bound=models.Model)


def once(county: str, *, key: UUID, asked: Mapping[str, object], by: Actor, act: Callable[[], M]) -> M:
    """Do ``act`` and give what it made; asked again with the same ``key``, give the same row and do nothing.

    ``asked`` is what the form said: the same key with another content is refused (``code="other_request"``). Two that
    come at once wait for each other; when ``act`` fails, nothing is remembered.
    """
    said = hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()
    known = _known(county, key, said)
    if known is not None:
        return known  # type: ignore[return-value]  # the same key makes the same kind of row
    try:
        with transaction.atomic():
            mark = Submission.objects.create(
                county_id=county, key=key, asked=said, made="", made_id=key, by_id=by.user_id
            )
            made = act()
            mark.made, mark.made_id = made._meta.label_lower, UUID(str(made.pk))
            mark.save(update_fields=["made", "made_id"])
    except IntegrityError:
        known = _known(county, key, said)
        if known is None:
            raise
        return known  # type: ignore[return-value]
    return made


def _known(county: str, key: UUID, said: str) -> models.Model | None:
    mark = Submission.objects.filter(county_id=county, key=key).first()
    if mark is None:
        return None
    if mark.asked != said:
        raise Refusal(
            _("This form was sent before with other contents. Open the page anew and begin again."),
            code="other_request",
        )
    made: models.Model = apps.get_model(mark.made)._default_manager.get(pk=mark.made_id)
    return made
