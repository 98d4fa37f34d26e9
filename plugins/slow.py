"""Takes its time and says how far it is: for trying out progress, time limits and cancelling."""

import time

import octopus

PLUGIN_NAME = "Slow"
PLUGIN_VERSION = "1.0"


def main(seconds: float = 10, steps: int = 10):
    """Sleeps for some seconds, in steps, and reports progress after each."""
    seconds = max(0.0, float(seconds))
    steps = max(1, int(steps))
    started = time.monotonic()
    for step in range(1, steps + 1):
        # To the step's own end, so that the steps' small delays do not add up.
        time.sleep(max(0.0, started + seconds * step / steps - time.monotonic()))
        octopus.progress(step / steps, "step %d of %d" % (step, steps))
        print("step %d of %d" % (step, steps))
    return {
        "status": "success",
        "message": "Slept for %g s" % seconds,
        "seconds": round(time.monotonic() - started, 3),
        "steps": steps,
    }
