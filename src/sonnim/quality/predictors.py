"""Which model of satisfaction a shop's conversations are asked of, and where an operator puts the shop's own."""

from pathlib import Path

from django.conf import settings

from sonnim.quality.predicting import Source, source_at


def place_of(shop_id: int) -> Path:
    """The file of a shop's own model; once it is there, it is used."""
    return Path(settings.MODELS_ROOT) / "satisfaction" / f"{shop_id}.model"


def predictor_of(shop_id: int) -> Source:
    """The model that is asked now: the shop's own as its file is at this moment, or the one that ships."""
    return source_at(place_of(shop_id))
