"""Opens an incident: the plugin of the quick start.

It stands for a call to a ticket system. The incident's id is made from the execution's id, so a
repeated attempt opens the same incident again instead of a second one.
"""

import hashlib
from datetime import datetime, timezone

import octopus

PLUGIN_NAME = "Create incident"
PLUGIN_VERSION = "1.0"
PLUGIN_DESCRIPTION = "Opens an incident with a severity and a title"

SEVERITIES = {"P1": "critical", "P2": "high", "P3": "medium", "P4": "low"}


def main(severity: str, title: str, description: str = "", assignee: str = "on-call"):
    """Opens an incident of severity P1 to P4."""
    severity = str(severity).upper()
    if severity not in SEVERITIES:
        return {
            "status": "failed",
            "message": "Unknown severity %r: use one of %s" % (severity, ", ".join(SEVERITIES)),
        }
    title = str(title).strip()
    if not title:
        return {"status": "failed", "message": "An incident needs a title"}
    incident = {
        "id": _incident_id(octopus.context.execution_id or title),
        "severity": severity,
        "priority": SEVERITIES[severity],
        "title": title,
        "description": description,
        "assignee": assignee,
        "created_at": datetime.now(timezone.utc).isoformat(),
    }
    octopus.log.info("Opened %s: %s", incident["id"], title)
    return {
        "status": "success",
        "message": "Incident %s opened" % incident["id"],
        "incident_id": incident["id"],
        "severity": severity,
        "title": title,
        "incident": incident,
    }


def _incident_id(seed):
    return "INC-" + hashlib.sha256(seed.encode("utf-8")).hexdigest()[:8].upper()
