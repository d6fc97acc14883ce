"""make.py PROGRAM ROOT COUNT - another program asks for letters: as many as COUNT, of records of its own and of a source, over pipes and sockets.

Asks by examples/client.py. The bytes are held against those that batch writes, the answers against docs/schemas/make.json by another program's validator.
"""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM, ROOT, COUNT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), int(sys.argv[3])
sys.dont_write_bytecode = True  # no folder of its own beside the examples
sys.path[:0] = [os.path.join(ROOT, "examples"), os.path.join(ROOT, "tests", "support")]
from client import Ended, Letters, Refused  # noqa: E402
from tap import check, finish  # noqa: E402

TEMPLATE = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13" style="style.xml">
<title>A letter</title>
<fields><declare name="name"/><declare name="place"/><declare name="x" required="no"/></fields>
<date/>
<address><line><field name="name"/></line><line><field name="place"/></line></address>
<salutation>Dear <field name="name"/></salutation>
<p>You live in <field name="place"/>, we hear.</p>%s
<closing>Yours</closing>
</letter>
"""
LONG = "<p>" + "It rained for a while, and the letter was written all the same. " * 40 + "</p>"
answers_seen = []


def project(body=""):
    folder = tempfile.mkdtemp(prefix="lettermerge-make-", dir="/tmp")
    os.mkdir(os.path.join(folder, "templates"))
    with open(os.path.join(folder, "templates", "letter.xml"), "w") as file:
        file.write(TEMPLATE % body)
    os.mkdir(os.path.join(folder, "recipients"))
    with open(os.path.join(folder, "recipients", "otto.xml"), "w") as file:
        file.write('<recipient xmlns="urn:lettermerge:recipient:1"><name>Otto</name><place>Bonn</place></recipient>')
    with open(os.path.join(folder, "templates", "style.xml"), "w") as file:
        file.write('<style xmlns="urn:lettermerge:style:1"/>')
    return folder


# Names come again, so that what is kept of words is full early.
def records(count):
    return [{"id": "p%d" % i, "name": "Anna %d" % (i * 7919 % 499), "place": "Ulm, M\u00fcnster, %d" % (i % 13)} for i in range(count)]


def sha(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def resident(pid):
    with open("/proc/%d/status" % pid) as file:
        return next(int(line.split()[1]) for line in file if line.startswith("RssAnon"))


def run(folder, *arguments, **more):
    return subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, timeout=300, **more)


def raw(folder, lines, *options):
    """The answers to lines as they are, and the exit code."""
    done = run(folder, "make", "--jsonl", "--no-sign", *options, input="".join(line + "\n" for line in lines).encode())
    answers_seen.extend(done.stdout.decode().splitlines())
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode, done.stderr.decode()


def letters_of_a_system():
    folder, people = project(), records(COUNT)
    with open(os.path.join(folder, "all.jsonl"), "w") as file:
        file.writelines(json.dumps(record) + "\n" for record in people)
    batch = run(folder, "batch", "--no-sign", "-q", "-r", "all.jsonl")
    check(batch.returncode == 0, "batch makes %d letters" % COUNT, batch.stderr)
    letters = Letters(folder, "--no-sign", "-r", "all.jsonl", program=PROGRAM)
    different, sizes, began = [], {}, time.time()
    for i, record in enumerate(people):
        letter = letters.make(record)
        if hashlib.sha256(letter["pdf"]).hexdigest() != sha(os.path.join(folder, "out", record["id"] + ".pdf")):
            different.append(record["id"])
        if i in (COUNT // 4, COUNT - 1):
            sizes[i] = resident(letters.process.pid)
    took = time.time() - began
    check(not different, "each answer to a record has the bytes of batch, asked for one at a time", different[:9])
    grown = sizes[COUNT - 1] - sizes[COUNT // 4]
    sanitized = COUNT < 1000  # which keeps what was freed
    check(sanitized or grown < 1024, "memory is flat", "%d KiB more after %d letters than after %d" % (grown, COUNT, COUNT // 4))
    by_id = letters.make(people[3]["id"])
    check(by_id["sha256"] == sha(os.path.join(folder, "out", "p3.pdf")), "an id is looked up in the source", by_id)
    check(letters.close() == 0, "it ends with its input")
    print("# %d letters asked for one at a time in %.1f s" % (COUNT, took))


def what_goes_wrong_goes_wrong_alone():
    folder = project()
    good = json.dumps(records(1)[0])
    lines = [good, "{", '{"id":"x"}', '"nobody"', "[1]", "7", "", '{"id":"../x","name":"a","place":"b"}', "\x00", good, "null", good]
    answers, code, errors = raw(folder, lines)
    check([answer["number"] for answer in answers] == list(range(1, 12)), "each line but a blank one has an answer, in order", answers)
    check([answer["made"] for answer in answers] == [True] + [False] * 7 + [True, False, True], "what is wrong with one ends no other", answers)
    check(all(answer["findings"] for answer in answers if not answer["made"]), "and each says why", answers)
    check(code == 1 and not errors, "exit code 1, and nothing on stderr", code, errors)
    check(len({answer.get("sha256") for answer in answers if answer["made"]}) == 1, "one id may be asked for again, with the same bytes", answers)
    code = raw(folder, ["{", good], "--rejections", "ok")[1]
    check(code == 0, "with --rejections ok letters that are rejected are no failure", code)
    answers, code, _ = raw(folder, ["[" * 100000, '"' + "a" * 20000 + '"', '{"id":"a","name":"' + "b" * 300000 + '","place":"c"}', good])
    check(len(answers) == 4 and answers[3]["made"], "hostile lines are answered, too", [str(answer)[:300] for answer in answers])
    answers, code, _ = raw(folder, ["a" * 17000000, good])
    check(code == 1 and [answer["made"] for answer in answers] == [False], "a line of more than 16 MiB is answered, and is the last", answers)


def a_template_that_is_wrong_is_said():
    folder = project("<p><field name='place'></p>")
    answers, code, _ = raw(folder, ["{}"])
    check(code == 1 and len(answers) == 1 and answers[0]["finding"]["severity"] == "error", "a broken template is a line by itself", answers, code)
    letters = Letters(folder, "--no-sign", program=PROGRAM)
    try:
        letters.make({"id": "a"})
        check(False, "the client raises Ended")
    except Ended as ended:
        check(str(ended), "the client raises Ended, and says why")
    letters.close()
    for options, code in ((["--no-sign"], 2), (["--jsonl"], 2), (["--jsonl", "--no-sign", "--only", "x"], 2)):
        done = run(folder, "make", *options, input=b"", env={**os.environ, "HOME": folder, "XDG_CONFIG_HOME": folder})
        check(done.returncode == code and done.stderr, "make %s is refused" % " ".join(options), done)


def letters_go_to_files():
    folder = project()
    answers, code, _ = raw(folder, [json.dumps(record) for record in records(3)], "-o", "letters", "-j", "3")
    files = [os.path.join(folder, answer["file"]) for answer in answers]
    check(code == 0 and all("pdf" not in answer for answer in answers), "with -o an answer names a file", answers)
    check([sha(path) for path in files] == [answer["sha256"] for answer in answers], "which has the bytes that it says", files)


def who_does_not_read_is_not_read_from():
    folder = project(LONG)
    process = subprocess.Popen([PROGRAM, "make", "--jsonl", "--no-sign", "-j", "4"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    lines = "".join(json.dumps({"id": "p%d" % i, "name": "A", "place": "B", "x": "y" * 2000}) + "\n" for i in range(400)).encode()
    writer = threading.Thread(target=lambda: (process.stdin.write(lines), process.stdin.close()))
    writer.start()
    first, still = None, 0
    for _ in range(200):  # until its memory stands still, with all of its answers unread
        now = resident(process.pid)
        still = still + 1 if now == first else 0
        first = now
        if still == 20:
            break
        time.sleep(0.05)
    check(writer.is_alive(), "a client that does not read cannot go on writing")
    check(first < 400000, "and costs no memory", "%d KiB" % first)
    answers = [json.loads(line) for line in process.stdout]
    writer.join()
    check([answer["number"] for answer in answers] == list(range(1, 401)), "once it reads, all is there, in order")
    check(process.wait() == 0, "and the end is good")


def wait_for(path):
    for _ in range(600):
        if os.path.exists(path):
            return
        time.sleep(0.05)
    raise SystemExit("%s does not come" % path)


def two_at_a_socket():
    folder = project()
    path = os.path.join(folder, "socket")
    command = [PROGRAM, "make", "--jsonl", "--no-sign", "--listen", path, "-j", "2"]
    server = subprocess.Popen(command, cwd=folder)
    wait_for(path)
    check(os.stat(path).st_mode & 0o777 == 0o600, "the socket is the user's alone", oct(os.stat(path).st_mode))
    first, second = Letters(at=path), Letters(at=path)
    one, two = first.make(records(2)[0]), second.make(records(2)[1])
    check(one["id"] == "p0" and two["id"] == "p1" and two["number"] == 1, "each of two clients has answers of its own", one["id"], two["id"])
    try:
        second.make("nobody")
        check(False, "the client raises Refused")
    except Refused as refused:
        check(refused.findings, "the client raises Refused, with the findings")
    broken = socket.socket(socket.AF_UNIX)
    second.close()
    broken.connect(path)
    broken.sendall((json.dumps(records(1)[0]) + "\n").encode() * 20 + b'{"id')
    broken.close()
    check(first.make(records(3)[2])["made"], "one that goes away in the middle disturbs nobody")
    third = Letters(at=path)
    check(third.make(records(1)[0])["sha256"] == one["sha256"], "and its place is free again")
    done = run(folder, *command[1:])
    check(done.returncode == 3 and b"E-LISTEN" in done.stderr, "a second program at the same socket is refused", done)
    server.send_signal(signal.SIGTERM)
    check(server.wait(30) == 128 + signal.SIGTERM and not os.path.exists(path), "SIGTERM ends it, and takes the socket away", server.returncode)
    try:
        first.make(records(1)[0])
        check(False, "who was connected is told")
    except (Ended, OSError):
        check(True, "who was connected is told")
    first.close(), third.close()


def what_is_left_over_is_replaced():
    folder = project()
    path = os.path.join(folder, "socket")
    left = socket.socket(socket.AF_UNIX)
    left.bind(path)
    left.close()
    server = subprocess.Popen([PROGRAM, "make", "--jsonl", "--no-sign", "--listen", path], cwd=folder)
    client = None
    for _ in range(200):
        try:
            client = Letters(at=path)
            break
        except ConnectionRefusedError:
            time.sleep(0.05)
    check(client and client.make(records(1)[0])["made"], "a socket that nobody listens at any more is replaced")
    client.close()
    server.kill()
    server.wait()
    with open(os.path.join(folder, "file"), "w") as file:
        file.write("mine")
    for place in ("file", "x" * 200, "none/socket"):
        done = run(folder, "make", "--jsonl", "--no-sign", "--listen", place)
        check(done.returncode == 3 and b"E-LISTEN" in done.stderr, "%.20s is no socket to be, and is said" % place, done)
    check(open(os.path.join(folder, "file")).read() == "mine", "a file of that name stays")


def systemd_hands_one_over():
    folder = project()
    path = os.path.join(folder, "socket")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen()
    script = 'exec 3<&%d; LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" make --jsonl --no-sign --listen systemd' % listening.fileno()
    server = subprocess.Popen(["sh", "-c", script, PROGRAM], cwd=folder, pass_fds=[listening.fileno()])
    with Letters(at=path) as letters:
        check(letters.make(records(1)[0])["made"], "a socket that systemd opened is answered at")
    server.send_signal(signal.SIGINT)
    check(server.wait(30) == 130 and os.path.exists(path), "and stays when the program ends", server.returncode)
    done = run(folder, "make", "--jsonl", "--no-sign", "--listen", "systemd")
    check(done.returncode == 3 and b"E-LISTEN" in done.stderr, "without one it says so", done)


def a_signal_ends_the_waiting():
    folder = project()
    letters = Letters(folder, "--no-sign", "-j", "3", program=PROGRAM)
    letters.make(records(1)[0])
    letters.process.send_signal(signal.SIGTERM)
    check(letters.process.wait(30) == 128 + signal.SIGTERM, "SIGTERM while it waits ends it", letters.process.returncode)


def answers_are_as_the_schema_says():
    validator = ("import json, sys, jsonschema; schema = json.load(open(sys.argv[1])); v = jsonschema.Draft202012Validator(schema); "
                 "jsonschema.Draft202012Validator.check_schema(schema); bad = [(line, e.message) for line in sys.stdin for e in v.iter_errors(json.loads(line))]; "
                 "print(bad[:5]); sys.exit(bool(bad))")
    schema = os.path.join(ROOT, "docs", "schemas", "make.json")
    if subprocess.run(["/usr/bin/python3", "-c", "import jsonschema"], capture_output=True).returncode and not os.environ.get("LETTERMERGE_TESTS_REQUIRE"):
        check(True, "the answers fit their schema # SKIP python3-jsonschema is not installed")
        return
    def valid(lines):
        return subprocess.run(["/usr/bin/python3", "-c", validator, schema], input="\n".join(lines), capture_output=True, text=True)
    done = valid(answers_seen)
    check(len(answers_seen) > 15 and done.returncode == 0, "the answers fit their schema", done.stdout, done.stderr)
    wrong = dict(json.loads(answers_seen[0]), surprise=1)
    check(valid([json.dumps(wrong)]).returncode == 1, "which lets no other member pass")


for test in (letters_of_a_system, what_goes_wrong_goes_wrong_alone, a_template_that_is_wrong_is_said, letters_go_to_files,
             who_does_not_read_is_not_read_from, two_at_a_socket, what_is_left_over_is_replaced, systemd_hands_one_over, a_signal_ends_the_waiting,
             answers_are_as_the_schema_says):
    test()
finish()
