"""Tables of the service plan, one module for each part of it."""

from sonnim.plan.models.clocks import KeptPromise, Policy
from sonnim.plan.models.document import PlanDraft, PlanVersion
from sonnim.plan.models.hours import HoursCalendar, HoursDay, HoursFeed, HoursSpan
from sonnim.plan.models.ladder import Concession
from sonnim.plan.models.promises import Promise
from sonnim.plan.models.scripts import CannedResponse, ScriptUse, ScriptVariant

__all__ = [
    "CannedResponse",
    "Concession",
    "HoursCalendar",
    "HoursDay",
    "HoursFeed",
    "HoursSpan",
    "KeptPromise",
    "PlanDraft",
    "PlanVersion",
    "Policy",
    "Promise",
    "ScriptUse",
    "ScriptVariant",
]
