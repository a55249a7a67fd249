"""Django's handle on the quality score."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "sonnim.quality"
    label = "quality"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have settled conversations scored, and erased words forgotten, in whatever process writes."""
        from sonnim.conversations import attending, scrubbing
        from sonnim.quality.actions.forgetting import forget_words
        from sonnim.quality.following import attend

        attending.join(attend)
        scrubbing.join(forget_words)
