"""What the machine is, what a process takes of it, and which part of it a process may use."""

import os
import platform
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def described() -> dict[str, Any]:
    """The machine, for the reader of the figures."""
    return {"cores": os.cpu_count(), "python": platform.python_version(), "load": round(os.getloadavg()[0], 2)}


def resident_kb(pid: int) -> int:
    """The memory of a process that lies in RAM, in KB."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    shown = subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(shown.stdout)


def cpu_seconds(pid: int) -> float | None:
    """The processor time that a process has used, which others do not blur; None where the system does not tell."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return None
    fields = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_each(pid: int, before: float | None, count: int) -> float | None:
    """Microseconds of processor time for each of `count` things since `before`."""
    after = cpu_seconds(pid)
    return None if after is None or before is None or not count else round((after - before) / count * 1e6, 1)


def allow_sockets(wanted: int) -> int:
    """Raise this process's limit of open files (children inherit it); answers how many sockets fit into it."""
    spare = 200
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    goal = wanted + spare if hard == resource.RLIM_INFINITY else min(wanted + spare, hard)
    if soft != resource.RLIM_INFINITY and soft < goal:
        resource.setrlimit(resource.RLIMIT_NOFILE, (goal, hard))
        soft = goal
    return wanted if soft == resource.RLIM_INFINITY else min(wanted, soft - spare)


def keep_on_core(pid: int, core: int) -> bool:
    """Let a process and all of its threads run on one core alone; False where the system cannot do that."""
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2:
        return False
    tasks = [int(task.name) for task in Path(f"/proc/{pid}/task").iterdir()]
    for task in tasks:
        os.sched_setaffinity(task, {core})
    return True


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie; 0 of nothing."""
    ordered = sorted(values) or [0.0]
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
