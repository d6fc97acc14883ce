"""help.py PROGRAM ROOT - what a command says of itself: COMMAND --help is one screen of 24 lines by 80 columns with three examples, help COMMAND has
every option that the command takes, and each example does what it is for, in a project of its own. TAP.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tap import ENVIRONMENT, check, finish, write  # noqa: E402

PROGRAM, ROOT = (os.path.abspath(path) for path in sys.argv[1:3])
LINES, COLUMNS, STOPPED = 24, 80, 124  # STOPPED: by timeout(1), of what goes on until it is told
folder = tempfile.mkdtemp(prefix="lettermerge-help-", dir="/tmp")
environment = {**ENVIRONMENT, "XDG_CONFIG_HOME": os.path.join(folder, "config"), "HOME": folder, "LETTERMERGE_EXAMPLES": os.path.join(ROOT, "examples"),
               "PATH": os.path.join(folder, "bin") + ":" + os.environ["PATH"], "SOURCE_DATE_EPOCH": "1602547200"}
ROW = re.compile(r"^  (?:-(\w), |    )--([a-z-]+)", re.M)
# What an example needs beside the project, and how it ends where not with 0.
BEFORE = {
    "diff essex": "lettermerge batch -q; sed -i s/Dear/Hello/ templates/vru-letter.xml",
    "merge-record": "lettermerge batch -q --shard 1/1",
    "merge-record -o letters": "lettermerge batch -q --shard 1/1 -o letters",
    "merge-record --partial": "lettermerge batch -q --shard 1/2",
    "fields -t templates/notice.xml": "cp templates/vru-letter.xml templates/notice.xml",
    "forget essex": "lettermerge batch -q; rm recipients/essex.xml",
    "forget essex kent -o letters": "lettermerge batch -q -o letters; rm recipients/essex.xml recipients/kent.xml",
    "log essex kent": "lettermerge approve -q essex kent",
    "completion fish > ~/.config/fish/completions/lettermerge.fish": "mkdir -p ~/.config/fish/completions",
    'identity new "J Doe"': "rm config/lettermerge/*",
    "verify --trust root.pem --receipt essex.json essex.pdf": "lettermerge batch -q; lettermerge receipt essex >essex.json; cp out/essex.pdf .",
}
SIGNED = re.compile(r"^(receipt|verify|sign|log)")
PROJECT = "<project xmlns='urn:lettermerge:project:1'><tsa>http://127.0.0.1:1/</tsa><trust>roots.pem</trust><wait>1</wait></project>"
ENDS = {"preview essex --watch --png": STOPPED, "serve --open": STOPPED, "serve --person Anna --person Ben": STOPPED,
        "serve -r people.csv --no-sign": STOPPED, "make --jsonl --listen /run/letters.sock": (3, STOPPED)}
NO_SERVER = re.compile(r"^sign ")  # asks a time-stamp authority, of which there is none here


def run(*arguments, where=folder):
    return subprocess.run([PROGRAM, *arguments], cwd=where, env=environment, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
                          check=False)


def examples(text):
    return [line[len("  lettermerge "):] for line in text.split("\nExamples:\n")[1].split("\n\n")[0].split("\n") if line.startswith("  lettermerge ")]


def screens(commands):
    """Gives all examples."""
    found = []
    for command in commands:
        said, all_said = run(command, "--help"), run("help", command)
        lines, options = said.stdout.rstrip("\n").split("\n"), {name for _, name in ROW.findall(all_said.stdout)}
        wide = [line for line in lines + all_said.stdout.split("\n") if len(line) > COLUMNS]
        check(said.returncode == 0 and not said.stderr and len(lines) <= LINES and not wide, f"{command} --help is one screen", len(lines), *wide)
        check(run(command, "-h").stdout == said.stdout, f"{command} -h is the same")
        shown = {name for _, name in ROW.findall(said.stdout)}
        check(shown <= options and f"lettermerge help {command}" in said.stdout and lines[0].startswith(f"lettermerge {command}: ")
              and f"Usage: lettermerge {command}" in said.stdout, f"it says what {command} is for, and where the rest is", said.stdout)
        check(len(examples(said.stdout)) == 3 and examples(said.stdout) == examples(all_said.stdout), f"three examples of {command}", said.stdout)
        takes = taken(command, sorted({name for _, name in ROW.findall(run("help", "options").stdout)}))
        check(takes == options and len(takes) > 5, f"help {command} has each option that it takes, and no other", sorted(takes ^ options))
        found += [(command, example) for example in examples(said.stdout)]
    return found


def taken(command, options):
    """Those that the command does not refuse as none of its own; the program is asked of all of them at once."""
    here = tempfile.mkdtemp(dir=folder)
    values = {name for name in options if re.search(rf"^  (?:-\w, |    )--{name} \S", run("help", "options").stdout, re.M)}
    asked = [f"--{name}=1" if name in values else f"--{name}" for name in options if name not in ("help", "version")]
    said = run(command, *asked, "--max=0", where=here)
    refused = set(re.findall(rf"--([a-z-]+) changes nothing for {command},? ", said.stderr + said.stdout))
    shutil.rmtree(here)
    return set(options) - refused


def project():
    where = tempfile.mkdtemp(dir=folder)
    for name in ("templates", "recipients"):
        shutil.copytree(os.path.join(ROOT, name), os.path.join(where, name))
    style = [name for name in os.listdir(os.path.join(where, "templates")) if name.endswith("style.xml")][0]
    shutil.copy(os.path.join(where, "templates", style), os.path.join(where, "large-print.xml"))
    shutil.copytree(os.path.join(folder, "config"), os.path.join(where, "config"))
    for name in ("root.pem", "roots.pem"):
        shutil.copy(os.path.join(folder, "config/lettermerge/identity-root.pem"), os.path.join(where, name))
    shutil.copy(os.path.join(folder, "config/lettermerge/identity.pem"), os.path.join(where, "office.p12"))
    write(where, "lettermerge.xml", PROJECT)
    write(where, "records.jsonl", "")
    write(where, "ids.jsonl", '"essex"\n"kent"\n')
    shutil.copy(os.path.join(folder, "people.csv"), where)
    return where


def runs(example):
    where = project()
    before = BEFORE.get(example, "lettermerge batch -q; lettermerge batch -q -o letters" if SIGNED.match(example) else "")
    done = subprocess.run(["sh", "-c", f"{before}\ntimeout 4 lettermerge {example}"] if "fpath" not in example else
                          ["sh", "-c", "lettermerge completion zsh"], cwd=where, env={**environment, "XDG_CONFIG_HOME": os.path.join(where, "config")},
                          capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL, check=False)
    wanted = ENDS.get(example, 0)
    good = done.returncode in (wanted if isinstance(wanted, tuple) else (wanted,))
    if NO_SERVER.match(example):
        good = done.returncode == 1 and "[W-TSA]" in done.stderr + done.stdout
    check(good, f"lettermerge {example}", done.returncode, done.stdout[-600:], done.stderr[-900:])
    shutil.rmtree(where)


write(folder, "bin/xdg-open", "#!/bin/sh\n")
os.chmod(os.path.join(folder, "bin/xdg-open"), 0o755)
os.symlink(PROGRAM, os.path.join(folder, "bin/lettermerge"))
run("identity", "new", "Jo", "-q")
write(folder, "people.csv", "id,name,title,salutation,address,postcode,area,vru.name,vru.highlight\n"
      'ann,Ann,Commissioner,Dear Ann,"1 The Street\nWitham",CM8 3HB,Essex,VRU,work\n')
names = re.findall(r"^  ([a-z-]+) ", run("help").stdout.split("\nCommands:\n")[1], re.M)
check(len(names) >= 22, "all commands are read", names)
said = run("--help").stdout
overview = said.rstrip("\n").split("\n")
grouped = re.findall(r"[a-z-]+", " ".join(line[26:] for line in said.split("\nCommands:\n")[1].split("\n\n")[0].split("\n")))
check(len(overview) <= LINES and max(map(len, overview)) <= COLUMNS, "--help is one screen", *overview)
check(sorted(grouped) == sorted(names), "each command is in one of its groups", grouped)
check(run().returncode == 2 and run().stderr == said, "likewise without a command")
for line in re.findall(r"^  lettermerge (.*?)   ", run("--help").stdout, re.M):
    runs(line)
for _, line in screens(names):
    runs(line)
shutil.rmtree(folder)
finish()
