"""services.py FOLDER PORT - a time-stamp authority, an OCSP responder and lists of revoked
certificates on loopback, over the keys that pki.sh made. Port 0 takes a free one; once it listens
the port is printed, and the service ends when its stdin does.

Paths: /tsa, /short (its certificate ends within 30 days), /keyid (its tokens name their signer by
the identifier of its key), /chain (they name the authority above as well), /ocsp, /ca.crl,
/root.crl and, for servers that misbehave: /slow (never answers),
/nonsense, /limited (two answers, then 429 with Retry-After), /busy (every other answer is
429, to come back in a second), /down (503). /count says how many
requests each path has had. The cryptography is the program openssl's.
"""

import http.server
import os
import subprocess
import sys
import tempfile
import threading

FOLDER = os.path.abspath(sys.argv[1])
counts = {}
lock = threading.Lock()
over = threading.Event()
STAMP = [("Content-Type", "application/timestamp-reply")]


def openssl(arguments, question):
    """Runs openssl with the question in a file, gives the bytes of its answer."""
    with tempfile.TemporaryDirectory() as scratch:
        asked = os.path.join(scratch, "question")
        answered = os.path.join(scratch, "answer")
        with open(asked, "wb") as out:
            out.write(question)
        command = [word.format(question=asked, answer=answered) for word in arguments]
        with lock:  # openssl's serial file is one
            subprocess.run(
                ["openssl"] + command, cwd=FOLDER, check=True, capture_output=True
            )
        with open(answered, "rb") as answer:
            return answer.read()


def time_stamp(question, section="tsa_config", form=""):
    return openssl(
        f"ts -reply -config pki.cnf -section {section} {form}".split()
        + "-queryfile {question} -out {answer}".split(),
        question,
    )


def sequence(contents):
    """DER: a SEQUENCE of 128 to 65535 bytes."""
    size = len(contents)
    return bytes([0x30, 0x82, size >> 8, size & 255]) + contents


def time_stamp_by_key(question):
    """What openssl ts says, signed once more: it cannot name a signer by its key itself."""
    token = time_stamp(question, form="-token_out")
    info = openssl(
        "cms -verify -noverify -binary -inform DER -in {question} -out {answer}".split(), token
    )
    token = openssl(
        "cms -sign -keyid -cades -nodetach -binary -nosmimecap -econtent_type"
        " 1.2.840.113549.1.9.16.1.4 -md sha256 -signer tsa.pem -inkey tsa.key -certfile ca.pem"
        " -outform DER -in {question} -out {answer}".split(),
        info,
    )
    granted = bytes([0x30, 3, 2, 1, 0])
    return sequence(granted + token)


def standing(question):
    return openssl(
        "ocsp -index index.txt -CA ca.pem -rsigner ocsp.pem -rkey ocsp.key -ndays 30"
        " -reqin {question} -respout {answer}".split(),
        question,
    )


class Services(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def count(self):
        with lock:
            counts[self.path] = counts.get(self.path, 0) + 1
            return counts[self.path]

    def do_GET(self):
        if self.path == "/count":
            text = "".join(f"{path} {number}\n" for path, number in sorted(counts.items()))
            return self.answer(200, text.encode())
        self.count()
        if self.path in ("/ca.crl", "/root.crl"):
            with open(FOLDER + self.path, "rb") as file:
                return self.answer(200, file.read())
        return self.answer(404)

    def do_POST(self):
        question = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        number = self.count()
        if self.path == "/busy" and number % 2 == 0:
            return self.answer(429, headers=[("Retry-After", "1")])
        if self.path in ("/tsa", "/busy") or (self.path == "/limited" and number <= 2):
            return self.answer(200, time_stamp(question), STAMP)
        if self.path == "/short":
            return self.answer(200, time_stamp(question, "short_config"), STAMP)
        if self.path == "/chain":
            return self.answer(200, time_stamp(question, "chain_config"), STAMP)
        if self.path == "/keyid":
            return self.answer(200, time_stamp_by_key(question), STAMP)
        if self.path == "/limited":
            return self.answer(429, headers=[("Retry-After", "1200")])
        if self.path == "/ocsp":
            return self.answer(200, standing(question))
        if self.path == "/nonsense":
            return self.answer(200, b"<html>It works!</html>")
        if self.path == "/slow":
            over.wait()
            return None
        return self.answer(503)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


server = Server(("127.0.0.1", int(sys.argv[2])), Services)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
over.set()
server.shutdown()
