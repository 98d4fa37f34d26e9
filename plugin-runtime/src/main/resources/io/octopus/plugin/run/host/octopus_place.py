"""The state of the interpreter that an action finds, and that it has to leave as it was.

A process serves one execution after another. Whatever makes it doubtful that the next one would
find what the first one found is a reason to use the process no more.
"""

import logging
import os
import signal
import sys
import threading

try:
    import resource
except ImportError:  # Windows
    resource = None

_UMASK = 0o077
_MOST_GROWTH = 200 * 1024 * 1024
_MOST_OPEN_FILES = 16


class Place:
    def __init__(self):
        self._home = os.getcwd()
        self._streams = (sys.stdin, sys.stdout, sys.stderr)
        self._signals = _signals()
        self._memory = _memory()
        self._open_files = _open_files()
        self._threads = set(threading.enumerate())
        self._variables = {}
        self._inside = None
        os.umask(_UMASK)

    def enter(self, request):
        """Makes everything ready for a request; its variables replace those of the last one."""
        variables = request["environment"]
        for name, value in variables.items():
            if self._variables.get(name) != value:
                os.environ[name] = value
        self._variables = variables
        if request["directory"] != self._inside:
            self._inside = request["directory"]
            os.chdir(self._inside)
        self._environment = _environment()

    def threads_left(self):
        if threading.active_count() == len(self._threads):
            return []
        return [t.name for t in threading.enumerate() if t not in self._threads and t.is_alive()]

    def leave(self, threads):
        """Looks whether all is as it was; returns what makes the interpreter doubtful.

        threads are the names of those that were left running.
        """
        doubts = ["threads: " + name for name in threads]
        try:
            here = os.getcwd()
        except OSError:
            here = None
        if here != self._inside and not _is_same(here, self._inside):
            doubts.append("working directory")
        if os.name == "nt":  # where a directory that a process is in cannot be removed
            os.chdir(self._home)
            self._inside = None
        if _environment() != self._environment:
            doubts.append("environment")
        if (sys.stdin, sys.stdout, sys.stderr) != self._streams:
            doubts.append("streams")
        if _signals() != self._signals:
            doubts.append("signal handlers")
        if os.umask(_UMASK) != _UMASK:
            doubts.append("umask")
        if _peak() - self._memory > _MOST_GROWTH and _memory() - self._memory > _MOST_GROWTH:
            doubts.append("memory")
        if _open_files() - self._open_files > _MOST_OPEN_FILES:
            doubts.append("open files")
        _forget_handlers()
        return doubts


def _is_same(one, other):
    try:
        return os.path.samefile(one, other)
    except (OSError, TypeError):
        return False


def _environment():
    # What os.environ keeps; a copy of itself would decode every name and value.
    return dict(getattr(os.environ, "_data", os.environ))


def _forget_handlers():
    """A logger that got a handler in every execution would say everything many times."""
    for logger in list(logging.root.manager.loggerDict.values()):
        for handler in list(getattr(logger, "handlers", ())):
            logger.removeHandler(handler)


# Without the enumerations around it, which take ten times as long.
_handler = getattr(signal, "_signal", signal).getsignal
_WATCHED = tuple(
    getattr(signal, name)
    for name in (
        "SIGINT SIGTERM SIGHUP SIGALRM SIGCHLD SIGUSR1 SIGUSR2 SIGPIPE SIGBREAK".split()
    )
    if hasattr(signal, name)
)


def _signals():
    return [_handler(number) for number in _WATCHED]


def _peak():
    """The most bytes that were ever resident; a number without end where nobody tells."""
    try:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    except Exception:
        return float("inf")


def _memory():
    """Resident bytes; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0


def _open_files():
    """The lowest number that is free for a file: it rises as files stay open."""
    try:
        free = os.dup(2)
    except OSError:
        return sys.maxsize
    os.close(free)
    return free
