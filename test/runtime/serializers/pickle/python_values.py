"""Pickles of plain data by Python itself.

`vectors` prints each value in protocols 0 to 5, as hexadecimal JSON: what vectors.json holds.
`check` reads such JSON from stdin, made by others, and prints what is not what it should be.
"""

import datetime as d
import decimal
import json
import pickle
import sys
import uuid

east = d.timezone(d.timedelta(hours=5, minutes=30), "IST")
shared = ["twice"]

# By name: the value, and what comes back from JavaScript where that is something else.
values = {
    "None": [None],
    "bools": [[True, False]],
    "small ints": [[0, 1, -1, 255, 256, 65535, 65536, 2**31 - 1, -(2**31)]],
    "large ints": [[2**31, -(2**31) - 1, 2**53 - 1, 2**53, -(2**63), 2**63, 10**100, -(10**700)]],
    "floats": [[1.5, -0.1, 1e300, 5e-324, 1e21, 123456789.25]],
    "a float without a fraction": [2.0, 2],
    "special floats": [[float("inf"), float("-inf"), -0.0]],
    "str": [["", "a", "é", "日本 🎉", "\\ \n\r\0\x1a '\"", "\ufeff", "\\u0041", "x" * 300]],
    "bytes": [[b"", b"a\x00\xff", bytes(range(256))]],
    "bytearray": [bytearray(b"a\xff"), b"a\xff"],
    "an empty bytearray": [bytearray(), b""],
    "lists": [[[], [1, [2, [3]]]]],
    "a long list": [list(range(1001))],
    "tuples": [[(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)], [[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]],
    "dicts": [{"a": 1, "b": {"c": None}, "__proto__": {"x": 1}, "": []}],
    "an empty dict": [{}],
    "a long dict": [{str(n): None for n in range(1001)}],
    "a dict of other keys": [{1: "int", "1": "str", (1, "a"): "tuple", None: "None", b"b": "bytes"}],
    "sets": [[set(), {1, 2, 3}]],
    "a set of tuples": [{(1, 2)}],
    "frozensets": [[frozenset(), frozenset([1])], [set(), {1}]],
    "a set of frozensets": [{frozenset([1])}],
    "a datetime in UTC": [d.datetime(2026, 11, 22, 17, 30, 15, 123000, d.timezone.utc)],
    "a datetime elsewhere": [
        d.datetime(2026, 11, 22, 17, 30, 15, 123456, east),
        d.datetime(2026, 11, 22, 12, 0, 15, 123000, d.timezone.utc),
    ],
    "a naive datetime": [
        d.datetime(1, 1, 1, 0, 0, 59, 999999),
        d.datetime(1, 1, 1, 0, 0, 59, 999000, d.timezone.utc),
    ],
    "a folded datetime": [
        d.datetime(2026, 10, 25, 2, 30, tzinfo=d.timezone.utc, fold=1),
        d.datetime(2026, 10, 25, 2, 30, tzinfo=d.timezone.utc),
    ],
    "dates": [[d.date(2026, 11, 22), d.date(1, 1, 1), d.date(9999, 12, 31)]],
    "timedeltas": [[d.timedelta(0), d.timedelta(1, 2, 3), d.timedelta(-1, 86399, 999999), d.timedelta.max]],
    "Decimals": [[decimal.Decimal(text) for text in ("1.50", "-0", "1E+400", "Infinity", "-12345678901234567890.5")]],
    "UUIDs": [[uuid.UUID("12345678-9abc-def0-0123-456789abcdef"), uuid.UUID(int=5)]],
    "a UUID that knows whether it is safe": [
        uuid.UUID("12345678-9abc-1ef0-8123-456789abcdef", is_safe=uuid.SafeUUID.safe),
        uuid.UUID("12345678-9abc-1ef0-8123-456789abcdef"),
    ],
    "the same list twice": [[shared, shared]],
}


def vectors():
    return {name: [pickle.dumps(value[0], protocol).hex() for protocol in range(6)] for name, value in values.items()}


def mismatches(written):
    for name, pickles in written.items():
        expected = values[name][-1]
        for protocol, text in enumerate(pickles):
            data = bytes.fromhex(text)
            found = pickle.loads(data)
            if repr(normal(found)) != repr(normal(expected)):
                yield f"{name}, protocol {protocol}: {found!r}"
            if protocol >= 2 and data[:2] != bytes([0x80, protocol]):
                yield f"{name}: not of protocol {protocol}"
    for name in values.keys() - written.keys():
        yield f"{name} is missing"


def normal(value):
    """With members of sets in order, for their repr."""
    if isinstance(value, (set, frozenset)):
        return [type(value).__name__, sorted(map(repr, map(normal, value)))]
    return [normal(item) for item in value] if isinstance(value, list) else value


if sys.argv[1] == "vectors":
    print(json.dumps(vectors(), indent=1))
else:
    print(json.dumps(list(mismatches(json.load(sys.stdin)))))
