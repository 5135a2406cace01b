"""What is recorded, what is not and why, and who may read the trail: literals that an auditor can check."""

from __future__ import annotations

#: Models (or whole apps) whose changes are not recorded, each with its reason.
EXCLUDED: dict[str, str] = {
    "audit": "the trail itself: append-only and sealed",
    "reports": "summaries, recomputed from recorded rows",
    "ledger.fundbalance": "sums of posted lines, kept by the database and recomputed by verify",
    "distribution.lotbalance": "sums of movements, kept by the database and recomputed by verify",
    "portal.wrongknock": "counts of wrong codes, by keyed address; removed after a day",
    "intake.importrow": "staging: sealed, removed after 30 days; what it creates is recorded",
}

#: Columns whose value is never copied into the trail; that they changed is.
REDACTED: dict[str, frozenset[str]] = {
    "accounts.user": frozenset({"password"}),
    "accounts.signin": frozenset({"session_key"}),
    "distribution.deliverycode": frozenset({"code_hash"}),
}

#: Columns that say nothing when they change alone: no row is written.
UNTOLD: dict[str, frozenset[str]] = {
    # Touched by every request of a signed-in user.
    "accounts.signin": frozenset({"seen_at"}),
}

#: Tables with a county that have no wall of row-level security, each with its reason.
WITHOUT_WALL: dict[str, str] = {
    "registry.identityclaim": "holds nothing but the blind index, so that a clash in another county can be noticed (Q1)",
    "trace.tracecode": "holds nothing but the blind index, so that a gift can be followed without any duty (M-B7)",
}

#: Fields of the special class (model.md, Q5): histories say that they changed, never to what.
SPECIAL_CLASS: dict[str, frozenset[str]] = {
    "registry.disability": frozenset({"type", "severity", "decision_number"}),
    "registry.targetgroupmembership": frozenset({"group", "basis"}),
    "registry.hardshipcause": frozenset({"cause"}),
}

#: The permission of `accounts.choices` that opens the trail; accounts stands above audit and is not imported.
SEE_AUDIT = "see_audit"


def is_recorded(label: str) -> bool:
    """Whether changes of the model ``label`` (lower case, ``app.model``) are recorded."""
    return label not in EXCLUDED and label.partition(".")[0] not in EXCLUDED
