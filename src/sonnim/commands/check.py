"""`sonnim check`: Django's own deployment and model checks, with every warning counted as an error."""

import argparse

import django
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from sonnim.commands import CommandError


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    subparsers.add_parser("check", help="look at the settings and the tables without starting anything")


def run(args: argparse.Namespace) -> int:
    django.setup()
    try:
        call_command("check", fail_level="WARNING", database=["default"])
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemCheckError as error:
        raise CommandError(str(error).strip()) from error
    except SystemExit as error:
        raise CommandError(
            "a model has changed, but no migration says so; run `sonnim check` after makemigrations."
        ) from error
    return 0
