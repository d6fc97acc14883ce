"""postgres.py PROGRAM MIB - records from a PostgreSQL server, which is started for it and ended with it.

MIB is what 40,000 rows may take beyond 2,000 of them. The server listens on a socket in a folder of its own and nowhere else. Without a server's programs
the test is skipped, unless LETTERMERGE_TESTS_REQUIRE is set.
"""

import glob
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tap import check, finish  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
SECRET = "s3cr3t:zebra/quagga"
SECRET_IN_ADDRESS = "s3cr3t%3Azebra%2Fquagga"
TEMPLATE = """<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13">
<title>Letter</title>
<fields>
<declare name="name"/><declare name="address" type="lines" required="no"/>
<declare name="sum" type="money" required="no"/><declare name="n" type="number" decimal="," required="no"/>
<declare name="day" type="date" format="dd.MM.yyyy" required="no"/>
<declare name="member" type="yes-no" required="no"/>
<declare name="books" type="list" required="no"><declare name="book"/></declare>
</fields>
<p>Dear <field name="name"/>, <field name="address"/> <field name="sum"/> <field name="n"/> <field name="day"/>
<if field="member">A member.</if></p>
<each field="books"><p>Book <field name="book"/></p></each>
</letter>
"""
TABLES = """
CREATE TABLE recipients (id text, "Name" text, "Address line 1" text, "Address line 2" varchar(40),
  sum numeric(12,3), n double precision, day date, member boolean);
INSERT INTO recipients VALUES
  ('shah', 'Dr Mina Shah', NULL, 'Ashby', 1250.500, 1.125, '2025-12-31', true),
  ('lucja', 'Łucja Ö', 'ul. Długa 3', E'Kraków\\nPoland', -57.93, 1e-05, '2024-02-29', false),
  ('ann', 'Ann "007"', '', NULL, NULL, NULL, NULL, NULL);
CREATE TABLE loans (id text, book text);
INSERT INTO loans VALUES ('ann', 'Emma'), ('ann', 'Faust'), ('lucja', 'Lalka');
CREATE FUNCTION adds() RETURNS text LANGUAGE sql VOLATILE AS
  $$ INSERT INTO recipients (id) VALUES ('evil') RETURNING id $$;
CREATE ROLE clerk LOGIN PASSWORD '%s';
GRANT SELECT ON recipients, loans TO clerk;
CREATE SCHEMA one; CREATE TABLE one."A ""Table"" of 'one'" (id text, name text);
INSERT INTO one."A ""Table"" of 'one'" VALUES ('x', 'X');
CREATE SCHEMA two; CREATE TABLE two.a (id text); CREATE TABLE two.b (id text);
""" % SECRET

folder = tempfile.mkdtemp(prefix="lettermerge-pg-", dir="/tmp")
server = None


def end(*_):
    if server and server.poll() is None:
        server.send_signal(signal.SIGINT)  # fast shutdown
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
    shutil.rmtree(folder, ignore_errors=True)


def skip(why):
    required = bool(os.environ.get("LETTERMERGE_TESTS_REQUIRE"))
    print(f"1..1\nnot ok 1 - {why}" if required else f"1..0 # SKIP {why}")
    end()
    sys.exit(required)


def find_programs():
    for path in sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True) + [None]:
        found = shutil.which("initdb", path=path), shutil.which("postgres", path=path)
        if all(found):
            return found
    skip("no PostgreSQL server is installed (Debian: postgresql)")


# A server does not run as root.
def as_nobody(*command):
    if os.getuid() != 0:
        return ["setpriv", "--pdeathsig", "INT", *command]
    return ["setpriv", "--reuid=nobody", "--regid=%d" % pwd.getpwnam("nobody").pw_gid, "--clear-groups",
            "--pdeathsig", "INT", *command]


def start_server():
    global server
    initdb, postgres = find_programs()
    data = os.path.join(folder, "data")
    os.mkdir(data)
    if os.getuid() == 0:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
        os.chown(data, pwd.getpwnam("nobody").pw_uid, -1)
    subprocess.run(as_nobody(initdb, "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"),
                   check=True, stdout=subprocess.DEVNULL, cwd="/")
    with open(os.path.join(data, "pg_hba.conf"), "w", encoding="utf-8") as rules:
        rules.write("local all clerk scram-sha-256\nlocal all all trust\n")
    log = open(os.path.join(folder, "log"), "w", encoding="utf-8")
    server = subprocess.Popen(as_nobody(postgres, "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off",
                                        "-c", "datestyle=SQL,DMY", "-c", "extra_float_digits=-2"),
                              stdout=log, stderr=log, cwd="/")
    for _ in range(600):
        if sql("SELECT 1", quiet=True).returncode == 0:
            return
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    print(open(os.path.join(folder, "log"), encoding="utf-8").read())
    raise RuntimeError("the server did not start")


def sql(text, quiet=False):
    return subprocess.run(["psql", "-h", folder, "-U", "owner", "-d", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1"],
                          input=text, text=True, check=not quiet, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL if quiet else None)


OWNER = f"postgresql://owner@/postgres?host={folder}"
SHOWN = "postgresql://owner@/postgres"


def run(command, *options, address=OWNER, environment=None, records=True):
    more = ["-r", address] if records else []
    signing = ["--no-sign"] if command in ("batch", "preview", "serve") else []
    return subprocess.run([PROGRAM, command, "-t", "letter.xml", *more, *signing, *options], cwd=folder, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
                          env={**os.environ, **(environment or {})})


def letters(out):
    return {name: open(os.path.join(folder, out, name), "rb").read()
            for name in os.listdir(os.path.join(folder, out)) if name.endswith(".pdf")}


def says(what, result, code, *words):
    check(result.returncode == code and all(word in result.stdout for word in words), what, result.returncode,
          result.stdout)


def remove(out):
    shutil.rmtree(os.path.join(folder, out), ignore_errors=True)


def write(name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


# -- what the rows are ---------------------------------------------------------------------------

JOIN = "SELECT r.*, l.book FROM recipients r LEFT JOIN loans l USING (id) ORDER BY id, book"


def rows_are_records():
    write("a.csv", "id,Name,Address line 1,Address line 2,sum,n,day,member,book\n"
          "ann,\"Ann \"\"007\"\"\",,,,,,,Emma\nann,\"Ann \"\"007\"\"\",,,,,,,Faust\n"
          "lucja,Łucja Ö,ul. Długa 3,\"Kraków\nPoland\",-57.93,\"0,00001\",29.02.2024,no,Lalka\n"
          "shah,Dr Mina Shah,,Ashby,1250.500,\"1,125\",31.12.2025,yes,\n")
    says("rows joined", run("batch", "-o", "out", "--query", JOIN), 0, "3 letters written")
    says("the same from a table", run("batch", "-o", "out-csv", address="a.csv"), 0, "3 letters written")
    check(letters("out") == letters("out-csv") and len(letters("out")) == 3, "the same bytes as from a table")
    says("known again", run("batch", "-o", "out", "--query", JOIN), 0, "3 unchanged")
    says("known to the table", run("batch", "-o", "out", address="a.csv"), 0, "3 unchanged")
    says("the table called recipients", run("check"), 0, "3 records checked: 0 errors")
    says("the only table of the schema", run("check", address=OWNER + "&options=-csearch_path%3Done"), 0,
         "1 record checked: 0 errors")
    says("one of several", run("check", address=OWNER + "&options=-csearch_path%3Dtwo"), 1, "[E-SQLITE-TABLE]")
    says("a part of a name", run("preview", "luc", "-o", "out"), 0)
    says("no such name", run("preview", "luke", "-o", "out"), 1, SHOWN)
    says("only", run("check", "--only", "ann,lucja"), 0, "2 records checked")
    says("where", run("check", "--where", "n=1,125"), 0, "1 record checked")
    says("limit", run("check", "--limit", "1", "--query", "SELECT i AS id, 'X' AS name FROM generate_series(1, 100000) i"), 0,
         "1 record checked")
    says("no rows", run("batch", "-o", "out", "--prune", "--query", "SELECT id, \"Name\" FROM recipients WHERE false"), 1,
         "[E-RECIPIENTS-EMPTY]")
    check(len(letters("out")) == 3, "no rows remove no letter")


def types_are_read():
    for value, words, code in [
            ("1250.50::numeric", "1250.50", 0), ("1e14::float8", "100,000,000,000,000", 0),
            ("'$1,250.5'::text", "$1,250.50", 0), ("12::int2", "12", 0), ("1e20::float8", "[E-NUMBER-LONG]", 1),
            ("'NaN'::numeric", "[E-", 1), ("'-Infinity'::float8", "[E-", 1), ("true", "[E-FIELD-VALUE]", 1),
            ("'{1,2}'::int[]", "of type _int4, which is no single value", 1), ("'{}'::jsonb", "of type jsonb", 1),
            ("'\\x00'::bytea", "of type bytea", 1), ("row(1,2)", "of type record", 1),
            ("int4range(1,2)", "of type int4range", 1), ("NULL::int[]", "E-POSTGRES-TYPE", 1)]:
        result = run("check", "--query", f"SELECT 'x' AS id, 'X' AS name, {value} AS sum")
        if code:
            says(value, result, code, words)
            continue
        remove("types")
        run("batch", "-o", "types", "--query", f"SELECT 'x' AS id, 'X' AS name, {value} AS sum")
        text = subprocess.run(["pdftotext", os.path.join(folder, "types", "x.pdf"), "-"], text=True,
                              stdout=subprocess.PIPE, check=True).stdout
        check(words in text, value, text, result.stdout)
    says("a column that is left out", run("check", "--query", "SELECT 'x' AS id, 'X' AS name, '{}'::jsonb AS other"), 0,
         "[W-COLUMN-UNKNOWN]", "1 record checked: 0 errors")
    says("a required column that is missing", run("check", "--query", "SELECT 'x' AS id"), 1, "[E-COLUMN-MISSING]")


# -- what is refused -----------------------------------------------------------------------------


def queries_only_read():
    before = sql("SELECT count(*) FROM recipients").stdout
    mark = os.path.join(folder, "data", "mark")
    for query, words in [
            ("SELECT nmae FROM recipients", 'says "column \\"nmae\\" does not exist" at character 8 of the query'),
            ("SELECT id FROM", "syntax error"),
            ("SELEKT 1", " at character 1 of the query"),
            ("SELECT 'Ж', nmae FROM recipients", " at character 13 of the query"),
            ("", "[E-SQLITE-QUERY]"), ("DELETE FROM recipients", "[E-SQLITE-QUERY]"),
            ("DELETE FROM recipients RETURNING id, \"Name\"", "read-only transaction"),
            ("WITH gone AS (DELETE FROM recipients RETURNING id, \"Name\") SELECT * FROM gone", "read-only transaction"),
            ("SELECT 1; DELETE FROM recipients", "multiple commands"),
            ("COMMIT", "[E-SQLITE-QUERY]"), ("SET transaction_read_only = off", "[E-SQLITE-QUERY]"),
            ("SELECT adds() AS id, 'x' AS name", "read-only transaction"),
            ("SELECT set_config('transaction_read_only', 'off', true) AS id, adds() AS name", "read-write mode"),
            ("EXPLAIN ANALYZE DELETE FROM recipients", ""),
            ("SELECT * INTO other FROM recipients", "[E-SQLITE-QUERY]"),
            (f"COPY recipients TO PROGRAM 'touch {mark}'", "[E-SQLITE-QUERY]"),
            ("SELECT 'a' AS id, 'A' AS name, 1 / (2 - i) AS n FROM generate_series(1, 3) i", "division by zero"),
            ("SELECT $1 AS id, 'x' AS name", "[E-POSTGRES]")]:
        says(query, run("check", "--query", query), 1, words)
    check(sql("SELECT count(*) FROM recipients").stdout == before, "the table is what it was")
    check(not os.path.exists(mark), "no program was run")
    says("make is told no address", run("batch", "-o", "out", "--deps", "d"), 1, "[E-DEPS-SERVER]")


# -- a connection that is lost -------------------------------------------------------------------


class Cut(threading.Thread):
    """A server between: it lets so many bytes of the answer through, and hangs up."""

    def __init__(self, room):
        super().__init__(daemon=True)
        self.folder = tempfile.mkdtemp(dir=folder)
        self.room = room
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(os.path.join(self.folder, ".s.PGSQL.5432"))
        self.listener.listen()
        self.start()

    def run(self):
        client, _ = self.listener.accept()
        behind = socket.socket(socket.AF_UNIX)
        behind.connect(os.path.join(folder, ".s.PGSQL.5432"))
        threading.Thread(target=self.up, args=(client, behind), daemon=True).start()
        while self.room > 0:
            got = behind.recv(min(self.room, 4096))
            if not got:
                break
            self.room -= len(got)
            client.sendall(got)
        client.shutdown(socket.SHUT_RDWR)
        behind.shutdown(socket.SHUT_RDWR)

    def up(self, client, behind):
        try:
            while got := client.recv(4096):
                behind.sendall(got)
        except OSError:
            pass


def a_lost_connection_is_no_end():
    series = "SELECT 'r' || i AS id, 'Name ' || i AS name %s FROM generate_series(1, %d) i"
    remove("lost")
    says("60 letters", run("batch", "-o", "lost", "--query", series % ("", 60)), 0, "60 letters written")
    whole = letters("lost")
    ends = ", CASE WHEN i = 25 THEN pg_terminate_backend(pg_backend_pid()) END AS gone"
    result = run("batch", "-o", "lost", "--prune", "--query", series % (ends, 60))
    says("the server ends the connection", result, 3, "[E-POSTGRES-LOST]", SHOWN)
    check(letters("lost") == whole, "no letter is removed", result.stdout)
    fails = ", 1 / (i - 25) AS gone"
    says("the query fails", run("batch", "-o", "lost", "--prune", "--query", series % (fails, 60)), 1,
         "[E-POSTGRES]", "division by zero")
    check(letters("lost") == whole, "no letter is removed either")
    for room in (3000, 5000, 20000, 50000):
        cut = Cut(room)
        result = run("check", "--no-pages", "--query", series % ("", 60000),
                     address=f"postgresql://owner@/postgres?host={cut.folder}")
        says(f"cut off after {room} bytes", result, 3, "[E-POSTGRES-LOST]")
    cut = Cut(5000)
    result = run("batch", "-o", "lost", "--prune", "--query", series % ("", 60000),
                 address=f"postgresql://owner@/postgres?host={cut.folder}")
    says("cut off in a batch", result, 3, "[E-POSTGRES-LOST]")
    check(whole.items() <= letters("lost").items(), "no letter is removed again")
    joined = "SELECT 'a' AS id, 'Ann' AS name, 'Book ' || i AS book %s FROM generate_series(1, 60) i"
    remove("joined")
    says("lost within a record", run("batch", "-o", "joined", "--query", joined % ends), 3, "[E-POSTGRES-LOST]")
    check(not letters("joined"), "no letter of some of its rows")
    says("no such server", run("check", address="postgresql://owner@/postgres?host=/nonexistent"), 3,
         "[E-POSTGRES-CONNECT]")


# -- passwords -----------------------------------------------------------------------------------

PARTS = ("s3cr3t", "zebra", "quagga")


def leaks(text):
    return [part for part in PARTS if part in text]


def passwords_stay_secret():
    remove("secret")
    where = f"clerk:{SECRET_IN_ADDRESS}@/postgres?host={folder}"
    told = [run("batch", "-v", "-o", "secret", address=f"postgresql://{where}")]
    says("a password in the address", told[0], 0, "3 letters written")
    told.append(run("batch", "-o", "secret", address=f"postgres://clerk@/postgres?host={folder}&password={SECRET_IN_ADDRESS}"))
    says("a password behind it", told[-1], 0, "3 unchanged")
    told.append(run("check", "--diag=json", "--query", "SELECT x", address=f"postgresql://{where}"))
    told.append(run("check", "--query", "SELECT '' AS id, '' AS name", address=f"postgresql://{where}"))
    told.append(run("preview", "nobody", "-o", "secret", address=f"postgresql://{where}"))
    told.append(run("confirm", "ann", "name", "--source", "x", "--date", "2020", address=f"postgresql://{where}"))
    says("no fact of a table is confirmed", told[-1], 1, "[E-CONFIRM-TABLE]")
    told.append(run("batch", "-o", "secret", "--deps", "d", address=f"postgresql://{where}"))
    told.append(run("check", address=f"postgresql://clerk:s3cr3t-quagga@/postgres?host={folder}"))
    says("a wrong password", told[-1], 3, "[E-POSTGRES-CONNECT]", "postgresql://clerk@/postgres")
    for wrong in (SECRET, "s3cr3t@zebra", "s3cr3t/zebra", "s3cr3t?zebra", "s3cr3t#zebra", "s3cr3t:zebra", "[s3cr3t"):
        told.append(run("check", address=f"postgresql://clerk:{wrong}@/postgres?host={folder}"))
        says(f"a sign in it: {wrong}", told[-1], 1, "[E-POSTGRES-PASSWORD]", "postgresql://…")
    told.append(run("check", address=f"postgresql://clerk@/postgres?host={folder}&password=s3cr3t@zebra"))
    told.append(run("check", address=f"postgresql://clerk@/postgres?host={folder}&pasword=s3cr3t"))
    says("a misspelt option", told[-1], 3, "[E-POSTGRES-CONNECT]")
    found = [result.args for result in told if leaks(result.stdout)]
    check(not found, "no message has the password", found)
    for path in glob.glob(os.path.join(folder, "secret", "**"), recursive=True) + \
            glob.glob(os.path.join(folder, "secret", ".*")):
        if os.path.isfile(path) and leaks(open(path, "rb").read().decode("latin-1")):
            check(False, f"{path} has the password")
    check(len(letters("secret")) == 3, "no file has the password")
    write("pgpass", "*:*:*:clerk:" + SECRET.replace(":", "\\:") + "\n")
    os.chmod(os.path.join(folder, "pgpass"), 0o600)
    passes = {"PGPASSFILE": os.path.join(folder, "pgpass")}
    says("PGPASSFILE", run("check", address=f"postgresql://clerk@/postgres?host={folder}", environment=passes), 0,
         "3 records checked")
    write("services", f"[people]\nhost={folder}\nuser=clerk\ndbname=postgres\n")
    services = {**passes, "PGSERVICEFILE": os.path.join(folder, "services")}
    says("a service", run("check", address="postgresql:///?service=people", environment=services), 0, "3 records checked")
    says("PGSERVICE", run("check", address="postgresql://", environment={**services, "PGSERVICE": "people"}), 0,
         "3 records checked")


# -- without libpq, and very many ----------------------------------------------------------------


def libpq_is_loaded_on_demand():
    os.makedirs(os.path.join(folder, "libs"))
    write("libs/libpq.so.5", "")
    without = {"LD_LIBRARY_PATH": os.path.join(folder, "libs")}
    says("without libpq", run("check", environment=without), 3, "the library libpq5 is not installed", "[E-LIBRARY]")
    says("a table needs none", run("check", address="a.csv", environment=without), 0, "3 records checked")


def peak_of(count):
    result = subprocess.run(
        ["python3", "-c", "import resource, subprocess, sys; p = subprocess.run(sys.argv[1:], stdout=2);"
         "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(p.returncode)",
         PROGRAM, "check", "--no-pages", "-t", "letter.xml", "-r", OWNER, "--query",
         f"SELECT 'r' || i AS id, 'Name ' || i AS name, i AS n FROM generate_series(1, {count}) i"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    check(result.returncode == 0 and f"{count} records checked" in result.stderr, f"{count} rows", result.stderr)
    return int(result.stdout)


def memory_is_flat():
    few, many = peak_of(2000), peak_of(int(os.environ.get("ROWS", "40000")))
    print(f"# peak of 2000 rows {few} KiB, of many {many} KiB")
    check(many < few + int(sys.argv[2]) * 1024, "memory is flat", few, many)


def main():
    start_server()
    write("letter.xml", TEMPLATE)
    sql(TABLES)
    for part in (rows_are_records, types_are_read, queries_only_read, a_lost_connection_is_no_end,
                 passwords_stay_secret, libpq_is_loaded_on_demand, memory_is_flat):
        print(f"# {part.__name__}", flush=True)
        part()


signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
signal.signal(signal.SIGHUP, lambda *_: sys.exit(1))
try:
    main()
finally:
    end()
finish()
