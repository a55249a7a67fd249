"""`sonnim openapi`: writes the API's description, from which the console's types are generated."""

import argparse
import json
from pathlib import Path

import django
from django.conf import settings

from sonnim.commands import CommandError


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("openapi", help="write web/protocol/openapi.json from the routes")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is not in step")


def run(args: argparse.Namespace) -> int:
    django.setup()
    from sonnim.config.api import api

    file = Path(settings.WEB_DIR) / "protocol" / "openapi.json"
    wanted = json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), ensure_ascii=False, indent=1, sort_keys=True)
    if args.check:
        if not file.exists() or file.read_text(encoding="utf-8") != wanted + "\n":
            raise CommandError(f"{file.name} is not in step with the routes; run `sonnim openapi`.")
        return 0
    file.write_text(wanted + "\n", encoding="utf-8")
    print(f"wrote {file}")
    return 0
