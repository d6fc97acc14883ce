"""init.py PROGRAM ROOT - each example is copied into a new folder and works at once: check finds nothing, not even a note, batch makes its
ten letters, in as many pages as its README says; nothing that is there is written over. TAP."""
import filecmp, os, pathlib, re, subprocess, sys, tempfile

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
examples = root / "examples"
PAGES = {"plain": 1, "council": 2, "bank": 3, "invoice": 1}


def run(folder, *arguments, where=examples):
    environment = {**os.environ, "LETTERMERGE_EXAMPLES": str(where), "XDG_CONFIG_HOME": "/nonexistent"}
    return subprocess.run([program, *arguments], cwd=folder, env=environment, capture_output=True, text=True)


def same(a, b):
    seen = filecmp.dircmp(a, b)
    return not (seen.left_only or seen.right_only or seen.diff_files or seen.funny_files) and all(
        same(a / name, b / name) for name in seen.common_dirs)


def commands(readme):
    """What a README tells to type, but for the program's name."""
    return [line.split()[1:] for line in readme.read_text().splitlines() if line.startswith("lettermerge ")]


def an_example_works_at_once(name, folder):
    made = run(folder, "init", name, "new")
    if made.returncode or not same(examples / name, folder / "new"):
        return "it is not copied: " + made.stderr
    told = commands(folder / "new" / "README.md")
    for line in told:
        done = run(folder / "new", *line)
        if done.returncode or done.stderr.strip() and line[0] != "batch":
            return f"{line}: {done.returncode} {done.stderr}"
        if line[0] == "check" and not done.stdout.startswith("10 records checked: 0 errors, 0 warnings"):
            return f"{line}: {done.stdout}"
    letters = sorted((folder / "new" / "out").glob("*.pdf"))
    if len(letters) != 10:
        return f"{len(letters)} letters"
    for letter in letters:
        pages = len(re.findall(rb"/Type */Page\b", letter.read_bytes()))
        if pages != PAGES.get(name, pages):
            return f"{letter.name} has {pages} pages"
    return None


def without_a_name_a_plain_letter(folder):
    run(folder, "init", "new")
    return None if same(examples / "plain", folder / "new") else "it is another"


def an_empty_folder_will_do(folder):
    (folder / "new").mkdir()
    return None if run(folder, "init", "new").returncode == 0 else "it is refused"


def nothing_is_written_over(folder):
    (folder / "new").mkdir()
    (folder / "new" / "mine").write_text("x")
    done = run(folder, "init", "new")
    left = [path.name for path in (folder / "new").iterdir()]
    return None if done.returncode == 1 and "E-INIT-THERE" in done.stderr and left == ["mine"] else done.stderr


def a_file_of_that_name_stays(folder):
    (folder / "new").write_text("x")
    done = run(folder, "init", "new")
    return None if done.returncode == 1 and (folder / "new").read_text() == "x" else done.stderr


def names_that_are_none(folder):
    for name in ("nosuch", "..", ".", "plain/templates", "/etc", ""):
        done = run(folder, "init", name, "new")
        if done.returncode != 1 or "E-INIT-EXAMPLE" not in done.stderr or "council" not in done.stderr:
            return f"{name!r}: {done.returncode} {done.stderr}"
    return None if not list(folder.iterdir()) else "something was written"


def where_is_asked_for(folder):
    done = run(folder, "init")
    return None if done.returncode == 2 and "E-INIT-WHERE" in done.stderr else f"{done.returncode} {done.stderr}"


def no_examples_are_there(folder):
    done = run(folder, "init", "new", where=folder / "nowhere")
    return None if done.returncode == 1 and not (folder / "new").exists() else done.stderr


cases = [(f"{path.name} works at once", lambda folder, name=path.name: an_example_works_at_once(name, folder))
         for path in sorted(examples.iterdir()) if (path / "README.md").is_file()]
cases += [(case.__name__.replace("_", " "), case) for case in (
    without_a_name_a_plain_letter, an_empty_folder_will_do, nothing_is_written_over, a_file_of_that_name_stays,
    names_that_are_none, where_is_asked_for, no_examples_are_there)]
print(f"1..{len(cases)}")
bad = 0
for number, (name, case) in enumerate(cases, 1):
    with tempfile.TemporaryDirectory() as folder:
        fault = case(pathlib.Path(folder))
    bad += fault is not None
    if fault is not None:
        print("".join(f"# {line}\n" for line in fault.splitlines()), end="")
    print(f"{'not ok' if fault is not None else 'ok'} {number} - {name}")
sys.exit(bad > 0)
