"""pdf.py - letters of this program, or of these tests, taken apart and put together by an attacker: their objects, updates
behind them, whole files written anew. Written by hand, since what is wanted is what no library would write."""

import re
import subprocess
import zlib

SIGNATURE_ROOM = 8192


def fields(value, key):
    """The text of a key's value in a dictionary without nesting below it, or None."""
    found = re.search(rb"/" + key + rb"\s*((?:\[[^\]]*\]|<<.*?>>|<[^>]*>|\([^)]*\)|\d+ 0 R|/?[^\s/<>\[\]()]+))", value, re.S)
    return found.group(1) if found else None


class Pdf:
    def __init__(self, data):
        self.data = data
        self.table = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
        self.compact = not data.startswith(b"xref", self.table)
        self.objects, self.packed, table = {}, {}, self.table
        while table is not None:
            table = self.read_stream(table) if self.compact else self.read_table(table)
        if not self.compact:
            self.trailer = re.findall(rb"trailer\s*(<<.*?>>)\s*startxref", data, re.S)[-1]
        self.size = int(fields(self.trailer, b"Size"))

    def read_table(self, at):
        end = self.data.index(b"trailer", at)
        numbers = self.data[at + 4:end].split()
        while numbers:
            first, count = int(numbers[0]), int(numbers[1])
            for i in range(count):
                offset, kind = int(numbers[2 + 3 * i]), numbers[4 + 3 * i]
                self.objects.setdefault(first + i, offset if kind == b"n" else None)
            numbers = numbers[2 + 3 * count:]
        previous = re.match(rb".*?/Prev (\d+)", self.data[end:self.data.index(b"startxref", end)], re.S)
        return int(previous.group(1)) if previous else None

    def read_stream(self, at):
        """A table that is a stream; the trailer is the newest one's dictionary. Objects of a stream have no place of their own:
        what is noted of them is where that begins."""
        head = self.data[at:self.data.index(b"stream", at)]
        self.trailer = self.trailer if at != self.table else head[head.index(b"<<"):].rstrip()
        widths = [int(width) for width in fields(head, b"W")[1:-1].split()]
        index = [int(n) for n in (fields(head, b"Index") or b"[0 %s]" % fields(head, b"Size"))[1:-1].split()]
        rows = unpredicted(self.stream(at), sum(widths)) if b"/Predictor" in head else self.stream(at)
        numbers = [first + i for first, count in zip(index[::2], index[1::2]) for i in range(count)]
        for i, number in enumerate(numbers):
            row, cells = rows[i * sum(widths):], []
            for width in widths:
                cells.append(int.from_bytes(row[:width], "big"))
                row = row[width:]
            if number not in self.objects:
                self.objects[number] = cells[1] if cells[0] else None
                if cells[0] == 2:
                    self.packed[number] = cells[2]
        previous = fields(head, b"Prev")
        return int(previous) if previous else None

    def stream(self, at):
        """The bytes of the stream that begins there."""
        begin = self.data.index(b"stream", at)
        head, begin = self.data[at:begin], begin + (8 if self.data[begin + 6:begin + 7] == b"\r" else 7)
        data = self.data[begin:begin + int(fields(head, b"Length"))]
        return zlib.decompress(data) if b"/FlateDecode" in head else data

    def unpacked(self, number):
        at = self.objects[self.objects[number]]
        head, data = self.data[at:self.data.index(b"stream", at)], self.stream(at)
        first = int(fields(head, b"First"))
        places = data[:first].split()
        begin = first + int(places[2 * self.packed[number] + 1])
        last = self.packed[number] + 1 == int(fields(head, b"N"))
        return data[begin:None if last else first + int(places[2 * self.packed[number] + 3])].strip()

    def body(self, number):
        """What stands between "obj" and "endobj"."""
        if number in self.packed:
            return self.unpacked(number)
        at = self.objects[number]
        begin = self.data.index(b"obj", at) + 3
        end, stream = self.data.index(b"endobj", begin), self.data.find(b"stream", begin)
        if not begin < stream < end:
            return self.data[begin:end].strip(b"\r\n")
        length = fields(self.data[begin:stream], b"Length")
        after = stream + int(self.body(int(length.split()[0])) if length.endswith(b"R") else length)
        return self.data[begin:self.data.index(b"endobj", after)].strip(b"\r\n")

    def find(self, pattern):
        """The number of the first object whose text fits."""
        return next(n for n, at in sorted(self.objects.items()) if at and not self.is_table(n) and re.search(pattern, self.body(n)[:3000], re.S))

    def root(self):
        return int(fields(self.trailer, b"Root").split()[0])

    def edited(self, number, old, new):
        body = self.body(number)
        changed = re.sub(old, lambda _: new, body, count=1, flags=re.S)
        assert changed != body, (number, old)
        return changed

    def update(self, objects, free=(), size=None, trailer=b"", offsets=None, before=b"", behind=b"", previous=None):
        """The file with an update: objects as {number: text}; more of the trailer; entries of the table that say otherwise;
        bytes before the table and behind the end."""
        out, places = bytearray(self.data), {}
        for number, body in sorted(objects.items()):
            places[number] = len(out)
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        out += before
        places.update(offsets or {})
        table = len(out)
        size = size or max([self.size - 1] + list(places)) + 1
        if self.compact:
            out += self.table_stream(places, free, size, self.next_trailer(size + 1, trailer, previous), table)
            return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table + behind)
        out += b"xref\n"
        for number in sorted(set(places) | set(free)):
            out += b"%d 1\n" % number
            out += b"0000000000 00001 f\r\n" if number in free else b"%010d 00000 n\r\n" % places[number]
        out += b"trailer\n" + self.next_trailer(size, trailer, previous) + b"\nstartxref\n%d\n%%%%EOF\n" % table
        return bytes(out + behind)

    @staticmethod
    def table_stream(places, free, number, trailer, table):
        rows, places = b"", {**places, number: table}
        numbers = sorted(set(places) | set(free))
        for n in numbers:
            rows += b"\0\0\0\0\0\1" if n in free else b"\1" + places[n].to_bytes(4, "big") + b"\0"
        index = b" ".join(b"%d 1" % n for n in numbers)
        return (b"%d 0 obj\n" % number + trailer[:-2] + b"/Type/XRef/W[1 4 1]/Index[%s]/Length %d>>\nstream\n" % (index, len(rows)) +
                rows + b"\nendstream\nendobj\n")

    def next_trailer(self, size, more=b"", previous=None):
        kept = b"".join(b"/" + key + b" " + fields(self.trailer, key) for key in (b"Root", b"Info", b"ID")
                        if fields(self.trailer, key) and b"/" + key + b" " not in more)
        return b"<<%s%s/Size %d/Prev %d>>" % (kept, more, size, self.table if previous is None else previous)

    def is_table(self, number):
        return number not in self.packed and re.match(rb"\s*<</Type/(?:XRef|ObjStm)\b", self.body(number)) is not None

    def rewritten(self, objects):
        """The whole file written anew with some objects changed, its signature's numbers as they were."""
        bodies = {n: self.body(n) for n, at in self.objects.items() if at and not self.is_table(n)}
        bodies.update(objects)
        root, info = fields(self.trailer, b"Root"), fields(self.trailer, b"Info")
        return write_file(bodies, b"/Root " + root + (b"/Info " + info if info else b""))


def unpredicted(rows, width):
    """Rows of PNG's filter "up", a byte before each."""
    out, above = b"", bytes(width)
    for at in range(0, len(rows), width + 1):
        assert rows[at] == 2
        above = bytes((a + b) & 255 for a, b in zip(rows[at + 1:at + 1 + width], above))
        out += above
    return out


def write_file(bodies, trailer, head=b"%PDF-1.7\n"):
    out, places = bytearray(head), {}
    for number, body in sorted(bodies.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table, size = len(out), max(bodies) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        out += b"%010d 00000 n\r\n" % places[number] if number in places else b"0000000000 65535 f\r\n"
    return bytes(out + b"trailer\n<<%s/Size %d/ID[<01><01>]>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, size, table))


def cms(folder, data, *options, signer="signer"):
    """A detached CMS signature, by the program openssl."""
    command = ["openssl", "cms", "-sign", "-binary", "-md", "sha256", "-outform", "DER", "-signer", "pki/%s.pem" % signer,
               "-inkey", "pki/%s.key" % signer, *([] if "-noattr" in options else ["-cades"]), *options]
    return subprocess.run(command, cwd=folder, input=data, stdout=subprocess.PIPE, check=True).stdout


def signature_object(more=b""):
    return (b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20201013090000Z)" + more +
            b"/ByteRange[0 " + b" " * 32 + b"]/Contents<" + b"00" * SIGNATURE_ROOM + b">>>")


def signed(folder, data, *options, signer="signer"):
    """A file with a signature_object, its room filled."""
    start = data.rindex(b"/Contents<" + b"00" * 100) + 9
    end = start + 2 * SIGNATURE_ROOM + 2
    numbers = b"%d %d %d" % (start, end, len(data) - end)
    place = data.rindex(b"/ByteRange[0 ", 0, start) + 13
    data = data[:place] + numbers + data[place + len(numbers):]
    der = cms(folder, data[:start] + data[end:], *options, signer=signer)
    return data[:start + 1] + der.hex().encode() + data[start + 1 + 2 * len(der):]
