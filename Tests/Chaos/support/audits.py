"""Audits that exist already, in every layout and torn at every byte, and files that are none."""

import json
import os

from support import program
from support.configurations import audit, pipeline, write

OWN = [
    {"run_id": f"01a2252c-52c3-7b62-be45-cc4bfe43ff{number:02x}", "sequence_id": f"old-{number}",
     "state": "routing/agent/available", "reason": 'a ] and a } and a \\" in "it"'}
    for number in range(3)]
COMPACT = json.dumps(OWN, separators=(",", ":")).encode()
NEW = 12


def layouts(is_short):
    """Whole arrays, as people and tools lay them out."""
    huge = [dict(OWN[0], padding="x" * 900, sequence_id=f"h-{number}")
            for number in range(2_000 if is_short else 30_000)]
    deep = "[" * 60 + "]" * 60
    return {
        "compact": COMPACT,
        "tabs": json.dumps(OWN, indent="\t").encode(),
        "crlf": json.dumps(OWN, indent=2).replace("\n", "\r\n").encode() + b"\r\n",
        "one-line-each": b"[\n" + b",\n".join(json.dumps(one).encode() for one in OWN) + b"\n]\n",
        "trailing-blanks": COMPACT + b" \n\t\r\n" * 40,
        "leading-blanks": b"\n\n  \t" + COMPACT,
        "blank-brackets": b"[ \n ]",
        "empty-array": b"[]",
        "empty-file": b"",
        "nested-arrays": f'[[1,[2,{{"a":[]}}]],{deep}]'.encode(),
        "scalars": b'[1,-2.5e+3,"]",null,true,"\\"",""]',
        "foreign-records": b'[{"sequence_id":"old-1"},{"sequence_id":"old-2"}]',
        "unicode": '[{"run_id":"\u2028\U0001f600","a":"é"}]'.encode(),
        "huge": json.dumps(huge, indent=1).encode(),
    }


# What is no audit, and what can't have come from a write that broke off.
FOREIGN = {
    "object": b'{"a":1}', "text": b"Dear audit,\n", "binary": bytes(range(256)),
    "torn-foreign": b'[1,{"not":"an audit', "torn-foreign-element": b'[{"a":1},{"b":',
    "array-and-text": b"[] x", "array-and-comma": b"[1,2],", "lines": b'{"run_id":"x"}\n' * 3,
    "closing": b"]", "blank": b" \n\n", "number": b"12", "zeros": bytes(4096),
    "two-arrays": COMPACT + b"\n" + COMPACT,
    "lost-comma": COMPACT.replace(b"},{", b"}{", 1),
    "stray-text-between": COMPACT.replace(b"},{", b"},oops{", 1),
    "array-and-a-note": COMPACT + b"\nchecked by Ann, 3 March\n",
}


def put(folder, content, name="audit.json"):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content)
    return path


def get(path):
    with open(path, "rb") as file:
        return file.read()


def append(folder, path="audit.json"):
    write(folder, pipeline(sinks={"audit": audit(path)}))
    return program.run(["run"], folder, seconds=30)


def layout_trial(content):
    def body(folder, _):
        path = put(folder, content)
        code, said = append(folder)
        faults = [] if code == 0 else [f"exit code {code}: {said[-300:]}"]
        if "torn" in said:
            faults.append("calls it torn")
        old = json.loads(content) if content.strip() else []
        kept = content.rstrip()[:-1].rstrip()
        if not get(path).startswith(kept):
            faults.append("what was there has another layout now")
        return faults + expect(path, old, NEW)
    return body


def expect(path, old, count):
    """The old records, and so many new ones behind them."""
    try:
        found = json.loads(get(path))
    except ValueError as error:
        return [f"{path} isn't whole: {error}"]
    if found[: len(old)] != old:
        return [f"of {len(old)} old records {sum(one in found for one in old)} are left"]
    if len(found) - len(old) != count:
        return [f"{len(found) - len(old)} new records, expected {count}"]
    return []


def foreign_trial(content):
    def body(folder, _):
        path = put(folder, content)
        code, said = append(folder)
        faults = []
        if code != 1 or "audit.json" not in said:
            faults.append(f"exit code {code}, expected a refusal by name: {said[-300:]}")
        if get(path) != content:
            faults.append(f"{len(content)} bytes were changed into {len(get(path))}")
        return faults
    return body


def whole(indent):
    """The records as one array."""
    return json.dumps(OWN, indent=indent).encode() + b"\n"


def last_record(content):
    """Where the record before the last ends, and where the last does."""
    return content.rindex(b"}", 0, content.rindex(b"{")) + 1, content.rindex(b"}") + 1


def torn_trial(content, place):
    """The file breaks off at a byte of the last record."""
    def body(folder, _):
        start, end = last_record(content)
        path = put(folder, content[:place])
        code, said = append(folder)
        old = OWN if place == end else OWN[:2]
        faults = [] if code == 0 else [f"exit code {code}: {said[-300:]}"]
        lost = 0 if place == end else place - start
        if lost and f"cut {lost} bytes of a torn record off" not in said:
            faults.append(f"{lost} bytes cut, and it doesn't say so: {said[:200]}")
        return faults + expect(path, old, NEW)
    return body


def torn_start_trial(content):
    """The file broke off before its first record."""
    def body(folder, _):
        path = put(folder, content)
        code, said = append(folder)
        return ([] if code == 0 else [f"exit code {code}: {said[-300:]}"]) + expect(path, [], NEW)
    return body


def audit_trials(is_short):
    """(name, function) pairs."""
    for name, content in layouts(is_short).items():
        yield f"layout-{name}", layout_trial(content)
    for name, content in FOREIGN.items():
        yield f"foreign-{name}", foreign_trial(content)
    # What the program's first write of all may leave.
    for content in (b"[", b"[\n", b"[\n]"):
        yield f"torn-first-{len(content)}", torn_start_trial(content)
    for indent, layout in ((2, "own"), (None, "compact"), ("\t", "tabs")):
        start, end = last_record(whole(indent))
        for place in range(start, end + 1, 97 if is_short else 1):
            yield f"torn-{layout}-{place}", torn_trial(whole(indent), place)
