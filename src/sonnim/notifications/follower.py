"""Reads the logs behind the writers: what each stretch means for agents, without a write while it means nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sonnim.kernel import clock
from sonnim.notifications import actions, queries, rules
from sonnim.notifications.news import THERE, News, objects_of, of_event, of_talk, one_each

STRETCH = 5_000
SAVE_EVERY_S = 30.0


class Follower:
    """One node's eyes on all logs. Several nodes may look: whoever keeps a position first has told its news."""

    def __init__(self) -> None:
        self._read: dict[int, int] = {}
        self._kept: dict[int, int] = {}
        self._kept_at: defaultdict[int, float] = defaultdict(lambda: clock.monotonic())

    def look(self) -> int:
        """Read what is new in every shop; answers how many things were told."""
        heads = queries.heads()
        strangers = {shop: pos for shop, pos in heads.items() if shop not in self._read}
        if strangers:
            self._meet(strangers)
        return sum(self._follow(shop, pos) for shop, pos in heads.items() if pos > self._read[shop])

    def _meet(self, shops: Mapping[int, int]) -> None:
        known = queries.followed_to(shops)
        new = {shop: pos for shop, pos in shops.items() if shop not in known}
        if new:
            actions.begin_following(positions=new)
            known = queries.followed_to(shops)
        for shop, head in shops.items():
            # A log that was erased and begun anew lies behind what was kept of the old one.
            self._kept[shop] = known[shop]
            self._read[shop] = min(known[shop], head)

    def _follow(self, shop: int, head: int) -> int:
        after = self._read[shop]
        upto = min(head, after + STRETCH)
        found = one_each([*self._of_events(shop, after, upto), *_of_talks(shop, after, upto)])
        news, heard = _addressed(shop, found) if found else ([], set())
        self._read[shop] = upto
        if news:
            done = actions.add_news(shop_id=shop, was=self._kept[shop], now=upto, news=news, heard=heard)
        elif clock.monotonic() - self._kept_at[shop] > SAVE_EVERY_S:
            done = actions.save_position(shop_id=shop, was=self._kept[shop], now=upto)
        else:
            return 0
        self._kept_at[shop] = clock.monotonic()
        if done:
            self._kept[shop] = upto
            return len(news)
        # Another node has told of this stretch, or of a part of it: go on from where it stands.
        del self._read[shop]
        return 0

    def _of_events(self, shop: int, after: int, upto: int) -> Iterable[News]:
        for type, public, desk in queries.telling(shop, after, upto):
            objects = objects_of(public, desk)
            if type == "agent.removed":
                for agent in objects.get("agents", ()):
                    actions.drop_agent(agent_id=agent["id"])
            elif type == "session.ended":
                for session in objects.get("session", ()):
                    actions.follow_session(session=session["id"], moved_to=session.get("moved_to"))
            else:
                yield from of_event(objects)


def _of_talks(shop: int, after: int, upto: int) -> list[News]:
    talks, since = queries.talks(shop, after, upto)
    if not talks:
        return []
    ready = queries.with_devices(shop)
    if not ready and all(talk.follower_ids == "[]" for talk in talks):
        return []
    members = queries.teams_of(shop) if ready else {}
    return [news for talk in talks for news in of_talk(talk, since=since, members=members, ready=ready)]


def _of_role(shop: int, news: News) -> list[int]:
    return queries.who_is_there(shop, news.team_id) if news.role == THERE else queries.holders_of(shop, news.role)


def _addressed(shop: int, found: Iterable[News]) -> tuple[list[News], set[tuple[int, str]]]:
    """The news with the agent of each, and (agent, kind) of what shall be pushed too."""
    single: list[News] = []
    for each in found:
        if each.agent_id:
            single.append(each)
        elif each.role:
            single += [each._replace(agent_id=agent) for agent in _of_role(shop, each) if agent != each.by_id]
    members = queries.members_of(shop, {each.agent_id for each in single})
    ready = queries.with_devices(shop) & set(members)
    news = [each for each in one_each(single) if each.agent_id in members]
    heard = {
        (each.agent_id, each.kind)
        for each in news
        if each.agent_id in ready and rules.wants(members[each.agent_id].preferences, each.kind)
    }
    # A message that nobody's device shall tell of is nothing at all: the inbox shows it.
    return [each for each in news if each.kind in rules.LISTED or (each.agent_id, each.kind) in heard], heard
