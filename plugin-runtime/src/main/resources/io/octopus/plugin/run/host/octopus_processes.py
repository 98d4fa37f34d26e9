"""The processes that a plugin starts: kept together, and ended together."""

import os
import signal
import sys

_ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER


def stand_alone():
    """Leaves the worker's session, and adopts children whose own parents end."""
    if hasattr(os, "setsid"):
        try:
            # Ctrl-C in the worker's terminal is for the worker: it lets running work finish.
            os.setsid()
        except OSError:
            pass
    if sys.platform.startswith("linux"):
        try:
            import ctypes

            # Without it a daemon that forked twice would be nobody's child, and be missed.
            ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
        except Exception:
            pass


def has_children():
    """Whether a child lives; dead ones are forgotten. None when the system does not tell.

    Orphans count: this process has adopted them (on Linux), and a process that is nobody's child
    here has no living ancestor here.
    """
    if not hasattr(os, "WNOHANG"):
        return None
    try:
        while True:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                return True
    except ChildProcessError:
        return False


def end_everything():
    """Kills all descendants of this process, then this process."""
    me = os.getpid()
    if os.name == "nt":
        import subprocess

        subprocess.call(["taskkill", "/T", "/F", "/PID", str(me)])
        os._exit(1)
    if os.path.isdir("/proc/self"):
        for _ in range(100):
            living = _descendants(me)
            if not living:
                break
            for pid in living:
                _kill(pid)
    try:
        os.killpg(os.getpgrp(), signal.SIGKILL)
    finally:
        _kill(me)


def _kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass


def _descendants(root):
    """The living descendants of a process, from /proc; zombies are dead."""
    children = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open("/proc/" + entry + "/stat", "rb") as stat:
                # The name is in parentheses and may hold anything: what counts comes after it.
                state, parent = stat.read().rpartition(b")")[2].split()[:2]
        except (OSError, ValueError):
            continue
        children.setdefault(int(parent), []).append((int(entry), state))
    found = []
    known = [root]
    while known:
        for pid, state in children.get(known.pop(), ()):
            known.append(pid)
            if state not in (b"Z", b"X"):
                found.append(pid)
    return found
