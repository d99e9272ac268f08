"""Puts together what was measured, on what, and with what, as JSON.

Usage: machine.py FOLDER JAVA POSTGRES SETTINGS SUBJECTS ROUNDS SECONDS RESULTS
"""
import json
import os
import platform
import re
import subprocess
import sys
import time


def first(pattern, file):
    try:
        with open(file) as lines:
            for line in lines:
                found = re.match(pattern, line)
                if found:
                    return found.group(1).strip()
    except OSError:
        pass
    return None


def syncs_a_second(folder, seconds=3):
    """4 KiB written and synced, one after the other, by one process."""
    name = os.path.join(folder, "synced")
    out = os.open(name, os.O_WRONLY | os.O_CREAT, 0o600)
    count, began = 0, time.monotonic()
    try:
        while time.monotonic() - began < seconds:
            os.pwrite(out, b"\0" * 4096, 4096 * count)
            os.fsync(out)
            count += 1
        return count / (time.monotonic() - began)
    finally:
        os.close(out)
        os.unlink(name)


def version(pattern, file="pom.xml"):
    found = re.search(pattern + r"</artifactId>\s*<version>([^<]+)", open(file).read())
    return found.group(1)


def commit():
    try:
        return subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


folder, java, postgres, settings, subjects, rounds, seconds, results = sys.argv[1:]
peers = "src/bench/pom.xml"
wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout.split()
json.dump(
    {
        "subjects": int(subjects),
        "rounds": int(rounds),
        "seconds": int(seconds),
        "date": time.strftime("%Y-%m-%d"),
        "commit": commit(),
        "machine": {
            "processor": first(r"model name\s*:\s*(.*)", "/proc/cpuinfo") or platform.processor(),
            "cores": os.cpu_count(),
            "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
            "system": platform.system() + " " + platform.release(),
            "syncs_a_second": round(syncs_a_second(folder)),
        },
        "versions": {
            "Java": java,
            "PostgreSQL": postgres.split()[2],
            "PostgreSQL JDBC driver": version("<artifactId>postgresql", peers),
            "HikariCP": version("HikariCP", peers),
            "Apache ShardingSphere-JDBC": version("shardingsphere-jdbc", peers),
            "Javalin": version("<artifactId>javalin"),
            "RocksDB": version("rocksdbjni"),
            "wrk": wrk[1].removeprefix("debian/") if len(wrk) > 1 else "unknown",
        },
        "postgres_settings": settings.split(),
        "results": [json.loads(line) for line in open(results)],
    },
    sys.stdout,
    indent=1,
)
