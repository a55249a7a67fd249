"""Runs a command that keeps scores, and stands still within its third transaction, for whoever kills it there.

`python -m tests.commands.standing_still coach score …`
"""

import signal
import sys
from itertools import count
from typing import Any
from unittest.mock import patch

HERE = "standing still\n"


def main(arguments: list[str]) -> int:
    import django

    django.setup()
    from sonnim import cli
    from sonnim.quality.actions import scoring

    calls, replace = count(1), scoring._replace

    def held(*given: Any) -> Any:
        done = replace(*given)
        if next(calls) == 3:
            sys.stdout.write(HERE)
            sys.stdout.flush()
            signal.pause()
        return done

    with patch.object(scoring, "_replace", held):
        return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
