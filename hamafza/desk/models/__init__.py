from hamafza.desk.models.question import Question, QuestionNeed
from hamafza.desk.models.snapshot import Snapshot, sha256

__all__ = ["Question", "QuestionNeed", "Snapshot", "sha256"]
