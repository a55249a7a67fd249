"""Token buckets: so many at once, then so many a second."""

from sonnim.kernel import clock


class Bucket:
    """Holds up to `burst` tokens and gains `rate` a second."""

    __slots__ = ("_at", "_tokens", "burst", "rate")

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst = rate, burst
        self._tokens = burst
        self._at = clock.monotonic()

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
