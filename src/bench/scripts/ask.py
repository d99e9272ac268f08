"""Asks a server for one resident, who must be there.

Usage: ask.py ADDRESS ID                  asks; fails unless it is answered with a match
       ask.py --start ID COMMAND...       starts a server that prints its address as JSON, asks, ends
                                          it; prints the seconds from start to answer as JSON

The token is in STRONGROOM_TOKEN. Certificates are not checked: everything is on this machine.
"""
import http.client
import json
import os
import ssl
import subprocess
import sys
import time


def ask(address, resident):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    connection = http.client.HTTPSConnection(address.removeprefix("https://"), context=context, timeout=60)
    body = json.dumps({"where": {"resident_id": resident}, "purpose": "identity-check"})
    head = {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ.get("STRONGROOM_TOKEN", "")}
    connection.request("POST", "/v1/collections/residents/find", body, head)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200 or not json.loads(text)["matches"]:
        sys.exit("bench: %s does not answer: status %d" % (address, answer.status))


if sys.argv[1] == "--start":
    # The server is not told who will ask.
    environment = {k: v for k, v in os.environ.items() if k != "STRONGROOM_TOKEN"}
    began = time.monotonic()
    server = subprocess.Popen(sys.argv[3:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
    try:
        line = server.stdout.readline()
        if not line:
            sys.exit("bench: the server did not start")
        ask(json.loads(line)["address"], sys.argv[2])
        print(json.dumps({"seconds": round(time.monotonic() - began, 3)}))
    finally:
        server.terminate()
        server.wait()
else:
    ask(sys.argv[1], sys.argv[2])
