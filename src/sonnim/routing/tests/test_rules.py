"""Who gets which conversation, whatever waits and whoever sits there."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sonnim.routing.rules import Decision, Kind, Seat, Settings, Strategy, Waiting, choose

KINDS: tuple[Kind, Kind] = ("live", "letters")
LOCALES, SKILLS, TEAMS = ("ko", "zh", "en"), ("refunds", "tea"), (1, 2)

some_waiting = st.lists(
    st.builds(
        Waiting,
        id=st.integers(1, 10**6),
        kind=st.sampled_from(KINDS),
        priority=st.integers(0, 3),
        rank=st.integers(0, 50),
        waited_ms=st.integers(0, 60_000),
        team=st.sampled_from((None, *TEAMS)),
        locale=st.sampled_from(LOCALES),
        wants=st.frozensets(st.sampled_from(SKILLS)),
        last_agent=st.sampled_from((None, 1, 2, 3)),
        refused=st.frozensets(st.integers(1, 5), max_size=3),
    ),
    max_size=30,
    unique_by=lambda each: each.id,
)
some_seats = st.lists(
    st.builds(
        Seat,
        agent=st.integers(1, 8),
        free=st.booleans(),
        languages=st.frozensets(st.sampled_from(LOCALES)),
        skills=st.frozensets(st.sampled_from(SKILLS)),
        teams=st.frozensets(st.sampled_from(TEAMS)),
        held=st.fixed_dictionaries({kind: st.integers(0, 4) for kind in KINDS}),
        capacity=st.fixed_dictionaries({kind: st.integers(0, 5) for kind in KINDS}),
        turn=st.integers(0, 20),
        asked=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda each: each.agent,
)
some_settings = st.builds(
    Settings,
    mode=st.sampled_from(("direct", "offer", "manual")),
    strategy=st.sampled_from(("round_robin", "least_busy")),
    sticky=st.booleans(),
    by_language=st.booleans(),
    by_skill=st.booleans(),
    teams=st.dictionaries(
        st.sampled_from(TEAMS), st.tuples(st.sampled_from(("direct", "offer", "manual")), st.just("round_robin"))
    ),
)


def copies(seats: list[Seat]) -> list[Seat]:
    return [replace(seat, held=dict(seat.held)) for seat in seats]


def agents(decisions: list[Decision]) -> list[int]:
    return [each.agent for each in decisions]


@given(some_waiting, some_seats, some_settings)
def test_nobody_gets_what_they_may_not_have(waiting: list[Waiting], seats: list[Seat], settings: Settings) -> None:
    about, before = {each.id: each for each in waiting}, {seat.agent: seat for seat in seats}
    decisions = choose(waiting, copies(seats), settings)
    got: Counter[tuple[int, Kind]] = Counter()
    asked: Counter[int] = Counter()
    for each in decisions:
        what, who = about.pop(each.conversation), before[each.agent]  # a second time would be a KeyError
        mode, _ = settings.of_team(what.team)
        assert who.free
        assert mode != "manual"
        assert each.offered == (mode == "offer")
        assert what.team is None or what.team in who.teams
        assert who.agent not in what.refused
        got[who.agent, what.kind] += 1
        asked[who.agent] += each.offered
    assert all(before[agent].held[kind] + n <= before[agent].capacity[kind] for (agent, kind), n in got.items())
    assert all(n <= (0 if before[agent].asked else 1) for agent, n in asked.items())


@given(some_waiting, some_seats, some_settings)
def test_nobody_is_left_waiting_for_whom_there_is_somebody(
    waiting: list[Waiting], seats: list[Seat], settings: Settings
) -> None:
    patient = [replace(each, waited_ms=settings.widen_ms) for each in waiting]
    after = copies(seats)
    done = {each.conversation for each in choose(patient, after, settings)}
    for each in patient:
        mode, _ = settings.of_team(each.team)
        if each.id not in done and mode != "manual":
            assert not [
                seat
                for seat in after
                if seat.free
                and seat.room(each.kind)
                and (each.team is None or each.team in seat.teams)
                and seat.agent not in each.refused
                and not (mode == "offer" and seat.asked)
            ]


@given(st.integers(1, 60), st.integers(1, 9), st.sampled_from(("round_robin", "least_busy")))
def test_equals_get_equal_shares(count: int, people: int, strategy: Strategy) -> None:
    seats = [Seat(agent=n, capacity={"live": 100, "letters": 0}) for n in range(people)]
    shares = Counter(agents(choose([Waiting(id=n, rank=n) for n in range(count)], seats, Settings(strategy=strategy))))
    assert sum(shares.values()) == count
    assert max(shares.values()) - min(shares[seat.agent] for seat in seats) <= 1


@given(st.integers(1, 40), st.lists(st.integers(0, 6), min_size=2, max_size=6))
def test_the_least_busy_catch_up(count: int, loads: list[int]) -> None:
    seats = [Seat(agent=n, held={"live": load, "letters": 0}) for n, load in enumerate(loads)]
    for seat in seats:
        seat.capacity = {"live": 1000, "letters": 0}
    choose([Waiting(id=n) for n in range(count)], seats, Settings())
    held = [seat.held["live"] for seat in seats]
    got = [now - before for now, before in zip(held, loads, strict=True)]
    assert all(mine - min(held) <= 1 for mine, more in zip(held, got, strict=True) if more)


def test_turns_go_on_from_where_they_were() -> None:
    seats = [Seat(agent=1, turn=7), Seat(agent=2, turn=5), Seat(agent=3, turn=6)]
    found = choose([Waiting(id=n, rank=n) for n in range(4)], seats, Settings(strategy="round_robin"))
    assert agents(found) == [2, 3, 1, 2]
    assert [each.turn for each in found] == [8, 9, 10, 11]


def test_what_is_urgent_comes_first_and_then_who_waits_longest() -> None:
    waiting = [Waiting(id=1, rank=1), Waiting(id=2, rank=2, priority=3), Waiting(id=3, rank=0)]
    found = choose(waiting, [Seat(agent=1, capacity={"live": 2, "letters": 0})], Settings())
    assert [each.conversation for each in found] == [2, 3]


def test_who_answered_last_comes_first_unless_full() -> None:
    known = Waiting(id=1, last_agent=2)
    idle, busy = Seat(agent=1), Seat(agent=2, held={"live": 3, "letters": 0})
    assert choose([known], copies([idle, busy]), Settings())[0].why == "sticky"
    assert agents(choose([known], copies([idle, busy]), Settings(sticky=False))) == [1]
    full = replace(busy, capacity={"live": 3, "letters": 0})
    assert agents(choose([known], copies([idle, full]), Settings())) == [1]


def test_the_language_is_waited_for_and_then_not_any_more() -> None:
    korean = Seat(agent=1, languages=frozenset({"ko"}), free=False)
    english = Seat(agent=2, languages=frozenset({"en"}))
    asked = Waiting(id=1, locale="ko", waited_ms=29_999)
    assert choose([asked], copies([korean, english]), Settings()) == []
    assert agents(choose([replace(asked, waited_ms=30_000)], copies([korean, english]), Settings())) == [2]
    assert agents(choose([asked], copies([english]), Settings())) == [2], "nobody here speaks it: why wait?"
    assert agents(choose([asked], copies([korean, english]), Settings(by_language=False))) == [2]


def test_skills_decide_before_the_load() -> None:
    expert = Seat(agent=1, skills=frozenset({"refunds", "tea"}), held={"live": 3, "letters": 0})
    other = Seat(agent=2, skills=frozenset({"tea"}))
    wants = Waiting(id=1, wants=frozenset({"refunds"}))
    assert agents(choose([wants], copies([expert, other]), Settings())) == [1]
    assert agents(choose([wants], copies([expert, other]), Settings(by_skill=False))) == [2]
    assert agents(choose([replace(wants, wants=frozenset({"glue"}))], copies([expert, other]), Settings())) == [2]


def test_a_team_may_do_otherwise_than_the_shop() -> None:
    seats = [Seat(agent=1, teams=frozenset({1, 2}))]
    settings = Settings(teams={1: ("manual", "least_busy"), 2: ("offer", "round_robin")})
    found = choose([Waiting(id=1, team=1), Waiting(id=2, team=2), Waiting(id=3)], seats, settings)
    assert [(each.conversation, each.offered) for each in found] == [(2, True), (3, False)]
