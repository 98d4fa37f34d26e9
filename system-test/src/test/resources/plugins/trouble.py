"""Everything a plugin can do wrong."""

import os
import signal
import subprocess
import sys
import time


def fine():
    return {"fine": True}


def throws():
    raise ValueError("the disk is not made of cheese")


def exits():
    sys.exit(3)


def crashes():
    os.kill(os.getpid(), signal.SIGSEGV)
    time.sleep(60)


def vanishes():
    os._exit(7)


def garbage():
    """Prints what could be taken for a result, and bytes that are no text."""
    print('{"status": "failed", "result": 42}')
    sys.stdout.flush()
    os.write(1, b"\x00\xff\xfe{]\n" * 50)
    os.write(2, b"\x00\xc3\x28\n")
    return {"garbage": "printed"}


def not_json():
    return object


def says_failed():
    return {"status": "failed", "message": "the incident could not be created"}


def nothing():
    return None


async def waits():
    return ["async", 1, None]


def family(marker, seconds=300):
    """Leaves children behind: one in its process group, one in a session of its own."""
    sleeper = [sys.executable, "-c", "import time; time.sleep(%d)" % seconds, marker]
    subprocess.Popen(sleeper)
    subprocess.Popen(sleeper, start_new_session=True)
    print("family started", flush=True)
    time.sleep(seconds)
