"""served.py - a proof desk under test: the program in a folder, asked over HTTP as its own page asks."""

import http.client
import re
import subprocess
import time


class Desk:
    """One that is open; links: a token a person, by name, "" where all share one."""

    def __init__(self, program, folder, environment, *options):
        self.child = subprocess.Popen([program, "serve", "-q", *options], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
        persons = 0
        self.links = {}
        while len(self.links) < max(persons, 1):
            line = self.child.stdout.readline()
            name, self.port, token = re.fullmatch(r"(?:(.*): )?http://127.0.0.1:(\d+)/(\w+)/\n", line).groups()
            self.links[(name or "").strip('"')] = token
            persons = sum(option == "--person" for option in options)
        self.token = next(iter(self.links.values()))

    def over(self, name):
        """What is asked from here on is asked over the link of that person."""
        self.token = self.links[name]
        return self

    def ask(self, path, method="GET", token=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", int(self.port), timeout=120)
        heads = {"Origin": f"http://127.0.0.1:{self.port}"}
        if body is not None:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, f"/{token or self.token}/{path}", body=body, headers=heads)
        answer = connection.getresponse()
        try:
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def wait(self, words, path="letter/ann"):
        """The page, as soon as it has the words."""
        for _ in range(600):
            page = self.ask(path)[2].decode()
            if words in page:
                return page
            time.sleep(0.05)
        raise SystemExit(f"no {words} in {page}")

    def press(self, action, path="letter/ann"):
        """A button of a page: the status and the page that come of it."""
        page = self.wait(f'action="{action}', path)
        status, _, answer = self.ask(re.search(f'action="({action}[^"]*)"', page).group(1), "POST")
        return status, answer.decode()

    def end(self):
        self.child.terminate()
        self.child.wait(60)
        self.child.stdout.close()
