"""Runs a command; writes what it took as JSON to a file: wall clock, processor time, peak memory.

Usage: timed.py FILE COMMAND...; ends as the command ends.
"""
import json
import resource
import subprocess
import sys
import time

began = time.monotonic()
status = subprocess.run(sys.argv[2:]).returncode
seconds = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
# Kilobytes, but bytes on macOS.
peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
with open(sys.argv[1], "w") as out:
    json.dump({"seconds": round(seconds, 3), "cpu_seconds": round(used.ru_utime + used.ru_stime, 2), "peak_bytes": peak}, out)
sys.exit(status)
