"""stages.py FEW MANY LETTERS - what the instructions of a letter are for: Callgrind's counts of two runs, less one another, by LETTERS more letters.

A row is what a function of ours, or of a library, took with all that it called."""

import re
import subprocess
import sys

# Each row: its name, the functions that make it, and those in them that have rows of their own.
ROWS = (
    ("read", ["recipients_next"], []),
    ("merge", ["worker_merge"], []),
    ("key", ["keyer_take"], []),
    ("shape, break, compose", ["worker_set"], []),
    ("render: marks, tags, links, checks", ["prepare"], ["libdeflate_zlib_compress"]),
    ("deflate", ["libdeflate_zlib_compress"], []),
    ("SHA-256, of each byte, without the processor's own instructions", ["SHA256_Update", "SHA256_Final"], []),
    ("sign: ECDSA", ["EVP_PKEY_sign"], []),
    ("sign: what stands around it", ["sign_digest"], ["EVP_PKEY_sign"]),
    ("write, record, archive", ["batch_finish"], []),
)


def inclusive(path):
    """Instructions by function, without what the compiler adds to a name."""
    text = subprocess.run(["callgrind_annotate", "--threshold=100", "--inclusive=yes", path], capture_output=True, text=True, check=True).stdout
    found = {}
    for count, name in re.findall(r"^ *([\d,]+) \([^)]*\) +\S*:(PROGRAM TOTALS|[A-Za-z_]\w*)", text.replace("PROGRAM TOTALS", ":PROGRAM TOTALS"), re.M):
        found[name] = max(found.get(name, 0), int(count.replace(",", "")))
    return found


few, many = inclusive(sys.argv[1]), inclusive(sys.argv[2])
letters = int(sys.argv[3])
each = {name: (count - few.get(name, 0)) // letters for name, count in many.items()}
left = each["PROGRAM TOTALS"]
print("| instructions of a letter, by Callgrind, 500 letters less 100 | |\n|---|--:|")
for name, functions, without in ROWS:
    gone = [function for function in functions + without if function not in each]
    if gone:
        sys.exit("stages.py: not counted by themselves, as the compiler set them into others: " + ", ".join(gone))
    count = sum(each.get(function, 0) for function in functions) - sum(each.get(function, 0) for function in without)
    left -= count
    print(f"| {name} | {count:,} |")
print(f"| what else | {left:,} |\n| all of it | {each['PROGRAM TOTALS']:,} |")
