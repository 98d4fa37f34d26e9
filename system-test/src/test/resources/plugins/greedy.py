"""Takes more than its share: memory, time, processes. Everything here ends by itself after a minute."""

import os
import resource
import signal
import time

MINUTE = 60


def _note(path, text):
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, (text + "\n").encode())
    finally:
        os.close(descriptor)


def memory():
    """Allocates until the system gives no more; the limit keeps the machine out of it."""
    limit = 512 * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    hoard = []
    while True:
        hoard.append(bytearray(16 * 1024 * 1024))


def killed_for_memory():
    """What the kernel does to the largest process when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(MINUTE)


def loop(pids):
    """Turns for ever and wants to hear nothing about an end."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    _note(pids, str(os.getpid()))
    deadline = time.monotonic() + MINUTE
    while time.monotonic() < deadline:
        pass


def fork_bomb(pids, children=6, depth=3):
    """Every process starts more of them, every second one in a session of its own, down to a depth."""
    signal.alarm(MINUTE)
    _note(pids, str(os.getpid()))
    for number in range(children if depth > 0 else 0):
        if os.fork() == 0:
            if number % 2:
                os.setsid()
            try:
                fork_bomb(pids, children, depth - 1)
            finally:
                os._exit(0)
    time.sleep(MINUTE)
