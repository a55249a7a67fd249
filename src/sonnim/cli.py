"""The `sonnim` command: finds the sub-commands in `sonnim.commands` and imports only the one that was asked for."""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

import sonnim
import sonnim.commands


def command_names() -> list[str]:
    return sorted(name for _, name, is_package in pkgutil.iter_modules(sonnim.commands.__path__) if not is_package)


def build_parser(*, names: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sonnim", description="The customer-service desk of an online store.")
    parser.add_argument("--version", action="version", version=f"sonnim {sonnim.__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="command", required=True)
    for name in names:
        importlib.import_module(f"sonnim.commands.{name}").add_parser(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sonnim.config.settings")
    known = command_names()
    wanted = [name for name in arguments[:1] if name in known]
    args = build_parser(names=wanted or known).parse_args(arguments)
    command = importlib.import_module(f"sonnim.commands.{args.command}")
    try:
        with sonnim.commands.plain_errors():
            return int(command.run(args))
    except sonnim.commands.CommandError as error:
        print(f"sonnim {args.command}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
