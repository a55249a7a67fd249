"""Runs a command in the large store's column: PostgreSQL and Redis run beside it.

Their addresses are in its environment:

    python -m tests.providers.column python -m pytest tests
"""

import os
import subprocess
import sys

from tests.providers.postgres import Postgres
from tests.providers.redis import Redis


def main(command: list[str]) -> int:
    with Postgres() as postgres, Redis() as redis:
        environment = {
            **os.environ,
            "SONNIM_DATABASE_URL": postgres.create_database(),
            "SONNIM_REDIS_URL": redis.url,
        }
        try:
            return subprocess.run(command, env=environment, check=False).returncode
        except KeyboardInterrupt:
            return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
