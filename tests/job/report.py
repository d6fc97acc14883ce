"""report.py PROGRAM - what batch --report says is so: it is held against run.json, the signed list, the letters' bytes, what approve and log
list, and the files; after runs that end well, with rejections, held letters, too many errors, a broken template and a signal. TAP.
"""

import hashlib
import html.parser
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tap import ENVIRONMENT, check, finish, write  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
LETTER = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title><fields>
<declare name="name"/></fields><p>Dear <field name="name"/></p>%s</letter>"""
RECORD = '<recipient xmlns="urn:lettermerge:recipient:1">%s<name>%s</name></recipient>'
OTHERS = "<script>alert(1)</script> \u202eevil \x07"  # of others: to be shown, and no more
folder = tempfile.mkdtemp(prefix="lettermerge-report-", dir="/tmp")
environment = {**ENVIRONMENT, "XDG_CONFIG_HOME": folder}


def run(*arguments, **more):
    return subprocess.run([PROGRAM, *arguments], cwd=folder, env=environment, capture_output=True, timeout=120, **more)


def lines(*arguments):
    return [json.loads(line) for line in run(*arguments).stdout.decode().splitlines()]


def read(name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def run_json():
    return json.loads(read("out/run.json"))


class Page(html.parser.HTMLParser):
    """Tables as rows of cells, each a list of its lines; facts of the run; what is said of its state."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.facts, self.tags, self.times, self.text = [], {}, [], [], ""
        self.within, self.term, self.classes = None, None, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append((tag, found))
        if tag == "table":
            self.tables.append((found.get("class", ""), []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][1][-1].append([""])
            self.within = "cell"
        elif tag == "br" and self.within == "cell":
            self.tables[-1][1][-1][-1].append("")
        elif tag in ("dt", "dd", "style"):
            self.within = tag

    def handle_endtag(self, tag):
        if tag in ("td", "th", "dt", "dd", "style"):
            self.within = None

    def handle_data(self, data):
        if self.within == "cell":
            self.tables[-1][1][-1][-1][-1] += data
        elif self.within == "dt":
            self.term = data
        elif self.within == "dd":
            self.facts[self.term] = self.facts.get(self.term, "") + data
        if self.within != "style":
            self.text += data

    def rows(self, kind):
        return [row for name, rows in self.tables if name == kind for row in rows[1:]]

    def counts(self):
        return {row[0][0]: int(row[1][0]) for row in self.rows("counts")}

    def letters(self):
        return {row[0][0]: row[1:] for row in self.rows("letters")}


def report():
    return Page(read("report.html").decode())


def agrees(page, what):
    """Its counts are those of run.json, and of its own lines."""
    counts, said = run_json()["counts"], page.counts()
    check([said[name] for name in ("In", "Made", "Unchanged", "Rejected", "Held", "Gone, kept", "Gone, removed", "To confirm")]
          == [counts[name] for name in ("records", "written", "unchanged", "failed", "held", "without_recipient", "removed", "unconfirmed")],
          what + ": counts are those of run.json", said, counts)
    check(said["In"] == said["Made"] + said["Unchanged"] + said["Rejected"] + said["Held"], what + ": they add up", said)
    fates = [row[0][0] for row in page.letters().values()]
    check([fates.count(name) for name in ("made", "unchanged", "rejected", "held", "gone, its letter was kept", "gone, its letter was removed")]
          == [said[name] for name in ("Made", "Unchanged", "Rejected", "Held", "Gone, kept", "Gone, removed")],
          what + ": there are as many lines of each", fates, said)
    kinds = {row[0][0]: (row[1][0], int(row[2][0])) for row in page.rows("") if re.fullmatch("[EW]-[A-Z0-9-]+", row[0][0])}
    check(kinds == {kind["code"]: (kind["severity"], kind["findings"]) for kind in run_json()["kinds"]},
          what + ": findings by kind are those of run.json", kinds, run_json()["kinds"])


def is_sound(page, what):
    """Nothing of others acts, and nothing comes from elsewhere."""
    bad = [tag for tag, found in page.tags if tag in ("script", "link", "img", "iframe", "a", "b") and tag != "b"
           or any(name.startswith("on") or name in ("src", "href") for name in found)]
    check(not bad, what + ": no script and nothing from elsewhere", bad)
    check("\u202e" not in page.text and "\x07" not in page.text, what + ": nothing that turns or rings")
    heads = [found for tag, found in page.tags if tag == "th"]
    check(heads and all(found.get("scope") in ("row", "col") for found in heads), what + ": each head of a table has its scope")
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    check(levels[0] == 1 and levels.count(1) == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:])), what + ": headings are in order", levels)


def is_private(name):
    mode = stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode)
    check(mode == 0o600, name + " is for its owner alone", oct(mode))


KNOWN = {"said": ", as was said", "account": ", user account", "link": ", own link", "signed": ", signed", None: ""}


def time_of(text):
    return text[:10] + " " + text[11:16] + " UTC"


def approvals(page):
    """What stands in its lines, and what approve lists."""
    said = sorted((id, line) for id, row in page.letters().items() for line in row[2] if line)
    listed = []
    for line in lines("approve", "--json"):
        for word in ("rejected", "commented"):
            if word in line:
                listed.append((line["id"], f"{word} by {line['by']}, {time_of(line['at'])}{KNOWN[line.get('known')]}: {line[word]}"))
        if not any(word in line for word in ("rejected", "commented")):
            listed.append((line["id"], f"{line['by']}, {time_of(line['at'])}{KNOWN[line.get('known')]}"))
    check(listed and said == sorted(listed), "approvals are those that approve lists", said, listed)


def a_signed_run():
    for id, name in (("ann", "Ann"), ("ben", "Ben"), ("cy", "Cy"), ("dee", "Dee"), ("eve", "Eve")):
        write(folder, f"recipients/{id}.xml", RECORD % ("<nmae>x</nmae>" if id == "ann" else "", name))
    write(folder, "recipients/fay.xml", RECORD % ("", ""))
    write(folder, "templates/letter.xml", LETTER % "")
    run("identity", "new", "Jo <i> Signer")
    run("approve", "--only", "ann,ben,cy", "--by", "Anna <b>")
    run("approve", "--only", "ann,cy", "--by", "Bo & Co")
    run("approve", "dee")
    run("approve", "dee", "--comment", "of <em>another</em> day", "--by", "Anna <b>")
    run("approve", "cy", "--reject", "the name", "--by", "Cal")
    done = run("batch", "--approvals", "2", "--report", "report.html")
    page = report()
    check(done.returncode == 1 and page.counts()["Made"] == 1, "one has two approvals and nothing against it", done.stderr)
    agrees(page, "signed")
    is_sound(page, "signed")
    is_private("report.html")
    approvals(page)
    check(page.facts["Signed by"] == run_json()["signer"]["name"] == "TEST Jo <i> Signer", "who signed is said", page.facts)
    check(page.facts["Certificate ends"] == time_of(run_json()["signer"]["until"]), "and until when the certificate holds", page.facts)
    check(page.facts["Started"] == time_of(run_json()["started"]), "and when it began", page.facts)
    check(run_json()["approvals"] == 2 and page.facts["Approvals asked for"] == "2 a letter", "and how many approvals were asked for", page.facts)
    aside = {row[0][0]: row[2] for row in page.rows("") if row[1][0] in ("rejected", "held")}
    check(set(aside) == {"ben", "cy", "dee", "eve", "fay"} and 'rejected by "Cal": "the name"' in aside["cy"] and any("required" in line for line in aside["fay"]),
          "why letters were not made is said", aside)
    check(b"<i>" not in read("report.html") and b"<em>another" not in read("report.html") and "of <em>another</em> day" in page.text, "texts of others are escaped")
    run("approve", "--only", "ben,eve", "--by", "Bo & Co")
    run("approve", "--only", "eve", "--by", "Dan")
    run("batch", "--approvals", "2", "--report", "report.html")
    page = report()
    check([page.letters()[id][0][0] for id in ("ann", "ben", "eve")] == ["unchanged", "made", "made"], "the next run makes what was approved since", page.letters())
    agrees(page, "the next")
    approvals(page)


def hashes():
    """Of each letter that stands: of its bytes, of the signed list, and of what the log says was written."""
    page, found = report(), {}
    for id, row in page.letters().items():
        if row[3][0]:
            found[id] = row[3][0]
            check(hashlib.sha256(read(f"out/{id}.pdf")).hexdigest() == row[3][0], f"the hash of {id} is that of its file")
    listed = {line["id"]: line["sha256"] for line in json.loads(read("out/manifest.json"))["records"] if "sha256" in line}
    check(found and found == listed, "hashes are those of the signed list", found, listed)
    log = [line["line"] for line in lines("log", "--json")]
    noted = [line for line in log if line["act"] == "written"]
    check({line["id"]: line["version"] for line in noted} == found and len(noted) == 3, "and of the log's lines of what was written, each once", noted)
    acts = [line["act"] for line in log]
    check(acts.count("signed") == 2 and acts[-1] == "signed", "each run's list that was signed stands in the log", acts)


def others(what, *arguments, code, state, records=None):
    done = run("batch", *arguments, "--report", "report.html")
    page = report()
    check(done.returncode == code and page.text.find(state + ".") >= 0 and run_json()["state"] == state, what + ": its state", done.returncode, done.stderr, page.text[:400])
    if records is not None:
        check(page.counts()["In"] == records, what + ": how many were taken", page.counts())
    agrees(page, what)
    is_sound(page, what)
    return page


def other_runs():
    write(folder, "recipients/ann.xml", RECORD % ("", "Anne"))
    page = others("unsigned", "--no-sign", code=1, state="finished")
    check(page.facts["Signed by"] == "nobody" and "no hashes" in page.text and len(page.rows("letters")[0]) == 4, "nobody signed, which is said")
    os.remove(os.path.join(folder, "recipients/eve.xml"))
    page = others("one is gone", "--no-sign", code=1, state="finished")
    check(page.letters()["eve"][0] == ["gone, its letter was kept"], "who is gone is listed", page.letters())
    others("pruned", "--no-sign", "--prune", code=1, state="finished")
    page = others("chosen", "--no-sign", "--only", "ann", code=0, state="finished", records=1)
    check("These were chosen" in page.text, "that records were chosen is said", page.text[:400])
    write(folder, "recipients/bad.xml", RECORD % ("", ""))
    write(folder, "recipients/bah.xml", RECORD % ("", ""))
    page = others("too many errors", "--no-sign", "--force", "--jobs", "1", "--max-errors", "1", code=4, state="failed")
    check("Errors that are no letter" in page.text and page.counts()["In"] < 6, "that it was stopped is said", page.text[:900])
    write(folder, "templates/letter.xml", "<letter")
    page = others("a broken template", "--no-sign", code=1, state="failed", records=0)
    check("templates/letter.xml" in page.text, "what is wrong with it is said", page.text[:900])
    shutil.rmtree(os.path.join(folder, "out"))
    done = run("batch", "--no-sign", "--report", "report.html")
    check(done.returncode == 1 and "failed." in report().text, "also where there is no folder yet", done.stderr)
    write(folder, "templates/letter.xml", LETTER % "")


def signed_approvals():
    """What was said alone does not count, which the page says."""
    run("approve", "ben", "--by", "Bo & Co", "--no-sign")
    page = others("signed approvals", "--no-sign", "--approvals", "1", "--signed-approvals", "--trust", "lettermerge/identity-root.pem", code=1, state="finished")
    check(page.letters()["ben"][0] == ["held"] and page.facts["Approvals asked for"] == "1 a letter, signed; others did not count", "that only signed ones count is said", page.facts)


def a_signal():
    """A run that is broken off says so; its page is whole."""
    write(folder, "many.csv", "id,name\n" + "".join(f"r{i},Name {i}\n" for i in range(60000)))
    begun = subprocess.Popen([PROGRAM, "batch", "--no-sign", "-r", "many.csv", "-o", "many", "--report", "many.html", "--durability", "fast"], cwd=folder, env=environment,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while begun.poll() is None and len(os.listdir(os.path.join(folder, "many")) if os.path.isdir(os.path.join(folder, "many")) else []) < 50:
        time.sleep(0.01)
    begun.send_signal(signal.SIGTERM)
    code = begun.wait(60)
    page, said = Page(read("many.html").decode()), json.loads(read("many/run.json"))
    check(code == 143 and said["state"] == "interrupted" and "interrupted." in page.text, "a run that was broken off says so", code, said["state"])
    check(page.counts()["In"] == said["counts"]["records"] and read("many.html").endswith(b"</html>\n"), "its page is whole", page.counts())
    check(not os.path.exists(os.path.join(folder, ".many.html.part")), "nothing is left beside it")


def refusals():
    for arguments, words, code in ((["--bundle", "b.pdf"], b"E-BUNDLE-WITH", 2), (["--dry-run"], b"E-OPTION-COMMAND", 2)):
        done = run("batch", "--no-sign", "--report", "none.html", *arguments)
        check(done.returncode == code and words in done.stderr and not os.path.exists(os.path.join(folder, "none.html")), "not with " + arguments[0], done.returncode, done.stderr)
    before = sorted(os.listdir(folder))
    done = run("batch", "--no-sign", "--force", "-o", "elsewhere", "--report", "missing/report.html")
    check(done.returncode == 3 and b"missing" in done.stderr and sorted(os.listdir(folder)) == before, "what cannot be written is said before letters are",
          done.returncode, done.stderr)


try:
    a_signed_run()
    hashes()
    other_runs()
    signed_approvals()
    a_signal()
    refusals()
finally:
    shutil.rmtree(folder)
finish()
