"""Tables of business hours: calendars, and what they say of single dates and instants."""

from django.db import models

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class HoursCalendar(models.Model):
    """When somebody works. `week` is the name of a day → `[["09:00", "18:00"], …]`; `countries` are those whose public
    holidays are kept. `v` grows with whatever changes it, its days, feeds and spans: readers keep calendars by it.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=60)
    week = models.JSONField(default=dict)
    countries = models.JSONField(default=list)
    is_standard = models.BooleanField(default=False)
    v = models.BigIntegerField(default=0)
    created_at = InstantField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "name"], name="hours_calendar_name"),
            models.UniqueConstraint(fields=["shop"], name="hours_one_standard", condition=models.Q(is_standard=True)),
        ]

    def __str__(self) -> str:
        return self.name


class HoursFeed(models.Model):
    """Days that come from an iCalendar file, or from one at `url` that is read again at `due_at`."""

    calendar = models.ForeignKey(HoursCalendar, models.CASCADE, related_name="feeds")
    name = models.CharField(max_length=120)
    url = models.CharField(max_length=2000, blank=True)
    due_at = InstantField(null=True, db_index=True)
    read_at = InstantField(null=True)
    failures = models.IntegerField(default=0)
    trouble = models.CharField(max_length=40, blank=True)
    created_at = InstantField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class HoursDay(models.Model):
    """What is said of one date: other intervals, none (closed), or, with null, that it is as on any other week."""

    calendar = models.ForeignKey(HoursCalendar, models.CASCADE, related_name="days", db_index=False)
    feed = models.ForeignKey(HoursFeed, models.CASCADE, null=True, related_name="days", db_index=False)
    date = models.DateField()
    name = models.CharField(max_length=120, blank=True)
    intervals = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="hours_day", condition=models.Q(feed=None)),
            models.UniqueConstraint(fields=["feed", "date"], name="hours_day_of_feed"),
        ]
        indexes = [models.Index(fields=["calendar", "date"], name="hours_day_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}".rstrip()


class HoursSpan(models.Model):
    """Open, or closed, between two instants whatever else is said; without an end until further notice."""

    calendar = models.ForeignKey(HoursCalendar, models.CASCADE, related_name="spans")
    feed = models.ForeignKey(HoursFeed, models.CASCADE, null=True, related_name="spans")
    agent = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=120, blank=True)
    start = InstantField()
    end = InstantField(null=True)
    is_open = models.BooleanField()

    def __str__(self) -> str:
        return f"{'open' if self.is_open else 'closed'} from {self.start}"
