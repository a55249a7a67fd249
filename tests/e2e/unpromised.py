"""Runs in a server's environment: takes all service promises back, as their owner would, and ends their clocks;
with the hours by which they are kept, and the to-dos of the desk.
"""

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sonnim.config.settings")
    django.setup()
    from sonnim.accounts.callers import Actor
    from sonnim.accounts.models import Agent
    from sonnim.conversations.models import Conversation
    from sonnim.plan.clocks import actions
    from sonnim.plan.hours.actions import delete_calendar
    from sonnim.plan.models import HoursCalendar, Policy, Promise

    for policy in Policy.objects.all():
        owner = Agent.objects.get(shop=policy.shop, role="owner")
        actions.delete_policy(actor=Actor(owner), policy_id=policy.pk)
    for calendar in HoursCalendar.objects.order_by("is_standard"):
        owner = Agent.objects.get(shop=calendar.shop, role="owner")
        delete_calendar(actor=Actor(owner), calendar_id=calendar.pk)
    Promise.objects.all().delete()
    for shop_id in Conversation.objects.values_list("shop_id", flat=True).distinct():
        actions.renew_clocks(shop_id=shop_id)
    if Conversation.objects.exclude(clocks="[]").exists():
        raise SystemExit("some clocks go on")


if __name__ == "__main__":
    main()
