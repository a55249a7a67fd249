"""The cache that all nodes share, which counts for itself while Redis is away: limits get looser, nothing fails."""

import logging
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

from sonnim.kernel import clock

logger = logging.getLogger(__name__)
ANSWER_WITHIN_S = 1
LEAVE_ALONE_S = 2.0


class SharedCache(BaseCache):
    """Redis, or this process's memory for the two seconds after Redis has failed to answer."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        within = {"socket_connect_timeout": ANSWER_WITHIN_S, "socket_timeout": ANSWER_WITHIN_S}
        self._shared = RedisCache(location, {**params, "OPTIONS": {**params.get("OPTIONS", {}), **within}})
        self._own = LocMemCache("shared-cache-fallback", {**params, "OPTIONS": {"MAX_ENTRIES": 50_000}})
        self._away_until = 0.0

    def _ask(self, what: str, *args: Any) -> Any:
        from redis import RedisError  # the small store has no Redis and need not load its client

        if clock.monotonic() >= self._away_until:
            try:
                return getattr(self._shared, what)(*args)
            except (RedisError, OSError) as error:
                self._away_until = clock.monotonic() + LEAVE_ALONE_S
                logger.warning("Redis does not answer, limits are counted per process: %s", error)
        return getattr(self._own, what)(*args)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._ask("add", key, value, timeout, version))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._ask("get", key, default, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._ask("set", key, value, timeout, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._ask("touch", key, timeout, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._ask("delete", key, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return int(self._ask("incr", key, delta, version))

    def has_key(self, key: str, version: int | None = None) -> bool:
        return bool(self._ask("has_key", key, version))

    def clear(self) -> None:
        self._own.clear()
        self._ask("clear")
