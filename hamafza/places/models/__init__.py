from hamafza.places.models.occasion import Occasion, OccasionDate
from hamafza.places.models.owned import CountyOwned, PlaceOwned
from hamafza.places.models.place import COUNTRY_CODE, Place, PlaceName, Population

__all__ = ["COUNTRY_CODE", "CountyOwned", "Occasion", "OccasionDate", "Place", "PlaceName", "PlaceOwned", "Population"]
