"""The Python side of Octopus: a process that runs actions of plugins, one after another.

It is started by the worker and talks with it over the pipes it is born with: requests come in on
stdin, answers go out on stdout. Both are moved out of a plugin's reach before any of its code
runs, so a plugin may print what it likes. When the worker dies, stdin ends; then this process kills
everything it started and itself. Works with Python 3.7 and later, on Windows too.
"""

import atexit
import faulthandler
import os
import sys

import octopus
import octopus_call
import octopus_channel
import octopus_lifeline
import octopus_place
import octopus_processes
import octopus_taken


def main():
    requests = os.dup(0)
    answers = os.dup(1)
    # Where a crash of the interpreter may still write to: nothing of ours runs any more then.
    faulthandler.enable(file=os.dup(2), all_threads=False)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.close(nothing)
    if os.name == "nt":
        import msvcrt

        msvcrt.setmode(requests, os.O_BINARY)
        msvcrt.setmode(answers, os.O_BINARY)
    octopus_processes.stand_alone()
    channel = octopus_channel.Channel(answers)
    output = octopus_channel.Output(channel)
    output.take_over()
    octopus.connect(channel)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: _forget(channel, requests))
    lifeline = octopus_lifeline.of(requests)
    place = octopus_place.Place()
    taken = octopus_taken.Taken(sys.argv[1] if len(sys.argv) > 1 else None)
    while True:
        request = lifeline.next_request()
        if request is None:
            break
        taken.add_one(channel)
        place.enter(request)
        header, result = octopus_call.run(request, output)
        threads = place.threads_left()
        if threads:
            words = "The action ended but left threads running: "
            output.log("WARNING", words + ", ".join(threads))
        output.flush()
        header["children"] = octopus_processes.has_children()
        header["doubts"] = place.leave(threads)
        lifeline.rest()
        channel.send_outcome(header, result)
    atexit._run_exitfuncs()
    os._exit(0)


def _forget(channel, requests):
    """In a child that a plugin forked: the pipes to the worker belong to the parent alone."""
    channel.close()
    os.close(requests)


# multiprocessing's "spawn" imports this file again in its children: nothing may happen then.
if __name__ == "__main__":
    main()
