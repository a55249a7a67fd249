"""Django's handle on the service plan."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "sonnim.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the clocks set, promises follow, and the ledger forget, in whatever process writes."""
        from sonnim.conversations import attending, scrubbing
        from sonnim.plan.clocks.keeping import attend
        from sonnim.plan.ladder.actions.forgetting import forget_words
        from sonnim.plan.promises.following import attend as follow

        attending.join(attend)
        attending.join(follow)
        scrubbing.join(forget_words)
