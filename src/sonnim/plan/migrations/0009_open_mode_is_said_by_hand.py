"""What was open or closed for good becomes a span of the shop's standard calendar, which says when it is open."""

from django.db import migrations
from sonnim.kernel import clock

ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def carry_over(apps, schema_editor):
    HoursCalendar = apps.get_model("plan", "HoursCalendar")
    HoursSpan = apps.get_model("plan", "HoursSpan")
    for shop in apps.get_model("accounts", "Shop").objects.exclude(open_mode="auto"):
        calendar = HoursCalendar.objects.filter(shop=shop, is_standard=True).first() or HoursCalendar.objects.create(
            shop=shop, name=shop.name[:80], zone=shop.timezone, week=ALWAYS, is_standard=True
        )
        HoursSpan.objects.create(calendar=calendar, start=clock.now(), is_open=shop.open_mode == "open")


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0008_promises"),
        ("accounts", "0004_greeting_is_a_script"),
    ]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
