from hamafza.documents.models.attachment import Attachment

__all__ = ["Attachment"]
