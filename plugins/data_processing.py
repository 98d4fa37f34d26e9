"""Works on lists of numbers and of records, to show results with structure."""

import collections
import csv
import io
import statistics

import octopus

PLUGIN_NAME = "Data processing"
PLUGIN_VERSION = "1.0"


def main(values: list):
    """Summarises a list of numbers."""
    numbers = [_number(value) for value in values]
    if not numbers:
        return {"status": "failed", "message": "There are no values to summarise"}
    return {
        "status": "success",
        "message": "%d values" % len(numbers),
        "count": len(numbers),
        "sum": sum(numbers),
        "min": min(numbers),
        "max": max(numbers),
        "mean": statistics.mean(numbers),
        "median": statistics.median(numbers),
        "stdev": statistics.stdev(numbers) if len(numbers) > 1 else 0,
    }


def group(records: list, by: str, field: str = None):
    """Counts records by the value of a field, and adds up another field."""
    groups = collections.OrderedDict()
    for done, record in enumerate(records, 1):
        entry = groups.setdefault(str(record.get(by)), {"count": 0, "sum": 0})
        entry["count"] += 1
        if field is not None:
            entry["sum"] += _number(record.get(field, 0))
        if done % 1000 == 0:
            octopus.progress(done / len(records), "%d records" % done)
    return {"status": "success", "message": "%d groups" % len(groups), "groups": groups}


def parse_csv(text: str, delimiter: str = ","):
    """Turns CSV with a header line into a list of records."""
    return [dict(row) for row in csv.DictReader(io.StringIO(text), delimiter=delimiter)]


def _number(value):
    number = float(value)
    return int(number) if number.is_integer() else number
