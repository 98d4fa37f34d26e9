"""Writes down when each attempt starts and ends, so that a test proves from outside what really ran."""

import os
import time

import octopus

PLUGIN_VERSION = "1.0"


def _note(ledger, what):
    context = octopus.context
    words = [context.execution_id, context.attempt, what, context.client, os.getpid(), repr(time.monotonic()), repr(time.time())]
    line = " ".join(str(word) for word in words)
    descriptor = os.open(ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, (line + "\n").encode())
    finally:
        os.close(descriptor)


def main(ledger, seconds=0.0, answer=None):
    """Sleeps between two lines in the ledger."""
    _note(ledger, "start")
    time.sleep(seconds)
    _note(ledger, "end")
    context = octopus.context
    return {"answer": answer, "client": context.client, "attempt": context.attempt}


def fail_until(ledger, flag, only_on=None):
    """Fails as long as the file `flag` does not exist, on every client or on one."""
    _note(ledger, "start")
    if not os.path.exists(flag) and only_on in (None, octopus.context.client):
        raise RuntimeError("the flag is not there yet")
    _note(ledger, "end")
    return {"client": octopus.context.client, "attempt": octopus.context.attempt}
