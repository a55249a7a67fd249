"""Token buckets: so many at once, then so many a second."""

from collections.abc import Hashable

from sonnim.kernel import clock


class Bucket:
    """Holds up to `burst` tokens and gains `rate` a second."""

    __slots__ = ("_at", "_tokens", "burst", "rate")

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst = rate, burst
        self._tokens = burst
        self._at = clock.monotonic()

    @property
    def full(self) -> bool:
        """Whether all tokens are back."""
        return self._tokens + (clock.monotonic() - self._at) * self.rate >= self.burst

    def take(self) -> float:
        """Take a token.

        Returns:
            0 when there was one, else the seconds until there will be.
        """
        now = clock.monotonic()
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self.rate)
        self._at = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0.0
        return (1 - self._tokens) / self.rate


class Buckets:
    """One bucket for each sender, however many lines it holds and however often it begins a new one."""

    def __init__(self) -> None:
        self._of: dict[Hashable, Bucket] = {}

    def take(self, who: Hashable, rate: float, burst: float) -> float:
        """Take a token of `who`; answers as `Bucket.take` does."""
        bucket = self._of.get(who)
        if bucket is None:
            bucket = self._of[who] = Bucket(rate, burst)
        return bucket.take()

    def forget_full(self) -> None:
        """Drop the buckets that a new one would equal; call it now and then."""
        for who in [who for who, bucket in self._of.items() if bucket.full]:
            del self._of[who]
