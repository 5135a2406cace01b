from hamafza.intake.models.batch import ImportBatch, ImportRow, RememberedMapping

__all__ = ["ImportBatch", "ImportRow", "RememberedMapping"]
