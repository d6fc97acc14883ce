#!/bin/sh
# words.sh - standard input's words, one a line and sorted: of letters and digits, no matter what stands beside them, marks of notes aside.
exec python3 -c '
import re, sys
text = re.sub("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", " ", sys.stdin.read())
print("\n".join(sorted(re.findall(r"[^\W¹²³]+(?:\u200c\w+)*", text))))'
