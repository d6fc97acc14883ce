"""letter.py - one of our templates and its records as Typst reads them: the same words, notes, links and emphasis, on a page of the same size, type and measure.

write(template, records, folder) makes FOLDER/letter.typ and FOLDER/rows.json. Only what templates/vru-letter.xml has is known; anything else
ends the program, so that no letter is measured that says less than ours."""

import json
import os
import re
import xml.etree.ElementTree as tree

LETTER, RECORD = "{urn:lettermerge:letter:1}", "{urn:lettermerge:recipient:1}"
MONTHS = "January February March April May June July August September October November December".split()

PAGE = """#let r = json("row.json")
#set document(title: [%(title)s], author: "%(author)s")
#set page(paper: "a4", margin: (top: 25mm, right: 25mm, bottom: 22mm, left: 25mm), footer: context if counter(page).get().first() > 1 {
  align(right, text(size: 9pt, counter(page).display()))
})
#set text(font: "Liberation Sans", size: 11pt, lang: "en", region: "GB", hyphenate: false, top-edge: 0.9em, bottom-edge: -0.2em)
#set par(leading: 0.22em, spacing: 0.95em, linebreaks: "optimized")
#set footnote.entry(gap: 4pt)
#show footnote.entry: set text(size: 9pt)
#show link: it => underline(text(fill: rgb("#0b3d78"), it))
"""


def words(text):
    """White space as XML folds it; what Typst would read as markup behind a backslash."""
    return re.sub(r"([\\#*_@$<>\[\]`~'\"/=+-])", r"\\\1", re.sub(r"\s+", " ", text or ""))


def value(name):
    return '#r.at("%s")' % name


def content(element):
    """What stands in an element. A note clings to the word before it."""
    out = words(element.text)
    for child in element:
        if not isinstance(child.tag, str):
            out += words(child.tail)
            continue
        made = inline(child)
        out = (out.rstrip() if made.startswith("#footnote") else out) + made + words(child.tail)
    return out


def inline(element):
    tag = element.tag.removeprefix(LETTER)
    if tag == "choose":
        when, otherwise = element
        return '#if r.at("%s") == "yes" [%s] else [%s]' % (when.get("field"), content(when), content(otherwise))
    inner = content(element).strip()
    if tag == "field":
        return value(element.get("name")) if element.get("name") != "vru.highlight" else '#eval(r.at("vru.highlight"), mode: "markup")'
    if tag == "note":
        return "#footnote[%s]" % inner
    if tag in ("link", "email"):
        return '#link("%s")[%s]' % (element.get("href") or "mailto:" + element.text, inner)
    if tag == "strong":
        return "*%s*" % inner
    if tag == "abbr":
        return inner
    raise SystemExit("peer: no <%s> is known to tests/speed/peer/letter.py" % tag)


def lines(element, joint=" \\ "):
    return joint.join(value("address") if child.tag == LETTER + "field" else content(child).strip() for child in element)


def block(element, date):
    tag = element.tag.removeprefix(LETTER)
    if tag == "letterhead":
        return "#pad(left: 95mm, text(size: 9.5pt)[%s])" % lines(element)
    if tag == "date":
        return "#pad(left: 95mm)[%d %s %d]" % (date[2], MONTHS[date[1] - 1], date[0])
    if tag == "address":
        return '#text(size: 10pt)[%s]' % lines(element).replace(value("address"), '#r.at("address").split("\\n").join(linebreak())')
    if tag == "signature":
        return "#v(18mm)\n" + lines(element)
    if tag in ("salutation", "p", "closing"):
        return content(element).strip()
    raise SystemExit("peer: no <%s> is known to tests/speed/peer/letter.py" % tag)


def row(record):
    """A record's fields by their dotted names; a highlight, which may hold a note, as Typst's markup."""
    out = {"vru.in-report": "no"}

    def walk(element, path):
        for child in element:
            name = path + child.tag.removeprefix(RECORD)
            if name == "vru.highlight":
                out[name] = content(tree.fromstring(tree.tostring(child).replace(b"urn:lettermerge:recipient:1", b"urn:lettermerge:letter:1"))).strip()
            elif name == "address":
                out[name] = "\n".join(line.text for line in child)
            elif len(child):
                walk(child, name + ".")
            else:
                out[name] = re.sub(r"\s+", " ", child.text or "").strip()

    walk(record, "")
    return out | {"id": record.get("id")}


def write(template, records, folder):
    root = tree.parse(template).getroot()
    date = [int(part) for part in root.get("date").split("-")]
    parts = {child.tag.removeprefix(LETTER): child for child in root}
    head = PAGE % {"title": content(parts["title"]).strip(), "author": parts["author"].text}
    body = [child for child in root if child.tag.removeprefix(LETTER) not in
            ("title", "author", "description", "keywords", "fields", "continuation")]
    os.makedirs(os.path.join(folder, "out"), exist_ok=True)
    with open(os.path.join(folder, "letter.typ"), "w", encoding="utf-8") as out:
        out.write(head + "\n" + "\n\n".join(block(child, date) for child in body) + "\n")
    with open(os.path.join(folder, "rows.json"), "w", encoding="utf-8") as out:
        json.dump([row(record) for record in tree.parse(records).getroot()], out, ensure_ascii=False)
