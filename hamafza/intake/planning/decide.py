"""Decides what becomes of rows: writes nothing, so preview and import cannot differ.

`plan_rows` gets rows that must be decided together (whole households, see `commands.stage`) and what is on file, and
gives back unsaved instances, changed instances, and an outcome with warnings for each row.
"""

from __future__ import annotations

from collections.abc import Sequence

from hamafza.intake import keys
from hamafza.intake.choices import Outcome
from hamafza.intake.planning.circumstances import plan_circumstances, plan_needs
from hamafza.intake.planning.clusters import Cluster, Home, cluster, homes_of
from hamafza.intake.planning.households import settle_household
from hamafza.intake.planning.on_file import OnFile
from hamafza.intake.planning.persons import make_person, match_person
from hamafza.intake.planning.plan import Decided, Desk, Plan, Setting
from hamafza.intake.sheets.client_row import ClientRow
from hamafza.intake.sheets.faults import Fault
from hamafza.intake.sheets.phrases import Meaning


def plan_rows(rows: Sequence[ClientRow], on_file: OnFile, setting: Setting) -> Plan:
    """Decide about whole households at once; ``rows`` in the order of the sheet."""
    desk = Desk(on_file, setting, Plan())
    clusters = cluster([row for row in rows if not _is_refused(row, desk)], on_file)
    homes = homes_of(clusters, on_file, county=setting.county)
    for one in clusters:
        _decide_outcomes(one, desk.plan)
    for home in homes:
        _plan_home(home, desk)
    return desk.plan


def _is_refused(row: ClientRow, desk: Desk) -> bool:
    """Whether another county holds the identity number; nothing of that file is said."""
    if not row.identity_number or keys.identity_key(row) not in desk.on_file.elsewhere:
        return False
    fault = Fault(desk.setting.headers.of(Meaning.IDENTITY_NUMBER), "on_file_elsewhere", "")
    desk.plan.rows[row.row] = Decided(Outcome.REFUSED, [fault])
    return True


def _decide_outcomes(one: Cluster, plan: Plan) -> None:
    for row in one.rows:
        is_new = one.person is None and row is one.first
        plan.rows[row.row] = Decided(Outcome.CREATED if is_new else Outcome.MATCHED, list(row.warnings))


def _plan_home(home: Home, desk: Desk) -> None:
    if home.new:
        desk.plan.households.append(home.household)
    head = desk.on_file.heads.get(home.household.pk)
    for one in home.clusters:
        head = match_person(one, one.person, head, desk) if one.person else make_person(one, head, desk)
        plan_circumstances(one, desk)
        plan_needs(one, desk)
        _warn_other_file(one, home, desk)
    if head is None:
        desk.warn(home.clusters[0].first, "no_head", Meaning.RELATION, Meaning.FILE_NUMBER)
    elif home.household.head_id != head:
        home.household.head_id = head
        if not home.new:
            desk.change(home.household, "head")
    settle_household(home, head, desk)


def _warn_other_file(one: Cluster, home: Home, desk: Desk) -> None:
    own = home.household.file_key or keys.file_key(one.first)
    for row in one.rows:
        if row.file_number and keys.file_key(row) != own:
            desk.warn(row, "other_file", Meaning.FILE_NUMBER, value=home.household.file_number)
