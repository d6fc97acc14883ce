#!/usr/bin/env python3
"""sources.py [--check] - writes SOURCES.md from the records beside it: each fact, how far it is known
and where it was found. What stands outside of the two marks in SOURCES.md is written by hand.

--check writes nothing, and fails when SOURCES.md is not what the records say, when a fact has
neither a source nor a standing, or when a quotation is longer than it may be."""

import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PAGE = FOLDER / "SOURCES.md"
BEGIN = "<!-- What follows is written by sources.py, from the records. -->\n"
END = "<!-- Up to here. -->\n"
SPACE = "{urn:lettermerge:recipient:1}"
STANDINGS = ("seen", "derived", "inferred", "recalled")
MOST_WORDS = 15  # of a quotation
CHOICES = {"vru.in-report"}  # not a fact but what the letter may say; "no" needs no source


class Source:
    def __init__(self, of, words, href, date, quote, remark):
        self.of, self.words, self.href = of, " ".join((words or "").split()), href
        self.date, self.quote, self.remark = date, quote, remark


class Fact:
    def __init__(self, name, text, about):
        self.name, self.text = name, text
        self.standing, self.valid, self.sources = about["standing"], about["valid"], []
        if about["source"]:
            self.sources.append(about["source"])


def name_of(element):
    return element.tag.replace(SPACE, "")


# What an element says holds for all in it that does not speak for itself; standing and source go
# together.
def about_of(element, around):
    about = dict(around)
    said = element.get("standing") or {"no": "recalled", "yes": ""}.get(element.get("confirmed"))
    source = element.get("source")
    if said is not None or source:
        about["standing"], about["source"] = said or "", None
    if source:
        href = source if re.match("https?://", source) else None
        about["source"] = Source(
            "", "" if href else source, href, element.get("source-date"), element.get("quote"), None
        )
    if element.get("valid"):
        about["valid"] = element.get("valid")
    return about


def is_step(element):
    words = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
    return len(element) and not words and name_of(element[0]) != "line"


def facts_in(element, path, around):
    for child in element:
        if name_of(child) == "sources":
            continue
        about, name = about_of(child, around), path + name_of(child)
        if is_step(child):
            yield from facts_in(child, name + ".", about)
        else:
            text = ", ".join(" ".join(part.split()) for part in child.itertext() if part.strip())
            yield Fact(name, text, about)


def covers(of, name):
    return any(name == one or name.startswith(one + ".") for one in of.split())


def facts_of(record):
    facts = list(facts_in(record, "", about_of(record, {"standing": "", "source": None, "valid": None})))
    for one in record.iterfind(f"{SPACE}sources/{SPACE}source"):
        get = one.get
        source = Source(get("of"), one.text, get("href"), get("date"), get("quote"), get("remark"))
        for fact in facts:
            if covers(source.of, fact.name):
                fact.sources.append(source)
    for fact in facts:
        fact.standing = fact.standing or ("seen" if fact.sources else "")
    return facts


def faults(name, facts):
    for fact in facts:
        if fact.name in CHOICES and fact.text == "no":
            continue
        if fact.standing not in STANDINGS:
            yield f"{name}: {fact.name} does not say how far it is known"
        if fact.standing != "recalled" and not fact.sources:
            yield f"{name}: {fact.name} does not say where it was found"
        for source in fact.sources:
            if source.quote and len(source.quote.split()) > MOST_WORDS:
                yield f"{name}: the quotation “{source.quote}” has more than {MOST_WORDS} words"


# -- as a page ---------------------------------------------------------------------------------


def plain(text):
    return re.sub(r"([\\|*_<>\[\]])", r"\\\1", text)


def show(source):
    words = plain(source.words or source.href)
    text = f"[{words}](<{source.href}>)" if source.href else words
    if source.date and not re.search(re.escape(source.date[:4]), source.words):
        text += f", {source.date}"
    if source.quote:
        text += f": “{plain(source.quote)}”"
    return text + (f" *{plain(source.remark)}*" if source.remark else "")


def show_standing(fact):
    if fact.name in CHOICES and not fact.standing:
        return fact.text
    text = fact.standing if fact.standing == "seen" else f"**{fact.standing}**"
    return (text if fact.standing else "—") + (f"; holds for {fact.valid}" if fact.valid else "")


def title_of(facts):
    return next(fact.text for fact in facts if fact.name == "area")


def anchor(title):
    return re.sub(r"[^\w -]", "", title).lower().replace(" ", "-")


def page_of(records):
    every = [fact for facts in records.values() for fact in facts]
    counts = ", ".join(f"{sum(f.standing == s for f in every)} {s}" for s in STANDINGS)
    yield f"The eighteen records hold {sum(f.standing != '' for f in every)} facts: {counts}.\n\n"
    yield "## To be confirmed\n\n| record | derived | inferred | recalled |\n|---|---|---|---|\n"
    for facts in records.values():
        row = [[f"`{f.name}`" for f in facts if f.standing == s] for s in STANDINGS[1:]]
        cells = " | ".join(", ".join(names) or "—" for names in row)
        yield f"| [{plain(title_of(facts))}](#{anchor(title_of(facts))}) | {cells} |\n"
    for name, facts in records.items():
        yield f"\n## {plain(title_of(facts))}\n\n[{name}]({name})\n\n"
        yield "| field | standing | sources |\n|---|---|---|\n"
        for fact in facts:
            where = "<br>".join(map(show, fact.sources)) or "—"
            yield f"| `{fact.name}` | {show_standing(fact)} | {where} |\n"
    yield "\n"


def main():
    records = {path.name: facts_of(xml.parse(path).getroot()) for path in sorted(FOLDER.glob("*.xml"))}
    wrong = [fault for name, facts in records.items() for fault in faults(name, facts)]
    before = PAGE.read_text("utf-8")
    head, rest = before.split(BEGIN)
    page = head + BEGIN + "\n" + "".join(page_of(records)) + END + rest.split(END)[1]
    if "--check" not in sys.argv:
        PAGE.write_text(page, "utf-8")
    elif page != before:
        wrong.append("SOURCES.md is not what the records say; recipients/sources.py writes it anew")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
