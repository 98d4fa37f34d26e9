"""Says hello: the smallest plugin worth having."""

import octopus

PLUGIN_NAME = "Hello"
PLUGIN_VERSION = "1.0"


def main(name="world"):
    """Greets somebody, and says which client does."""
    print("Hello, %s!" % name)
    return {"status": "success", "message": "Hello, %s!" % name, "client": octopus.context.client}
