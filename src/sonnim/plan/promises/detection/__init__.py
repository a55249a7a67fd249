"""Finds what somebody promises in a text, in Korean, Chinese and English; pure, and bounded in time on any text."""

from sonnim.plan.promises.detection.finding import find, look
from sonnim.plan.promises.detection.found import ACTS, Act, Calendar, Found, PassedOver

__all__ = ["ACTS", "Act", "Calendar", "Found", "PassedOver", "find", "look"]
