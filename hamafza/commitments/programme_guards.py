# ruff: noqa: S608 - names of our own tables and columns, no word of a user
"""What the database itself refuses of programmes: one that is published stays as it was, with the moment of publishing."""

from __future__ import annotations

from enum import StrEnum

from hamafza.core.row_rules import DELETE, INSERT, UPDATE, RowRule, guards_of

PROGRAMME = "commitments_programme"
ITEM = "commitments_programmeitem"


class Refused(StrEnum):
    BORN = "programmes: a programme begins as a draft"
    VERSION = "programmes: a version follows the published one before it"
    PUBLISHED = "programmes: what is published is never rewritten"
    IDENTITY = "programmes: body, period and version never change"
    BACK_DATED = "programmes: nothing is published before it was written"
    EMPTY = "programmes: nothing is published without an item"
    REMOVED = "programmes: only a draft is removed"
    ITEM = "programmes: items change only in a draft"


_BEFORE_IS_PUBLISHED = f"""EXISTS (
  SELECT 1 FROM {PROGRAMME} p WHERE p.place_id = NEW.place_id AND p.organization_id = NEW.organization_id
    AND p.period = NEW.period AND p.number = NEW.number - 1 AND p.state = 'published')"""
_CHANGED_IDENTITY = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in ("id", "place_id", "organization_id", "period", "starts_on", "ends_on", "number", "created_at")
)
_LATER_ITEM = f"EXISTS (SELECT 1 FROM {ITEM} i WHERE i.programme_id = NEW.id AND i.written_at > NEW.published_at)"
_LATER_VERSION = f"""EXISTS (
  SELECT 1 FROM {PROGRAMME} p WHERE p.place_id = NEW.place_id AND p.organization_id = NEW.organization_id
    AND p.period = NEW.period AND p.published_at > NEW.published_at)"""


def _no_draft(row: str) -> str:
    return f"""NOT EXISTS (
  SELECT 1 FROM {PROGRAMME} p WHERE p.id = {row}.programme_id AND p.place_id = {row}.place_id AND p.state = 'draft')"""


RULES: tuple[RowRule, ...] = (
    RowRule(PROGRAMME, INSERT, "born", Refused.BORN, "NEW.state <> 'draft'"),
    RowRule(
        PROGRAMME, INSERT, "follows", Refused.VERSION,
        f"NEW.number < 1 OR (NEW.number > 1 AND NOT {_BEFORE_IS_PUBLISHED})",
    ),
    RowRule(PROGRAMME, UPDATE, "stays", Refused.PUBLISHED, "OLD.state <> 'draft'"),
    RowRule(PROGRAMME, UPDATE, "identity", Refused.IDENTITY, _CHANGED_IDENTITY),
    RowRule(
        PROGRAMME, UPDATE, "moment", Refused.BACK_DATED,
        f"NEW.state = 'published' AND (NEW.published_at < NEW.created_at OR {_LATER_ITEM} OR {_LATER_VERSION})",
    ),
    RowRule(
        PROGRAMME, UPDATE, "has_items", Refused.EMPTY,
        f"NEW.state = 'published' AND NOT EXISTS (SELECT 1 FROM {ITEM} i WHERE i.programme_id = NEW.id)",
    ),
    RowRule(PROGRAMME, DELETE, "removed", Refused.REMOVED, "OLD.state <> 'draft'"),
    RowRule(ITEM, INSERT, "added", Refused.ITEM, _no_draft("NEW")),
    RowRule(ITEM, UPDATE, "changed", Refused.ITEM, f"NEW.programme_id <> OLD.programme_id OR {_no_draft('OLD')}"),
    RowRule(ITEM, DELETE, "removed", Refused.ITEM, _no_draft("OLD")),
)  # fmt: skip

PROGRAMMES = guards_of("hamafza_programmes_", RULES)
