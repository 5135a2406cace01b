from hamafza.commitments.models.commitment import Commitment, Supporter
from hamafza.commitments.models.field import FieldPart, LadderStep, SupportField
from hamafza.commitments.models.follow_up import (
    DueDateChange,
    EscalationStep,
    ProgressUpdate,
    Reassignment,
    Verification,
)
from hamafza.commitments.models.programme import Programme, ProgrammeItem

__all__ = [
    "Commitment",
    "DueDateChange",
    "EscalationStep",
    "FieldPart",
    "LadderStep",
    "Programme",
    "ProgrammeItem",
    "ProgressUpdate",
    "Reassignment",
    "SupportField",
    "Supporter",
    "Verification",
]
