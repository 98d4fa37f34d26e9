"""Tells about the machine it runs on. Made for the owner ALL: one answer from every client.

Uses nothing but Python's own library; what an operating system does not tell is null.
"""

import os
import platform
import shutil
import socket
import sys
import time

PLUGIN_NAME = "System info"
PLUGIN_VERSION = "1.0"


def main():
    """Host, operating system, load, memory, disk and Python."""
    return {
        "status": "success",
        "message": "%s: %s" % (socket.gethostname(), platform.platform()),
        "host": socket.gethostname(),
        "os": _system(),
        "cpus": os.cpu_count(),
        "load": _load(),
        "memory": _memory(),
        "disk": _disk(os.path.abspath(os.sep)),
        "uptime_seconds": _uptime(),
        "python": {"version": platform.python_version(), "executable": sys.executable},
        "time_zone": time.tzname[0],
    }


def disk(path: str = os.sep):
    """The space on the disk that holds a path."""
    return _disk(path)


def _system():
    return {
        "name": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "platform": platform.platform(),
    }


def _load():
    if not hasattr(os, "getloadavg"):
        return None
    one, five, fifteen = os.getloadavg()
    return {"1m": round(one, 2), "5m": round(five, 2), "15m": round(fifteen, 2)}


def _memory():
    if os.name == "nt":
        return _windows_memory()
    try:
        with open("/proc/meminfo") as lines:
            sizes = dict(line.split(":", 1) for line in lines)
        total = int(sizes["MemTotal"].split()[0]) * 1024
        available = int(sizes["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        try:
            total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        except (ValueError, OSError):
            return None
        available = None
    return {"total_bytes": total, "available_bytes": available}


def _windows_memory():
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong)] + [
            (name, ctypes.c_ulonglong)
            for name in ("total", "available", "t2", "a2", "t3", "a3", "extended")
        ]

    status = Status(length=ctypes.sizeof(Status))
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    return {"total_bytes": status.total, "available_bytes": status.available}


def _disk(path):
    usage = shutil.disk_usage(path)
    return {
        "path": path,
        "total_bytes": usage.total,
        "free_bytes": usage.free,
        "used_percent": round(100 * usage.used / usage.total, 1) if usage.total else None,
    }


def _uptime():
    try:
        with open("/proc/uptime") as uptime:
            return int(float(uptime.read().split()[0]))
    except (OSError, ValueError):
        return None
