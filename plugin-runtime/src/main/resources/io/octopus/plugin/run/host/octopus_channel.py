"""What goes to the worker: frames, and a plugin's output cut into frames.

A frame is one byte that says what it is, four bytes of length (big-endian), and the content:
R where the output's pipes are (JSON; once, before everything else), A that a request was taken on,
O and E output to stdout and stderr, L a log record (JSON), P progress (JSON), D how the action
ended (four bytes of length, a JSON header, then the result's JSON).
"""

import collections
import io
import json
import os
import select
import struct
import sys
import threading

# Kept under names of our own: plugins may replace what these modules hold.
_write = os.write
_read = os.read
_exit = os._exit
_dumps = json.JSONEncoder().encode
_decode = json.JSONDecoder().raw_decode

_LARGEST_PIECE = 32 * 1024
_length = struct.Struct(">I").pack

# The header of nearly every outcome, made once.
_USUAL = {"outcome": "completed", "message": None, "children": False, "doubts": []}
_USUAL_HEAD = _dumps(_USUAL).encode("ascii")

try:
    import ctypes

    _flush_c = None if os.name == "nt" else ctypes.CDLL(None).fflush
except Exception:  # an interpreter that was built without it
    _flush_c = None


class Channel:
    """The one way to the worker; whole frames only, from any thread."""

    def __init__(self, descriptor):
        self._descriptor = descriptor
        self._frames = collections.deque()
        self._held = b""
        self._writing = False
        self.lock = threading.RLock()

    @property
    def closed(self):
        return self._descriptor is None

    def send(self, kind, content):
        with self.lock:
            self._frames.append(self._held + _frame(kind, content))
            self._held = b""
            if self._writing:
                # A signal handler has interrupted a write in this very thread: the write that it
                # interrupted goes on afterwards and takes this frame along.
                return
            self._writing = True
            try:
                while self._frames:
                    frame = self._frames.popleft()
                    if self._descriptor is not None:
                        _write_all(self._descriptor, frame)
            finally:
                self._writing = False

    def hold(self, kind, content):
        """As send, but it may wait for the next frame and travel with it."""
        with self.lock:
            self._held += _frame(kind, content)

    def send_json(self, kind, value):
        self.send(kind, _text(_dumps(value)))

    def send_outcome(self, header, result):
        head = _USUAL_HEAD if header == _USUAL else _text(_dumps(header))
        self.send(b"D", _length(len(head)) + head + result)

    def close(self):
        self.lock = threading.RLock()
        self._writing = False
        self._held = b""
        self._frames.clear()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class Output:
    """Sends everything that is written to stdout and stderr, by whomever, in order.

    What Python writes becomes frames at once. What C code and child processes write to the file
    descriptors comes out of two pipes; those are emptied before each frame, so that the order
    stays.
    """

    def __init__(self, channel):
        self.channel = channel
        self._pipes = {}
        self._written = None if os.name == "nt" else select.poll()

    def take_over(self):
        for descriptor, kind in ((1, b"O"), (2, b"E")):
            end, start = os.pipe()
            os.dup2(start, descriptor)
            os.close(start)
            _enlarge(end)
            self._pipes[end] = kind
            if self._written is not None:
                self._written.register(end, select.POLLIN)
        # After a crash the worker takes from them what this process could not.
        self.channel.send_json(b"R", sorted(self._pipes))
        sys.stdout = sys.__stdout__ = self._stream(1, b"O")
        sys.stderr = sys.__stderr__ = self._stream(2, b"E")
        if os.name == "nt":
            for end in self._pipes:
                self._start(self._pump_one, (end,))
        else:
            for end in self._pipes:
                os.set_blocking(end, False)
            self._start(self._pump_all, ())
        os._exit = self._flush_and_exit

    def write(self, kind, data):
        with self.channel.lock:
            self.empty_pipes()
            for start in range(0, len(data), _LARGEST_PIECE):
                self.channel.send(kind, data[start : start + _LARGEST_PIECE])

    def log(self, level, text):
        with self.channel.lock:
            self.empty_pipes()
            self.channel.send_json(b"L", {"level": level, "text": text})

    def flush(self):
        """Sends all that was written so far, also what sits in the buffers of Python and C."""
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass  # a plugin's own stream: its business
        if _flush_c is not None:
            _flush_c(None)
        self.empty_pipes()

    def empty_pipes(self):
        if self._written is None:
            return
        with self.channel.lock:
            # A child that writes without end must not hold this thread for ever.
            for _ in range(64):
                ready = self._written.poll(0)
                if not ready:
                    return
                for end, _event in ready:
                    self._forward(end)

    def _forward(self, end):
        try:
            data = _read(end, _LARGEST_PIECE)
        except BlockingIOError:
            return
        if data:
            self.channel.send(self._pipes[end], data)

    def _pump_all(self):
        while True:
            select.select(list(self._pipes), [], [])
            self.empty_pipes()

    def _pump_one(self, end):
        while True:
            self._forward(end)

    def _start(self, target, arguments):
        threading.Thread(target=target, args=arguments, name="octopus-output", daemon=True).start()

    def _stream(self, descriptor, kind):
        raw = _Raw(self, descriptor, kind)
        return io.TextIOWrapper(
            raw, encoding="utf-8", errors="backslashreplace", newline="\n", write_through=True
        )

    def _flush_and_exit(self, status):
        if not self.channel.closed:
            self.flush()
        _exit(status)


class _Raw(io.RawIOBase):
    """sys.stdout.buffer: bytes become frames, or, in a forked child, go to the descriptor."""

    def __init__(self, output, descriptor, kind):
        self._output = output
        self._descriptor = descriptor
        self._kind = kind
        self.name = "<stdout>" if descriptor == 1 else "<stderr>"

    def writable(self):
        return True

    def fileno(self):
        return self._descriptor

    def write(self, data):
        data = bytes(data)
        if self._output.channel.closed:
            _write_all(self._descriptor, data)
        else:
            self._output.write(self._kind, data)
        return len(data)


def _frame(kind, content):
    return kind + _length(len(content)) + content


class Requests:
    """Takes requests from the worker: frames of a kind that is not looked at, with JSON."""

    def __init__(self, descriptor):
        self._descriptor = descriptor
        self._data = b""

    def next(self):
        """The next request, or None when the worker has closed its end."""
        if not self._fill(5):
            return None
        end = 5 + struct.unpack(">I", self._data[1:5])[0]
        if not self._fill(end):
            return None
        content, self._data = self._data[5:end], self._data[end:]
        return _decode(content.decode("utf-8"))[0]

    def _fill(self, length):
        pieces = [self._data]
        have = len(self._data)
        while have < length:
            try:
                piece = _read(self._descriptor, max(length - have, 8192))
            except OSError:
                return False
            if not piece:
                return False
            pieces.append(piece)
            have += len(piece)
        self._data = b"".join(pieces) if len(pieces) > 1 else self._data
        return True


def _enlarge(pipe):
    """Room for C code that writes while it keeps Python's threads, the reader too, from running."""
    try:
        import fcntl

        fcntl.fcntl(pipe, 1031, 1 << 20)  # F_SETPIPE_SZ
    except (ImportError, OSError):
        pass  # not Linux, or no more room for this user: the usual 64 KiB then


def _write_all(descriptor, data):
    view = memoryview(data)
    while view:
        view = view[_write(descriptor, view) :]


def _text(text):
    return text.encode("utf-8", "backslashreplace")
