"""What a Python service does with entries, with the standard tools alone.

`write` prints the value of stdin through each pipeline, as hexadecimal; `read` prints which of the entries of stdin do
not hold the value; `show` prints what the one MessagePack entry of stdin is to Python.
"""

import gzip
import importlib
import json
import pickle
import sys
import zlib


def optional(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


msgpack = optional("msgpack")
zstandard = optional("zstandard")

steps = {
    "json": (lambda value: json.dumps(value).encode(), lambda data: json.loads(data)),
    "pickle": (pickle.dumps, pickle.loads),
    "zlib": (zlib.compress, zlib.decompress),
    "gzip": (gzip.compress, gzip.decompress),
    "msgpack": (lambda value: msgpack.packb(value), lambda data: msgpack.unpackb(data)),
    "zstd": (
        lambda data: zstandard.ZstdCompressor(level=3, threads=0).compress(data),
        lambda data: zstandard.ZstdDecompressor().decompress(data),
    ),
}


def write(value, pipeline):
    for step in pipeline.split("+"):
        value = steps[step][0](value)
    return value


def read(data, pipeline):
    for step in reversed(pipeline.split("+")):
        data = steps[step][1](data)
    return data


request = json.load(sys.stdin)
if sys.argv[1] == "write":
    answer = {pipeline: write(request["value"], pipeline).hex() for pipeline in request["pipelines"]}
elif sys.argv[1] == "read":
    entries = request["entries"].items()
    answer = [name for name, entry in entries if read(bytes.fromhex(entry), name) != request["value"]]
else:
    answer = repr(msgpack.unpackb(bytes.fromhex(request), timestamp=3, strict_map_key=False))
print(json.dumps(answer))
