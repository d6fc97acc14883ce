"""mutations.py - the ways in which a C file can be changed a little, each a replacement of some of its
bytes. It knows C as far as tokens, brackets and the heads of functions go; what it changes wrongly
does not compile, and is counted as that.

Left alone: comments, strings, the preprocessor, assertions, and statements that only free or lock,
which no result shows (the sanitizers' runs are for those).
"""

import re
from typing import NamedTuple

TOKEN = re.compile(
    r"""(?P<space>\s+|/\*.*?\*/|//[^\n]*|^[ \t]*\#(?:\\\n|[^\n])*)
      | (?P<text>(?:u8|[LuU])?"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?P<number>0[xX][0-9a-fA-F]+[uUlL]*|\d+\.\d+|\d+[uUlL]*)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<mark><<=|>>=|\.\.\.|->|\+\+|--|&&|\|\||<<|>>|[-+*/%&|^<>=!]=|.)""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)

RELATIONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
LOGIC = {"&&": "||", "||": "&&"}
ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "/", "<<": ">>", ">>": "<<", "&": "|",
              "|": "&", "+=": "-=", "-=": "+=", "++": "--", "--": "++", "|=": "&=", "&=": "|="}
KEYWORDS = {"if", "else", "for", "while", "do", "switch", "case", "default", "return", "break",
            "continue", "goto", "sizeof", "struct", "union", "enum", "static", "const", "extern"}
NUMBERS = {"int", "sp", "size_t", "int64_t", "uint32_t", "uint64_t", "int32_t", "long", "unsigned"}
HEADS = re.compile(r"^(if|for|while|\w+_each)$")  # of what a statement follows
UNSEEN = re.compile(r"^(free|\w+_free|\w+_destroy|arena_restore|pthread_mutex_\w+|assert)$")


class Token(NamedTuple):
    kind: str
    text: str
    at: int
    end: int


class Mutation(NamedTuple):
    kind: str
    at: int
    end: int
    new: str


def tokens_of(source):
    found = (Token(match.lastgroup, match.group(), match.start(), match.end())
             for match in TOKEN.finditer(source))
    return [token for token in found if token.kind != "space"]


def find_brackets(tokens):
    """The index of each bracket's other one, and of the nearest one around each token."""
    other, around, open_ones = {}, [], [-1]
    for i, token in enumerate(tokens):
        if token.text in (")", "]", "}") and len(open_ones) > 1:
            other[i] = open_ones.pop()
            other[other[i]] = i
        around.append(open_ones[-1])
        if token.text in ("(", "[", "{"):
            open_ones.append(i)
    return other, around


class Source:
    def __init__(self, text):
        self.text = text
        self.tokens = tokens_of(text)
        self.other, self.around = find_brackets(self.tokens)
        self.skipped = self.spans_of("assert")
        self.bodies = list(self.find_functions())
        self.enums = self.find_enums()

    def spans_of(self, name):
        return [(i, self.other[i + 1]) for i, token in enumerate(self.tokens[:-1])
                if token.text == name and i + 1 in self.other]

    def is_skipped(self, i):
        return any(first <= i <= last for first, last in self.skipped)

    def find_functions(self):
        """(first token, last token, its type: "truth", "number", "pointer" or "")."""
        i, start = 0, 0
        while i < len(self.tokens):
            text = self.tokens[i].text
            if text == "{":
                end = self.other.get(i, len(self.tokens) - 1)
                if i and self.tokens[i - 1].text == ")":
                    yield i, end, self.type_of(start, i)
                i = end
                start = i + 1
            elif text == ";":
                start = i + 1
            i += 1

    def type_of(self, start, end):
        words = []
        for token in self.tokens[start:end]:
            if token.text == "(":
                break
            words.append(token.text)
        words = [word for word in words[:-1] if word not in ("static", "inline", "const")]
        if "*" in words:
            return "pointer"
        if words == ["bool"]:
            return "truth"
        return "number" if words and words[-1] in NUMBERS else ""

    def find_enums(self):
        spans = []
        for i, token in enumerate(self.tokens):
            if token.text == "enum":
                k = i + 1 + (self.tokens[i + 1].kind == "word")
                if self.tokens[k].text == "{":
                    spans.append((k, self.other[k]))
        return spans

    # -- one kind of mutation after the other ---------------------------------------------------

    def constants(self):
        for i, token in enumerate(self.tokens):
            if token.kind == "number" and not self.is_skipped(i) and "." not in token.text:
                value = int(token.text.rstrip("uUlL"), 0) if token.text[:2] in ("0x", "0X") else int(
                    token.text.rstrip("uUlL"), 8 if re.match(r"0\d", token.text) else 10)
                for new in sorted({0, value + 1, max(value - 1, 0), 2 * value} - {value}):
                    yield i, Mutation("constant", token.at, token.end, str(new))

    def swapped(self, kind, table):
        for i, token in enumerate(self.tokens):
            if token.kind != "mark" or token.text not in table or not self.in_function(i):
                continue
            around = self.text[token.at - 1] + self.text[token.end]
            unary = token.text in ("++", "--")
            if (unary or around == "  ") and not self.is_skipped(i):
                yield Mutation(kind, token.at, token.end, table[token.text])

    def conditions(self):
        for i, token in enumerate(self.tokens[:-1]):
            if token.text == "if" and self.in_function(i):
                end = self.tokens[self.other[i + 1]].end
                inner = self.text[self.tokens[i + 1].at : end]
                yield Mutation("condition", self.tokens[i + 1].at, end, "(!" + inner + ")")
            elif token.text == "!" and not self.is_skipped(i):
                yield Mutation("condition", token.at, token.end, "")

    def statements(self):
        for i, token in enumerate(self.tokens[:-1]):
            if not self.in_function(i) or not self.begins_statement(i):
                continue
            if token.text in KEYWORDS or HEADS.match(token.text) or UNSEEN.match(token.text):
                continue
            next_one = self.tokens[i + 1]
            call = token.kind == "word" and re.match(r"^(\(|\.|->|\[|=|[-+*/%&|]=|\+\+|--)$",
                                                     next_one.text)
            end = self.end_of_statement(i)
            if end and (call or token.text in ("*", "++", "--")):
                yield Mutation("statement", token.at, end, ";")

    def jumps(self):
        for i, token in enumerate(self.tokens[:-1]):
            if token.text in ("break", "continue") and self.tokens[i + 1].text == ";":
                yield Mutation("jump", token.at, self.tokens[i + 1].end, ";")

    def returns(self):
        for first, last, kind in self.bodies:
            for i in range(first, last):
                if self.tokens[i].text != "return" or self.tokens[i + 1].text == ";":
                    continue
                end = self.end_of_statement(i)
                if not end:
                    continue
                at, end = self.tokens[i + 1].at, end - 1
                value = self.text[at:end]
                new = {"truth": "!(%s)" % value, "number": "(%s) + 1" % value,
                       "pointer": "NULL"}.get(kind)
                if new and value != new:
                    yield Mutation("return", at, end, new)

    def truths(self):
        for token in self.tokens:
            if token.text in ("true", "false"):
                yield Mutation("truth", token.at, token.end,
                               "false" if token.text == "true" else "true")

    def in_function(self, i):
        return any(first < i < last for first, last, _ in self.bodies)

    def begins_statement(self, i):
        before = self.tokens[i - 1]
        if before.text in (";", "{", "}", "else", "do"):
            return self.is_block(self.around[i])
        if before.text == ")" and i - 1 in self.other:
            return bool(HEADS.match(self.tokens[self.other[i - 1] - 1].text))
        return False

    def is_block(self, i):
        """Is the bracket that of statements, and not of an initializer?"""
        if self.tokens[i].text != "{":
            return False
        before = self.tokens[i - 1]
        if before.text == ")":
            head = self.tokens[self.other[i - 1] - 1]
            return head.kind == "word" and head.text != "return"
        return before.text in (";", "{", "}", "else", "do", ":")

    def end_of_statement(self, i):
        """Behind its semicolon; None where a macro leaves it without one."""
        while i < len(self.tokens) and self.tokens[i].text not in (";", "}"):
            i = self.other[i] + 1 if self.tokens[i].text in ("(", "[", "{") else i + 1
        return self.tokens[i].end if i < len(self.tokens) and self.tokens[i].text == ";" else None

    def mutations(self):
        found = [mutation for _, mutation in self.constants()]
        found += self.swapped("relation", RELATIONS)
        found += self.swapped("logic", LOGIC)
        found += self.swapped("arithmetic", ARITHMETIC)
        for more in (self.conditions, self.statements, self.jumps, self.returns, self.truths):
            found += more()
        return found

    def named_constants(self):
        """Those of enumerations and of static const numbers: prices, limits, thresholds."""
        for i, mutation in self.constants():
            in_enum = any(first < i < last for first, last in self.enums)
            line = self.text[self.text.rfind("\n", 0, mutation.at) + 1 : mutation.at]
            if in_enum or re.search(r"const \w+ \w+ = [^;{]*$", line):
                yield mutation


def line_of(text, at):
    return text.count("\n", 0, at) + 1
