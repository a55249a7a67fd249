"""What a canned response said becomes its first variants; a shop's greeting becomes a script of the stage of welcome."""

from typing import Any

from django.db import migrations

WORDS = {"ko": ("첫인사", "첫인사"), "zh": ("欢迎语", "欢迎语"), "en": ("greeting", "Greeting")}


def texts_become_variants(apps: Any, editor: Any) -> None:
    """Each language's text is a variant of its own, with the uses there were."""
    variants = apps.get_model("plan", "ScriptVariant").objects
    for canned in apps.get_model("plan", "CannedResponse").objects.iterator():
        for locale, said in canned.texts.items():
            variants.create(canned=canned, locale=locale, text=said["text"], rich=said.get("rich"))


def greetings_become_scripts(apps: Any, editor: Any) -> None:
    """The chat goes on greeting with the same words."""
    scripts = apps.get_model("plan", "CannedResponse").objects
    variants = apps.get_model("plan", "ScriptVariant").objects
    for shop in apps.get_model("accounts", "Shop").objects.iterator():
        said = {locale: text for locale, text in shop.greeting.items() if text.strip()}
        if not said:
            continue
        word, title = WORDS.get(shop.locale, WORDS["en"])
        taken = set(scripts.filter(shop=shop).values_list("shortcut", flat=True))
        free = next(each for each in (word, *(f"{word}{n}" for n in range(2, 1000))) if each not in taken)
        script = scripts.create(shop=shop, shortcut=free, title=title, stage="welcome", automatic=True)
        for locale, text in said.items():
            variants.create(canned=script, locale=locale, text=text)


def back(apps: Any, editor: Any) -> None:
    """The first variant of each language is the text; the first greeting is the shop's."""
    for canned in apps.get_model("plan", "CannedResponse").objects.prefetch_related("variants"):
        texts: dict[str, Any] = {}
        for variant in sorted(canned.variants.all(), key=lambda each: (each.position, each.pk)):
            texts.setdefault(variant.locale, {"text": variant.text, **({"rich": variant.rich} if variant.rich else {})})
        if canned.automatic:
            shop = canned.shop
            shop.greeting = {**{locale: said["text"] for locale, said in texts.items()}, **shop.greeting}
            shop.save(update_fields=["greeting"])
            canned.delete()
        else:
            canned.texts = texts
            canned.save(update_fields=["texts"])


class Migration(migrations.Migration):
    dependencies = [("plan", "0003_script_variants")]
    run_before = [("accounts", "0004_greeting_is_a_script")]

    operations = [
        migrations.RunPython(texts_become_variants, back),
        migrations.RunPython(greetings_become_scripts, migrations.RunPython.noop),
    ]
