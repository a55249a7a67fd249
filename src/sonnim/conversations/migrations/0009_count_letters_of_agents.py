"""How many letters an agent has is kept from now on; what they have already is counted once."""

from django.db import migrations
from django.db.models import Count

from sonnim.conversations import reach


def count(apps, schema_editor):
    conversations, tallies = (apps.get_model("conversations", name) for name in ("Conversation", "Tally"))
    held = conversations.objects.filter(status="open", assignee__isnull=False, channel__in=reach.carried())
    tallies.objects.bulk_create(
        tallies(shop_id=shop, key=f"letters:{agent}", n=n)
        for shop, agent, n in held.values_list("shop_id", "assignee_id").annotate(n=Count("id")).order_by()
    )


def forget(apps, schema_editor):
    apps.get_model("conversations", "Tally").objects.filter(key__startswith="letters:").delete()


class Migration(migrations.Migration):
    dependencies = [("conversations", "0008_priority_and_clocks")]
    operations = [migrations.RunPython(count, forget, elidable=True)]
