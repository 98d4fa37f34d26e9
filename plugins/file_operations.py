"""Looks at, writes and removes files on the client that runs it."""

import fnmatch
import hashlib
import os
import shutil

import octopus

PLUGIN_NAME = "File operations"
PLUGIN_VERSION = "1.0"

_LARGEST_TEXT = 1024 * 1024


def main(path: str = ".", pattern: str = "*", limit: int = 1000):
    """Lists the files in a folder."""
    names = sorted(name for name in os.listdir(path) if fnmatch.fnmatch(name, pattern))
    return {
        "status": "success",
        "message": "%d entries in %s" % (len(names), os.path.abspath(path)),
        "entries": [_entry(os.path.join(path, name)) for name in names[:limit]],
        "truncated": len(names) > limit,
    }


def read(path: str, encoding: str = "utf-8"):
    """The text of a file of up to 1 MiB."""
    size = os.path.getsize(path)
    if size > _LARGEST_TEXT:
        return {"status": "failed", "message": "%s has %d bytes; 1 MiB is the limit" % (path, size)}
    with open(path, encoding=encoding) as file:
        return {"status": "success", "path": os.path.abspath(path), "text": file.read()}


def write(path: str, text: str, append: bool = False):
    """Writes or extends a text file; missing folders are made."""
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "a" if append else "w", encoding="utf-8") as file:
        file.write(text)
    octopus.log.info("Wrote %d characters to %s", len(text), path)
    return dict(_entry(path), status="success", message="Wrote " + os.path.abspath(path))


def checksum(path: str, algorithm: str = "sha256"):
    """The hash of a file's content."""
    digest = hashlib.new(algorithm)
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return {"status": "success", "path": os.path.abspath(path), algorithm: digest.hexdigest()}


def copy(source: str, target: str):
    """Copies a file."""
    return dict(_entry(shutil.copy2(source, target)), status="success")


def delete(path: str):
    """Removes one file; a folder is refused."""
    if not os.path.lexists(path):
        return {"status": "success", "message": "%s was not there" % path, "deleted": False}
    if os.path.isdir(path) and not os.path.islink(path):
        return {"status": "failed", "message": "%s is a folder" % path}
    os.remove(path)
    return {"status": "success", "message": "Removed %s" % path, "deleted": True}


def _entry(path):
    status = os.lstat(path)
    return {
        "path": os.path.abspath(path),
        "name": os.path.basename(path),
        "folder": os.path.isdir(path),
        "size": status.st_size,
        "modified": status.st_mtime,
    }
