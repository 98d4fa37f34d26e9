"""Returns, prints and leaves much."""

import os
import sys


def result(size):
    """JSON of exactly so many bytes, with its quotes."""
    return "x" * (size - 2)


def print_much(megabytes):
    """Numbered lines of 100 bytes on stdout; returns how many."""
    lines = megabytes * 10000
    write = sys.stdout.write
    for number in range(0, lines, 100):
        write("".join("%08d %s\n" % (n, "." * 90) for n in range(number, number + 100)))
    return lines


def files(large):
    """Files in output/, one of them so large, two that only Linux can name."""
    os.makedirs("output/reports/2026", exist_ok=True)
    with open("output/hello.txt", "w", encoding="utf-8") as out:
        out.write("hello\n")
    with open("output/reports/2026/süm mary.bin", "wb") as out:
        out.write(bytes(range(256)) * 4096)
    open("output/empty", "w").close()
    if large:
        with open("output/too-large", "wb") as out:
            out.truncate(large)
    return "done"
