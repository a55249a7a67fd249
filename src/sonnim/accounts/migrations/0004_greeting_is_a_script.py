"""What the chat says by itself are scripts now; the plan's migration carries over what a shop had written."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_desk_settings")]

    operations = [migrations.RemoveField("shop", "greeting")]
