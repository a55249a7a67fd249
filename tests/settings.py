"""The product's settings in a data folder of the test run's own: nothing a test does touches ./data."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="sonnim-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["SONNIM_DATA"] = _folder

from sonnim.config.settings import *  # noqa: E402, F403
from sonnim.config.settings import CACHES, DATA_DIR, DATABASES, REDIS_URL  # noqa: E402

# A file, not memory: the writer's thread and the test's must meet as two connections of one database do.
DATABASES["default"]["TEST"] = (
    {"NAME": str(DATA_DIR / "test.sqlite3")} if DATABASES["default"]["ENGINE"].endswith("sqlite3") else {}
)
# Tests empty the cache before they count; a worker must not empty another one's.
if REDIS_URL:
    CACHES["default"]["LOCATION"] = f"{REDIS_URL}/{os.environ.get('PYTEST_XDIST_WORKER', 'gw0').removeprefix('gw')}"
# Argon2 takes its time on purpose; the tests that are about that run against a real server with the real settings.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
