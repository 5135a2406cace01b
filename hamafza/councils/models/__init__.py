from hamafza.councils.models.council import Council, Seat, SeatHolding
from hamafza.councils.models.meeting import (
    AgendaItem,
    Attendance,
    Corrigendum,
    Meeting,
    Minutes,
    Remark,
    Signature,
)
from hamafza.councils.models.resolution import CouncilNote, Resolution

__all__ = [
    "AgendaItem",
    "Attendance",
    "Corrigendum",
    "Council",
    "CouncilNote",
    "Meeting",
    "Minutes",
    "Remark",
    "Resolution",
    "Seat",
    "SeatHolding",
    "Signature",
]
