"""What a plugin may import: who it runs for, its log, and how far it is.

    import octopus

    octopus.log.info("working for task %s", octopus.context.task_id)
    octopus.progress(0.5, "half way")
"""

import logging
import math
import os

__all__ = ["context", "log", "progress"]


class Context:
    """The execution that this code runs for. The same values are in the environment."""

    def __init__(self):
        self.refresh(os.environ)

    def refresh(self, environment):
        self.task_id = environment.get("OCTOPUS_TASK_ID", "")
        self.execution_id = environment.get("OCTOPUS_EXECUTION_ID", "")
        self.run_id = environment.get("OCTOPUS_RUN_ID", "")
        self.attempt = int(environment.get("OCTOPUS_ATTEMPT", "1"))
        self.fire_time = environment.get("OCTOPUS_FIRE_TIME", "")
        self.client = environment.get("OCTOPUS_CLIENT", "")

    def __repr__(self):
        return "Context(%s)" % ", ".join("%s=%r" % item for item in sorted(vars(self).items()))


context = Context()
log = logging.getLogger("octopus")
_channel = None


def progress(fraction, message=""):
    """Says how far the work is: a fraction from 0 to 1, and a few words."""
    fraction = float(fraction)
    if not math.isfinite(fraction):
        raise ValueError("fraction must be a number from 0 to 1, not %r" % fraction)
    value = {"fraction": min(1.0, max(0.0, fraction)), "message": str(message)}
    if _channel is not None:
        _channel.send_json(b"P", value)


def connect(channel):
    """For the host process: where progress goes."""
    global _channel
    _channel = channel
