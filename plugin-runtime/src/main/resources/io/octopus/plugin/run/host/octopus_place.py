"""The state of the interpreter that an action finds, and that it has to leave as it was.

A process serves one execution after another. Whatever makes it doubtful that the next one would
find what the first one found is a reason to use the process no more.
"""

import logging
import os
import signal
import sys
import threading

_MOST_GROWTH = 200 * 1024 * 1024
_MOST_OPEN_FILES = 16


class Place:
    def __init__(self):
        self._home = os.getcwd()
        self._streams = (sys.stdin, sys.stdout, sys.stderr)
        self._signals = _signals()
        self._umask = _umask()
        self._memory = _memory()
        self._open_files = _open_files()

    def enter(self, request):
        """Makes everything ready for a request; its variables replace those of the last one."""
        os.environ.update(request["environment"])
        os.chdir(request["directory"])
        self._inside = (os.getcwd(), dict(os.environ))
        self._threads = set(threading.enumerate())

    def threads_left(self):
        return [t.name for t in threading.enumerate() if t not in self._threads and t.is_alive()]

    def leave(self):
        """Leaves the working directory; returns what makes the interpreter doubtful."""
        doubts = ["threads: " + name for name in self.threads_left()]
        try:
            here = os.getcwd()
        except OSError:
            here = None
        os.chdir(self._home)
        if (here, dict(os.environ)) != self._inside:
            doubts.append("working directory or environment")
        if (sys.stdin, sys.stdout, sys.stderr) != self._streams:
            doubts.append("streams")
        if _signals() != self._signals:
            doubts.append("signal handlers")
        if _umask() != self._umask:
            doubts.append("umask")
        if _memory() - self._memory > _MOST_GROWTH:
            doubts.append("memory")
        if _open_files() - self._open_files > _MOST_OPEN_FILES:
            doubts.append("open files")
        _forget_handlers()
        return doubts


def _forget_handlers():
    """A logger that got a handler in every execution would say everything many times."""
    for logger in list(logging.root.manager.loggerDict.values()):
        for handler in list(getattr(logger, "handlers", ())):
            logger.removeHandler(handler)


def _signals():
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGALRM", "SIGCHLD", "SIGUSR1", "SIGUSR2", "SIGPIPE")
    return [signal.getsignal(getattr(signal, name)) for name in names if hasattr(signal, name)]


def _umask():
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _memory():
    """Resident bytes; 0 where the system does not tell cheaply."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0


def _open_files():
    try:
        return len(os.listdir("/proc/self/fd"))
    except OSError:
        return 0
