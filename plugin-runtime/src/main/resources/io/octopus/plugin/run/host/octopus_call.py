"""One call of one action: load the plugin, call the function, say how it ended."""

import functools
import importlib.util
import inspect
import json
import keyword
import logging
import os
import re
import sys
import traceback
import types

import octopus
import octopus_result

_HERE = os.path.dirname(os.path.abspath(__file__))
_LONGEST_MESSAGE = 16 * 1024
_LONGEST_TRACEBACK = 128 * 1024


# The plugin's module, under what identifies its content, and the actions that were called.
_loaded = {}
_actions = {}


class Refused(Exception):
    """The call cannot be made; the first argument is the reason's code."""


def run(request, output):
    """Runs a request and returns (header, result): what to tell the worker."""
    octopus.context.refresh(request["environment"])
    _listen_to_logging(output)
    path = request["file"]
    try:
        answer = _call(request, path)
        header, result = octopus_result.judge(answer, request["max_result_bytes"], output)
    except Refused as refused:
        header, result = _failed(refused.args[0], refused.args[0], refused.args[1]), b"null"
    except SystemExit as leaving:
        header, result = _exited(leaving), b"null"
    except BaseException as problem:
        header, result = _raised(problem, path), b"null"
    return header, result


def _call(request, path):
    args, kwargs = _arguments(request)
    sys.argv = [path]
    action, signature = _action(_load(path, request["plugin"]), request["action"])
    if signature is None:
        answer = action(*args, **kwargs)
    elif _binds_itself(action):
        try:
            answer = action(*args, **kwargs)
        except TypeError as problem:
            if problem.__traceback__.tb_next is None:  # no frame of the action: it did not begin
                _bind(request["action"], signature, args, kwargs)
            raise
    else:
        _bind(request["action"], signature, args, kwargs)
        answer = action(*args, **kwargs)
    if answer is not None and inspect.isawaitable(answer):
        import asyncio

        answer = asyncio.run(_finish(answer))
    return answer


def _binds_itself(action):
    """Whether Python itself refuses arguments that do not fit the signature that is shown."""
    return type(action) is types.FunctionType and not vars(action)


def _bind(name, signature, args, kwargs):
    try:
        signature.bind(*args, **kwargs)
    except TypeError as problem:
        raise Refused("bad_arguments", "%s%s: %s" % (name, signature, problem)) from None


async def _finish(awaitable):
    return await awaitable


def _arguments(request):
    try:
        args = json.loads(request["args"])
        kwargs = json.loads(request["kwargs"])
    except ValueError as problem:
        raise Refused("bad_arguments", "The arguments are not JSON: %s" % problem) from None
    if not isinstance(args, list):
        raise Refused("bad_arguments", "args must be a JSON array")
    if not isinstance(kwargs, dict):
        raise Refused("bad_arguments", "kwargs must be a JSON object")
    return args, kwargs


def _load(path, plugin):
    """The file as a module: loaded once, and again when the file is another one."""
    status = os.stat(path)
    version = (path, status.st_mtime_ns, status.st_size)
    if version in _loaded:
        return _loaded[version]
    name = _module_name(plugin)
    folder = os.path.dirname(path)
    if folder not in sys.path:
        # Last, so that a plugin called like a library hides it from nobody. It is there for the
        # children of multiprocessing, which import the plugin by its name.
        sys.path.append(folder)
    specification = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    try:
        specification.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    _loaded.clear()
    _actions.clear()
    _loaded[version] = module
    return module


def _action(module, name):
    """The function and its signature, remembered until the module has another one of that name."""
    action, signature = _actions.get((module, name), (None, None))
    if action is None or vars(module).get(action.__name__) is not action:
        action = _find(module, name)
        try:
            signature = inspect.signature(action)
        except (TypeError, ValueError):
            signature = None
        if isinstance(action, types.FunctionType):
            _actions[module, name] = action, signature
    return action, signature


def _module_name(plugin):
    name = re.sub(r"\W", "_", plugin)
    if name[0].isdigit() or keyword.iskeyword(name):
        name = "_" + name
    known = next(iter(_loaded.values()), None)
    if known is not None and known.__name__.endswith(name):
        return known.__name__
    try:
        taken = name in sys.modules or importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        taken = True
    return "octopus_plugin_" + name if taken else name


def _find(module, wanted):
    actions = {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_") and _is_defined_in(module, value)
    }
    if wanted == "main" and "main" not in actions:
        wanted = "run"
    if wanted in actions:
        return actions[wanted]
    if actions:
        known = "it has: " + ", ".join(sorted(actions))
    else:
        known = "it has none (an action is a function without a leading underscore)"
    shown = "main (nor run)" if wanted == "run" else wanted
    raise Refused("action_missing", "The plugin has no action %s; %s" % (shown, known))


def _is_defined_in(module, value):
    # A decorator such as lru_cache makes something that is no function, but wraps one.
    function = inspect.unwrap(value) if hasattr(value, "__wrapped__") else value
    if not isinstance(function, types.FunctionType):
        return False
    return getattr(value, "__module__", None) == module.__name__


def _exited(leaving):
    code = leaving.code
    if code is None:
        code = 0
    elif not isinstance(code, int):
        print(code, file=sys.stderr)
        code = 1
    header = _failed("exit_code", "SystemExit", "The plugin called sys.exit(%d)" % code)
    header["exit_code"] = int(code)
    return header


def _raised(problem, path):
    kind = type(problem)
    name = kind.__qualname__
    home = sys.modules.get(kind.__module__)  # not there when the plugin did not load
    if kind.__module__ != "builtins" and getattr(home, "__file__", None) != path:
        name = kind.__module__ + "." + name
    try:
        message = str(problem)
    except Exception:
        message = "(an exception without a readable message)"
    return _failed("exception", name, message, _traceback(problem, path))


def _traceback(problem, path):
    """The traceback as Python prints it, from the plugin's first frame on."""
    frame = problem.__traceback__
    while frame is not None and _is_ours(frame.tb_frame.f_code.co_filename):
        frame = frame.tb_next
    try:
        lines = traceback.format_exception(type(problem), problem, frame)
    except Exception:
        return None
    text = "".join(lines)
    # The plugin's file lies in a cache under a long name that says nothing to its author.
    return text.replace(os.path.dirname(path) + os.sep, "")[-_LONGEST_TRACEBACK:]


@functools.lru_cache(maxsize=None)
def _is_ours(filename):
    if filename.startswith("<frozen importlib"):
        return True
    folder = os.path.dirname(os.path.abspath(filename))
    return folder == _HERE or os.path.basename(folder) in ("importlib", "asyncio")


def _failed(reason, kind, message, trace=None):
    return {
        "outcome": "failed",
        "reason": reason,
        "error": {"type": kind, "message": message[:_LONGEST_MESSAGE], "traceback": trace},
    }


class _ToOutput(logging.Handler):
    """Sends log records on, with their level."""

    def __init__(self, output):
        logging.Handler.__init__(self)
        self._output = output
        self.setFormatter(logging.Formatter("%(message)s"))

    def emit(self, record):
        try:
            text = self.format(record)
            if record.name not in ("root", "octopus"):
                text = record.name + ": " + text
            if self._output.channel.closed:
                print(record.levelname, text, file=sys.stderr)
            else:
                self._output.log(record.levelname, text)
        except Exception:
            self.handleError(record)


def _listen_to_logging(output):
    root = logging.getLogger()
    if len(root.handlers) != 1 or not isinstance(root.handlers[0], _ToOutput):
        for handler in list(root.handlers):
            root.removeHandler(handler)
        root.addHandler(_ToOutput(output))
    if root.level != logging.INFO:
        root.setLevel(logging.INFO)
    if octopus.log.level != logging.DEBUG:
        octopus.log.setLevel(logging.DEBUG)
    octopus.log.disabled = False
    root.manager.disable = 0
    if not hasattr(logging.basicConfig, "octopus"):
        logging.basicConfig = _basic_config(logging.basicConfig)


def _basic_config(original):
    """basicConfig does nothing once there is a handler, ours; a plugin still means its level."""

    @functools.wraps(original)
    def configure(**options):
        if options.get("level") is not None and not options.keys() & {
            "filename",
            "handlers",
            "stream",
            "force",
        }:
            logging.getLogger().setLevel(options["level"])
        return original(**options)

    configure.octopus = True
    return configure
