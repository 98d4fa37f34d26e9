"""Speaks on every channel, then waits until it may go on."""

import logging
import os
import sys
import time

import octopus


def main(go_on):
    print("first line on stdout", flush=True)
    print("a line on stderr", file=sys.stderr, flush=True)
    logging.getLogger("chatty").warning("a warning by logging")
    octopus.progress(0.5, "half way")
    deadline = time.monotonic() + 60
    while not os.path.exists(go_on) and time.monotonic() < deadline:
        time.sleep(0.05)
    for number in range(100):
        print("line %d äöü" % number, flush=True)
    return "spoken"
