"""Reads what Python plugins say about themselves, without running any of their code.

A JSON array of base64 texts comes in on stdin, a JSON array of descriptions goes out on stdout.
"""

import ast
import base64
import json
import sys

_CONSTANTS = ("PLUGIN_NAME", "PLUGIN_VERSION", "PLUGIN_DESCRIPTION")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def describe(content):
    try:
        # Compiled, not only parsed: some errors (a return outside a function) show only then.
        tree = ast.parse(content)
        compile(content, "plugin", "exec", dont_inherit=True)
    except SyntaxError as problem:
        return {"problem": {"line": problem.lineno or 0, "message": problem.msg}}
    except (ValueError, RecursionError, MemoryError) as problem:
        return {"problem": {"line": 0, "message": str(problem) or type(problem).__name__}}
    constants = {}
    actions = {}
    for statement in _top_level(tree.body):
        if isinstance(statement, _FUNCTIONS):
            actions[statement.name] = _action(statement, content)
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            _take_assignment(statement, constants, actions, content)
    return {
        "title": constants.get("PLUGIN_NAME"),
        "version": constants.get("PLUGIN_VERSION"),
        "description": constants.get("PLUGIN_DESCRIPTION") or ast.get_docstring(tree) or "",
        "actions": [action for name, action in actions.items() if not name.startswith("_")],
    }


def _top_level(statements):
    """The module's statements, those inside if, try and with included, in order."""
    for statement in statements:
        yield statement
        if isinstance(statement, (ast.If, ast.Try, ast.With)):
            for name in ("body", "handlers", "orelse", "finalbody"):
                for inner in getattr(statement, name, []):
                    if isinstance(inner, ast.ExceptHandler):
                        for one in _top_level(inner.body):
                            yield one
                    else:
                        for one in _top_level([inner]):
                            yield one


def _take_assignment(statement, constants, actions, content):
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    value = statement.value
    for name in names:
        if name in _CONSTANTS:
            literal = _literal(value)
            if isinstance(literal, (str, int, float)) and not isinstance(literal, bool):
                constants[name] = str(literal)
        elif isinstance(value, ast.Lambda):
            actions[name] = _callable(name, "", value.args, content)
        elif isinstance(value, ast.Name) and value.id in actions:
            actions[name] = dict(actions[value.id], name=name)


def _action(function, content):
    return _callable(function.name, ast.get_docstring(function) or "", function.args, content)


def _callable(name, description, arguments, content):
    parameters = []
    positional = getattr(arguments, "posonlyargs", []) + arguments.args
    defaults = [None] * (len(positional) - len(arguments.defaults)) + arguments.defaults
    for argument, default in zip(positional, defaults):
        required = default is None
        parameters.append(_parameter("", argument, default, required, "positional", content))
    if arguments.vararg:
        parameters.append(_parameter("*", arguments.vararg, None, False, "positional", content))
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        required = default is None
        parameters.append(_parameter("", argument, default, required, "keyword", content))
    if arguments.kwarg:
        parameters.append(_parameter("**", arguments.kwarg, None, False, "keyword", content))
    return {"name": name, "description": description, "parameters": parameters}


def _parameter(stars, argument, default, required, kind, content):
    return {
        "name": stars + argument.arg,
        "type": None if argument.annotation is None else _source(argument.annotation, content),
        "default": None if default is None else _default(default),
        "required": required,
        "kind": kind,
    }


def _default(expression):
    """A literal default as JSON text; None for one that only running the file would tell."""
    try:
        return json.dumps(ast.literal_eval(expression), allow_nan=False)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def _literal(expression):
    try:
        return ast.literal_eval(expression)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def _source(expression, content):
    if hasattr(ast, "unparse"):
        return ast.unparse(expression)
    if hasattr(ast, "get_source_segment"):
        return ast.get_source_segment(content.decode("utf-8", "replace"), expression)
    if isinstance(expression, ast.Name):
        return expression.id
    if isinstance(expression, ast.Attribute):
        inner = _source(expression.value, content)
        return None if inner is None else inner + "." + expression.attr
    return None


def main():
    contents = json.loads(sys.stdin.read())
    answers = [describe(base64.b64decode(content)) for content in contents]
    sys.stdout.write(json.dumps(answers))


main()
