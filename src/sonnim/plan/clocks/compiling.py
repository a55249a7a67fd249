"""What an owner wrote as a policy: checked, and made into what the rules reckon with. Pure."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec

from sonnim.kernel.errors import Invalid
from sonnim.plan.clocks.rules import KINDS, UPDATE, Policy, Strike

MAX_TARGET_S = 366 * 24 * 3600
MAX_STAGES = 10
_Few = msgspec.Meta(max_length=50)
_Id = Annotated[int, msgspec.Meta(ge=1, lt=10**15)]
_Kind = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_-]{1,20}$")]
_Percent = Annotated[int, msgspec.Meta(ge=1, le=1000)]


class Fits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which conversations a policy is for; what is left out is not asked for."""

    channels: Annotated[tuple[_Kind, ...], _Few] = ()
    priorities: Annotated[tuple[Annotated[int, msgspec.Meta(ge=0, le=3)], ...], _Few] = ()
    teams: Annotated[tuple[_Id, ...], _Few] = ()
    tags: Annotated[tuple[_Id, ...], _Few] = ()
    locales: Annotated[tuple[Literal["ko", "zh", "en"], ...], _Few] = ()


class Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A further thing that happens when so many per cent of a target have passed; at 100 with the breach itself."""

    percent: _Percent
    notify: Literal["", "agent", "team", "lead"] = ""
    priority: Annotated[int, msgspec.Meta(ge=0, le=3)] | None = None
    release: bool = False
    team_id: _Id | None = None


_Targets = dict[
    Literal["first_reply", "next_reply", "silence", "update", "resolution"], Annotated[int, msgspec.Meta(ge=1)]
]


def checked_fits(given: Any) -> dict[str, Any]:
    """Raises: Invalid, naming what is wrong."""
    return dict(msgspec.to_builtins(_convert(given, Fits, "fits")))


def checked_targets(given: Any) -> dict[str, int]:
    """Kind → seconds. Raises: Invalid, when there is none, or one of no second or of more than a year."""
    targets: dict[str, int] = _convert(given, _Targets, "targets")
    if not targets:
        raise Invalid("Promise one thing at least.", fields={"targets": "empty"})
    if any(seconds > MAX_TARGET_S for seconds in targets.values()):
        raise Invalid(fields={"targets": "more than a year"})
    return {kind: targets[kind] for kind in (*KINDS, UPDATE) if kind in targets}


def checked_stages(given: Any) -> list[dict[str, Any]]:
    """By percent, ascending. Raises: Invalid, when two are at the same percent, or one does nothing."""
    stages: list[Stage] = sorted(_convert(given, list[Stage], "stages"), key=lambda stage: stage.percent)
    if len(stages) > MAX_STAGES:
        raise Invalid(fields={"stages": f"more than {MAX_STAGES}"})
    if len({stage.percent for stage in stages}) < len(stages):
        raise Invalid("Two steps are at the same moment; make one of them.", fields={"stages": "the same percent"})
    if any(stage == Stage(percent=stage.percent) for stage in stages):
        raise Invalid("A step does nothing.", fields={"stages": "does nothing"})
    return [dict(msgspec.to_builtins(stage)) for stage in stages]


def compiled(row: Mapping[str, Any]) -> Policy:
    """A policy from its row's columns."""
    fits = msgspec.convert(row["fits"], Fits)
    return Policy(
        id=row["id"],
        channels=frozenset(fits.channels),
        priorities=frozenset(fits.priorities),
        teams=frozenset(fits.teams),
        tags=frozenset(fits.tags),
        locales=frozenset(fits.locales),
        targets={kind: seconds * 1000 for kind, seconds in row["targets"].items()},
        calendar_id=row["calendar_id"],
        pauses=bool(row["pauses"]),
        strikes=_strikes(row["warn_percent"], msgspec.convert(row["stages"], list[Stage])),
    )


def _strikes(warn_percent: int, stages: list[Stage]) -> tuple[Strike, ...]:
    further = [
        Strike("escalate", stage.percent, stage.notify, stage.priority, stage.release, stage.team_id)
        for stage in stages
    ]
    warning = [Strike("warn", warn_percent, "agent")] if 0 < warn_percent < 100 else []
    strikes = [*warning, Strike("late", 100, "agent"), *further]
    return tuple(sorted(strikes, key=lambda strike: strike.percent))


def _convert(given: Any, type: Any, field: str) -> Any:
    try:
        return msgspec.convert(given, type, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid("This promise is not understood.", fields={field: str(error)[:200]}) from None
