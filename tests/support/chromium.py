"""How the system's Chromium is started: for files and loopback alone."""

from __future__ import annotations

# Nothing outside this machine is found by name, so that no test depends on another site or tells it
# anything; a container's root has no sandbox of its own.
ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
