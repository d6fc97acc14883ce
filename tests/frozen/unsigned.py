"""unsigned.py FILE - a signed letter without what another signer, and another length of the signature, would
change: the hole, the identifier that counts it, and where things stand behind it."""

import re
import sys

file = open(sys.argv[1], "rb").read()
for part in (rb"/Contents<[0-9A-Fa-f]+>", rb"/ByteRange\[[^]]*\]", rb"/ID\[[^]]*\]", rb"\n\d{10} \d{5} n", rb"startxref\n\d+"):
    file, found = re.subn(part, b"", file)
    assert found, part
sys.stdout.buffer.write(file)
