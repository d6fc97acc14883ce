"""calls.py PROGRAM - what a call of `make --jsonl` costs beyond the making of its letter: letters asked for one at a time, each waited for, against the same
all in one go, over pipes, by one worker. From the first answer to the last, so that what is made once is in neither. A section of docs/performance.md."""

import json
import os
import statistics
import subprocess
import sys
import threading
import time

PROGRAM, FOLDER, COUNT, ROUNDS = os.path.abspath(sys.argv[1]), "examples/plain", 1000, 7
REQUESTS = [json.dumps({"id": "p%d" % i, "name": "Anna %d" % i, "address": "Row %d\nTown" % i}).encode() + b"\n" for i in range(COUNT)]


def milliseconds(waits):
    process = subprocess.Popen([PROGRAM, "make", "--jsonl", "--no-sign", "-j", "1"], cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    if not waits:
        threading.Thread(target=lambda: (process.stdin.writelines(REQUESTS), process.stdin.flush()), daemon=True).start()
    begin = 0
    for number, request in enumerate(REQUESTS):
        if waits:
            process.stdin.write(request)
            process.stdin.flush()
        answer = process.stdout.readline()
        begin = begin or time.perf_counter()
        if b'"made":true' not in answer[:60]:
            sys.exit("request %d: %s" % (number, answer[:300]))
    spent = time.perf_counter() - begin
    process.stdin.close()
    process.wait()
    return spent * 1000 / (COUNT - 1)


pairs = [(milliseconds(True), milliseconds(False)) for _ in range(ROUNDS)]
print("\n### What a call costs\n\n%d letters of examples/plain by `make --jsonl`, one worker, over pipes, as base64, %d rounds.\n" % (COUNT, ROUNDS))
print("| | ms a letter | lowest | highest |\n|---|--:|--:|--:|")
for name, values in (("each asked for when the one before was there", [pair[0] for pair in pairs]), ("all asked for at once", [pair[1] for pair in pairs]),
                     ("what a call costs beyond that", [pair[0] - pair[1] for pair in pairs])):
    print("| %s | %.3f | %.3f | %.3f |" % (name, statistics.median(values), min(values), max(values)))
