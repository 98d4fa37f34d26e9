"""How many requests this process has taken on, for a worker that has seen it die.

The number stands in a file that is mapped into memory: it is there however the process ended, and it
costs less than a frame of its own would.
"""

import mmap
import struct

_COUNT = struct.Struct(">Q")


class Taken:
    def __init__(self, path):
        self._count = 0
        self._file = None
        try:
            with open(path, "r+b") as file:
                self._file = mmap.mmap(file.fileno(), _COUNT.size)
        except (OSError, TypeError, ValueError):
            pass  # then a frame says it each time

    def add_one(self, channel):
        self._count += 1
        if self._file is None:
            channel.send(b"A", b"")
        else:
            _COUNT.pack_into(self._file, 0, self._count)
            channel.hold(b"A", b"")
