from hamafza.documents.models.attachment import Attachment
from hamafza.documents.models.series import NumberSeries

__all__ = ["Attachment", "NumberSeries"]
