"""The pipe that requests come in on; its end is the end of the worker.

Somebody has to notice that end while an action runs, too. On Linux a thread sleeps until the pipe is
hung up and costs nothing meanwhile; elsewhere a thread reads all requests and hands them over.
"""

import queue
import select
import sys
import threading
import time

import octopus_channel
import octopus_processes


def of(requests):
    return _HangUp(requests) if sys.platform.startswith("linux") else _Reader(requests)


class _HangUp:
    def __init__(self, requests):
        self._descriptor = requests
        self._requests = octopus_channel.Requests(requests)
        self._busy = False
        _start(self._watch)

    def next_request(self):
        request = self._requests.next()
        self._busy = request is not None
        return request

    def rest(self):
        self._busy = False

    def _watch(self):
        end = select.poll()
        end.register(self._descriptor, 0)
        end.poll()
        while not self._busy:
            # The main thread is about to see the same, or to take on a last request.
            time.sleep(0.02)
        octopus_processes.end_everything()


class _Reader:
    def __init__(self, requests):
        self._requests = octopus_channel.Requests(requests)
        self._waiting = queue.Queue()
        self._busy = threading.Event()
        _start(self._watch)

    def next_request(self):
        return self._waiting.get()

    def rest(self):
        self._busy.clear()

    def _watch(self):
        while True:
            request = self._requests.next()
            if request is None:
                if self._busy.is_set():
                    octopus_processes.end_everything()
                self._waiting.put(None)
                return
            self._busy.set()
            self._waiting.put(request)


def _start(watch):
    threading.Thread(target=watch, name="octopus-watch", daemon=True).start()
