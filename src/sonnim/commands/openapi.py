"""`sonnim openapi`: writes the descriptions of the API and of the frames, from which the browser's types are made."""

import argparse
import json
from pathlib import Path
from typing import Any

import django
from django.conf import settings

import sonnim
from sonnim.commands import CommandError


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("openapi", help="write web/protocol/openapi.json and frames.json")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is not in step")


def run(args: argparse.Namespace) -> int:
    django.setup()
    folder = Path(settings.WEB_DIR) / "protocol"
    for name, document in documents().items():
        file = folder / name
        wanted = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        if args.check:
            if not file.exists() or file.read_text(encoding="utf-8") != wanted:
                raise CommandError(f"{name} is not in step with the server; run `sonnim openapi`.")
        else:
            file.write_text(wanted, encoding="utf-8")
            print(f"wrote {file}")
    return 0


def documents() -> dict[str, Any]:
    """File name → content: the API, and the frames of the delivery protocol in the same form."""
    from sonnim.config.api import api
    from sonnim.realtime.schema import frame_components

    frames = {
        "openapi": "3.1.0",
        "info": {"title": "Sonnim frames", "version": sonnim.__version__},
        "paths": {},
        "components": {"schemas": frame_components()},
    }
    return {"openapi.json": api.get_openapi_schema(path_prefix="/api/v1/"), "frames.json": frames}
