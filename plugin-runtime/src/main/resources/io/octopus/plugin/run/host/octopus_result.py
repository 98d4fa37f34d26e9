"""What an action returned: whether the work was done, and the value as JSON."""

import json
import math
import re

# What common JSON readers, the worker's among them, still take.
_LONGEST_NUMBER = 10**900
_LONG_NUMBER = re.compile(r"\d{900}")
_DEEPEST = 200

# A plugin may replace what the module holds.
_dumps = json.dumps
_dumps_strictly = json.JSONEncoder(allow_nan=False, ensure_ascii=False).encode

_DONE = ("success", "ok", "completed")
_NOT_DONE = ("failed", "error")


def judge(value, limit, output):
    """Returns (header, result): completed or failed, and the JSON to keep."""
    if value is None:
        return {"outcome": "completed", "message": None}, b"null"
    result = _encode(value, output)
    if len(result) > limit:
        header = _failed(
            "result_too_large",
            "ResultTooLarge",
            "The result has %d bytes of JSON; at most %d are kept" % (len(result), limit),
        )
        return header, b"null"
    problem = _reported_problem(value)
    if problem is not None:
        return _failed("bad_result", "ReportedFailure", problem), result
    message = value.get("message") if isinstance(value, dict) else None
    return {"outcome": "completed", "message": message if isinstance(message, str) else None}, result


def _reported_problem(value):
    """What the result itself says went wrong, or None when it says nothing of the kind."""
    if not isinstance(value, dict):
        return None
    status = value.get("status")
    word = status.strip().lower() if isinstance(status, str) else None
    if word in _DONE:
        return None
    code = _status_code(value.get("status_code"))
    if word not in _NOT_DONE and (code is None or 200 <= code <= 299):
        return None
    for name in ("message", "error"):
        words = value.get(name)
        if words:
            return words if isinstance(words, str) else _text(words)
    return "The action returned status %s" % (word if word in _NOT_DONE else "code %d" % code)


def _status_code(code):
    if isinstance(code, bool) or code is None:
        return None
    try:
        number = float(code)
    except (TypeError, ValueError, OverflowError):
        return None
    return int(number) if math.isfinite(number) else None


def _encode(value, output):
    """The value as JSON; what JSON does not have becomes its str(), with a warning."""
    try:
        text = _dumps_strictly(value)
        if _is_modest(value, text):
            return text.encode("utf-8", "replace")
    except (TypeError, ValueError, RecursionError, OverflowError):
        pass
    odd = []
    try:
        text = _dumps(_plain(value, "result", (), odd), ensure_ascii=False)
        what = ", ".join(odd[:5]) + (", …" if len(odd) > 5 else "")
    except Exception:
        # A cycle, or a structure too deep: no part of it can be kept as it is.
        text = _dumps(_text(value), ensure_ascii=False)
        what = "result (%s)" % type(value).__name__
    output.log("WARNING", "Not JSON, kept as text: " + what)
    return text.encode("utf-8", "replace")


def _is_modest(value, text):
    """False for numbers and depths that are JSON but that readers refuse; cheap when small."""
    if len(text) > 900 and _LONG_NUMBER.search(text):
        return False
    return text.count("[") + text.count("{") < _DEEPEST or not _is_deeper(value, _DEEPEST)


def _is_deeper(value, levels):
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        return False
    return levels == 0 or any(_is_deeper(item, levels - 1) for item in value)


def _plain(value, where, outer, odd):
    """A copy that is JSON all through; odd collects where something had to be changed."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if -_LONGEST_NUMBER < value < _LONGEST_NUMBER:
            return value
    elif isinstance(value, float):
        if math.isfinite(value):
            return value
    elif isinstance(value, (dict, list, tuple)):
        if len(outer) >= _DEEPEST or any(value is known for known in outer):
            raise RecursionError(where)
        inner = outer + (value,)
        if isinstance(value, dict):
            return {
                _key(key, where, odd): _plain(item, "%s.%s" % (where, key), inner, odd)
                for key, item in value.items()
            }
        return [_plain(item, "%s[%d]" % (where, i), inner, odd) for i, item in enumerate(value)]
    odd.append("%s (%s)" % (where, type(value).__name__))
    return _text(value)


def _key(key, where, odd):
    if key is None or isinstance(key, (str, bool, int)):
        return key
    if isinstance(key, float) and math.isfinite(key):
        return key
    odd.append("a key of %s (%s)" % (where, type(key).__name__))
    return _text(key)


def _text(value):
    try:
        return str(value)
    except Exception:
        return "<%s without a readable text>" % type(value).__name__


def _failed(reason, kind, message):
    return {
        "outcome": "failed",
        "reason": reason,
        "error": {"type": kind, "message": message[: 16 * 1024], "traceback": None},
    }
