"""The texts of scripts are their variants."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plan", "0004_texts_become_variants")]

    operations = [migrations.RemoveField("cannedresponse", "texts")]
