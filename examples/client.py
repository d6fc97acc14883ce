"""Letters from another program: one process that lettermerge keeps, a line of JSON for each letter.

    with Letters("/srv/letters", "--no-sign") as letters:
        letter = letters.make({"id": "4711", "name": "Anna Berg", "place": "Ulm"})
        print(letter["pages"], len(letter["pdf"]))

Python 3.8 or later, nothing else. docs/calling.md says what a request and an answer are.
"""

import base64
import json
import socket
import subprocess


class Refused(Exception):
    """A letter that was not made; .findings says why, as the program does."""

    def __init__(self, findings):
        self.findings = findings
        super().__init__("; ".join(finding["message"] for finding in findings if finding["severity"] != "warning"))


class Ended(Exception):
    """Nobody answers any more."""


class Letters:
    """Asks for letters: of a process of its own, in the folder of a project, or at a socket."""

    def __init__(self, project=None, *options, program="lettermerge", at=None):
        self.process = self.connection = None
        if at:
            self.connection = socket.socket(socket.AF_UNIX)
            self.connection.connect(at)
            self.requests = self.connection.makefile("w", encoding="utf-8")
            self.answers = self.connection.makefile("r", encoding="utf-8")
        else:
            self.process = subprocess.Popen([program, "make", "--jsonl", *options], cwd=project, encoding="utf-8",
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.requests, self.answers = self.process.stdin, self.process.stdout
        self.findings = []  # of the template and all letters

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def ask(self, record):
        """A record as a dict, or the id of one in the source. Several may be asked for before the first is taken."""
        self.requests.write(json.dumps(record) + "\n")
        self.requests.flush()

    def take(self):
        """The answer to the first request that has none yet: its "pdf" as bytes, or with -o the "file"."""
        while True:
            line = self.answers.readline()
            if not line:
                raise Ended("; ".join(finding["message"] for finding in self.findings))
            answer = json.loads(line)
            if "number" in answer:
                break
            self.findings.append(answer["finding"])
        if not answer["made"]:
            raise Refused(answer["findings"])
        if "pdf" in answer:
            answer["pdf"] = base64.b64decode(answer["pdf"])
        return answer

    def make(self, record):
        self.ask(record)
        return self.take()

    def close(self):
        """Gives the exit code of the program, if it was started here."""
        try:
            self.requests.close()
        except BrokenPipeError:
            pass  # it has ended before
        self.answers.close()
        if self.connection:
            self.connection.close()
        return self.process.wait() if self.process else None
