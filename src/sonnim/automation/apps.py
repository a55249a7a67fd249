"""Django's handle on automation."""

from django.apps import AppConfig


class AutomationConfig(AppConfig):
    name = "sonnim.automation"
    label = "automation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have rules look on, and their logs forget, in whatever process writes."""
        from sonnim.automation.actions.forgetting import forget_words
        from sonnim.automation.keeping import attend
        from sonnim.conversations import attending, scrubbing

        attending.join(attend)
        scrubbing.join(forget_words)
