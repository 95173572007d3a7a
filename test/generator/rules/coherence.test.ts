import { describe, expect, it } from "vitest";
import { validateFile } from "../../../generator/src/generate/validate-file.ts";
import { readOnlyFiles } from "../read/memory-files.ts";
import { yamlPath } from "../read/read-text.ts";
import { brokenRules } from "./broken-rules.ts";

interface Parts {
  readonly top?: string;
  readonly backends?: string;
  readonly defaults?: string;
  readonly caches?: readonly string[];
  readonly included?: Readonly<Record<string, string>>;
}

const aCache = 'a: { key: "a:{id}", value: string, backend: shared, ttl: 1h }';

/** A file of one line for each section but `caches`, which has a line for each cache from line 6 on. */
function fileOf({ top = "", backends = "shared: redis://localhost", defaults = "", caches = [aCache] }: Parts): string {
  const sections = [`{ ${backends} }`, defaults && `{ ${defaults} }`];
  const lines = [`backends: ${sections[0]}`, defaults === "" ? "" : `defaults: ${sections[1]}`];
  return [
    "version: 1",
    "output: src/caches",
    top,
    ...lines,
    "caches:",
    ...caches.map((cache) => `  ${cache}`),
    "",
  ].join("\n");
}

/** What is found, without places. */
function broken(parts: Parts): readonly string[] {
  return brokenRules(fileOf(parts), parts.included).map((found) => found.replace(/^\S+ /, ""));
}

function messages(parts: Parts): readonly string[] {
  const files = readOnlyFiles({ [yamlPath]: fileOf(parts), ...parts.included });
  return validateFile(yamlPath, files).diagnostics.map(({ message, hint }) => `${message} (${hint})`);
}

it("a file of which all is used breaks no rule", () => {
  expect(broken({})).toEqual([]);
});

describe("an unused backend", () => {
  const backends = "shared: redis://localhost, spare: memory://";

  it("is one that no cache has", () => {
    expect(brokenRules(fileOf({ backends }))).toEqual(["4:40 warning C1704 spare"]);
    expect(messages({ backends })).toEqual(['no cache has the backend "spare" (Give it to a cache, or leave it out)']);
  });

  it("is none of a cache in another file, by default or by itself, or of one that is made", () => {
    const other = (rest: string): Parts => ({
      backends,
      top: "include: [other.yaml]",
      included: { "/project/other.yaml": `version: 1\n${rest}\n` },
    });
    expect(broken(other("caches: { b: { key: b, value: string, ttl: 1h, backend: spare } }"))).toEqual([]);
    expect(broken(other("defaults: { backend: spare }\ncaches: { b: { key: b, value: string, ttl: 1h } }"))).toEqual(
      [],
    );
    expect(broken(other("memoize: { b: { function: ./b.ts#b, ttl: 1h, backend: spare } }"))).toEqual([]);
  });

  it("is one that the defaults name, if no cache takes it", () => {
    expect(broken({ backends, defaults: "backend: spare" })).toEqual(["warning C1704 spare", "warning C1705 backend"]);
  });
});

describe("an unused default", () => {
  const idle = (name: string): string => `warning C1705 ${name}`;
  const cache = (name: string, more: string): string => `${name}: { key: "${name}:{id}", value: string, ${more} }`;
  const own = (more: string): string => cache("a", `backend: shared, ttl: 1h, ${more}`);

  it("is one that every cache overrides", () => {
    const caches = [cache("a", "ttl: 1h"), cache("b", "ttl: 2h")];
    expect(broken({ defaults: "backend: shared, ttl: 1m", caches })).toEqual([idle("ttl")]);
    expect(messages({ defaults: "backend: shared, ttl: 1m", caches })).toEqual([
      'no cache takes "ttl" of "defaults" (Leave it out: each cache of this file has its own, or has no use for it)',
    ]);
  });

  it("is none that one cache takes", () => {
    expect(broken({ defaults: "backend: shared, ttl: 1m", caches: [cache("a", "ttl: 1h"), cache("b", "")] })).toEqual(
      [],
    );
  });

  it.each([
    ["serializer: json", "serializer: text"],
    ["mode: async", "mode: async"],
    ["max-ttl: 1d", "max-ttl: 2d"],
    ["gutter: { ttl: 2s }", "gutter: false"],
    ["gutter: { ttl: 2s }", "on-backend-error: throw"],
    ["max-loads: 5", "max-loads: 6"],
    ["on-backend-error: throw", "on-backend-error: miss"],
    ["offload: 1mb", "serializer: text+zstd, offload: 64kb"],
  ])("is %s, where a cache writes %s", (property, written) => {
    expect(broken({ defaults: property, caches: [own(written)] })).toEqual([idle(property.split(":")[0] ?? "")]);
  });

  it.each([
    ["serializer: json", ""],
    ["mode: async", ""],
    ["max-ttl: 1d", ""],
    ["offload: 1mb", "serializer: text+zstd"],
    ["validate: false", "serializer: json"],
    ["blocking: true", "mode: sync"],
  ])("is not %s, where a cache has { %s }", (property, written) => {
    expect(broken({ defaults: property, caches: [own(written)] })).toEqual([]);
  });

  it("is one that makes no difference to any cache", () => {
    expect(broken({ defaults: "validate: false", caches: [own("")] })).toEqual([idle("validate")]);
    expect(broken({ defaults: "blocking: true", caches: [own("")] })).toEqual([idle("blocking")]);
    expect(broken({ defaults: "max-ttl: PT60M", caches: [own("")] })).toEqual([idle("max-ttl")]);
  });

  it("holds in its own file alone", () => {
    const included = {
      "/project/other.yaml": "version: 1\ncaches: { b: { key: b, value: string, ttl: 1h, backend: shared } }\n",
    };
    const parts = { top: "include: [other.yaml]", defaults: "ttl: 1m", included };
    expect(broken(parts)).toEqual([idle("ttl")]);
  });

  it("is taken by a cache that is made for a memoized function", () => {
    const top = "memoize: { b: { function: ./b.ts#b, backend: shared } }";
    expect(broken({ top, defaults: "ttl: 1m" })).toEqual([]);
  });
});

describe("environment", () => {
  const backends = 'shared: "${REDIS_URL}"';

  it("may list every name that URLs have", () => {
    expect(broken({ top: "environment: [REDIS_URL]", backends })).toEqual([]);
    expect(broken({ backends })).toEqual([]);
  });

  it("makes an error of every other one, which may have been meant", () => {
    const parts = { top: "environment: [REDIS_URL]", backends: 'shared: "${REDIS_ULR}"' };
    expect(brokenRules(fileOf(parts))).toEqual(["3:15 warning C1707 REDIS_URL", "4:24 error C1706 REDIS_ULR"]);
    expect(messages(parts)[1]).toBe(
      '"environment" names no variable "REDIS_ULR" (Did you mean REDIS_URL? Declared: REDIS_URL)',
    );
    expect(messages({ top: "environment: []", backends })).toEqual([
      '"environment" names no variable "REDIS_URL" (Add it to "environment". "environment" names none)',
    ]);
  });

  it("is told once of a URL that two backends have", () => {
    const anchored = 'shared: &url "${REDIS_ULR}", other: { url: *url, prefix: "other:" }';
    const caches = [aCache, 'b: { key: "b:{id}", value: string, backend: other, ttl: 1h }'];
    expect(broken({ top: "environment: []", backends: anchored, caches })).toEqual(["error C1706 REDIS_ULR"]);
  });

  it("is about defaults, options and development URLs too", () => {
    const shared =
      'shared: { url: "redis://${HOST:-localhost}?connect-timeout=${LIMIT}", development: "redis://${LOCAL:?where}" }';
    expect(broken({ top: "environment: []", backends: shared })).toEqual([
      "error C1706 HOST",
      "error C1706 LIMIT",
      "error C1706 LOCAL",
    ]);
  });

  it("holds for all files, whichever lists the names", () => {
    const other = "version: 1\nenvironment: [OTHER_URL]\nbackends: { other: '${OTHER_URL}' }\n";
    const cache = "caches: { b: { key: b, value: string, backend: other, ttl: 1h } }\n";
    const parts = { top: "include: [other.yaml]", backends };
    expect(broken({ ...parts, included: { "/project/other.yaml": other + cache } })).toEqual(["error C1706 REDIS_URL"]);
  });

  it("lists names of variables", () => {
    expect(messages({ top: "environment: ['${REDIS_URL}', a-b]" })).toEqual([
      '"${REDIS_URL}" is no name of an environment variable (Did you mean REDIS_URL? Names are letters, digits and _)',
      '"a-b" is no name of an environment variable (Names are letters, digits and _)',
    ]);
    expect(messages({ top: "environment: [1]" })).toEqual([
      'a name must be text, not the number 1 (Put it in quotes if that is meant: "1")',
    ]);
  });
});

describe("an unreachable ttl", () => {
  const cache = (more: string): string => `a: { key: "a:{id}", value: string, backend: shared, ${more} }`;

  it("is a max-ttl that is the ttl", () => {
    expect(broken({ caches: [cache("ttl: 1h, max-ttl: PT60M")] })).toEqual(["warning C1708 PT60M"]);
    expect(messages({ caches: [cache("ttl: 1h, max-ttl: 1h")] })).toEqual([
      '"max-ttl" of cache "a" has no effect: it is as long as the "ttl", which no call exceeds without it (Leave it out, or make it longer than "ttl")',
    ]);
    expect(broken({ caches: [cache("max-ttl: 1h")], defaults: "ttl: 1h" })).toEqual(["warning C1708 1h"]);
  });

  it("is no max-ttl that is longer, or takes back a default", () => {
    expect(broken({ caches: [cache("ttl: 1h, max-ttl: 2h")] })).toEqual([]);
    const caches = [cache("ttl: 1h, max-ttl: 1h"), `b${cache("ttl: 1h").slice(1).replace("a:", "b:")}`];
    expect(broken({ caches, defaults: "max-ttl: 1d" })).toEqual([]);
  });

  it("is one of more than a hundred years", () => {
    expect(broken({ caches: [cache("ttl: 36525d")] })).toEqual([]);
    expect(broken({ caches: [cache("ttl: 36526d")] })).toEqual(["warning C1708 36526d"]);
    expect(messages({ caches: [cache("ttl: 1h, max-ttl: 99999d")] })).toEqual([
      '"max-ttl" is longer than a hundred years, which no entry lives to see (Write forever if it is to have no end)',
    ]);
  });

  it("of the defaults is found once", () => {
    const caches = [cache(""), `b${cache("").slice(1).replace("a:", "b:")}`];
    expect(broken({ caches, defaults: "ttl: 99999d" })).toEqual(["warning C1708 99999d"]);
  });
});

describe("the bound of a memory", () => {
  const found = (url: string): readonly string[] =>
    broken({ backends: `shared: "${url}"` }).map((each) => each.slice(0, "warning C1709".length));

  it("is none where a process cannot reach it", () => {
    expect(found("memory://?max-bytes=4gb")).toEqual([]);
    expect(found("memory://?max-bytes=5gb")).toEqual(["warning C1709"]);
    expect(found("memory://?max-entries=5&max-bytes=5gb")).toEqual(["warning C1709"]);
    expect(messages({ backends: 'shared: "memory://?max-bytes=100gb"' })).toEqual([
      "max-bytes=100gb bounds nothing: a process of Node is out of memory before it is reached (Write what the process can spare, such as max-bytes=64mb)",
    ]);
  });

  it("lets it keep next to nothing below 1 kb", () => {
    expect(found("memory://?max-bytes=1kb")).toEqual([]);
    expect(found("memory://?max-bytes=64")).toEqual(["warning C1710"]);
    expect(messages({ backends: 'shared: "memory://?max-bytes=64"' })).toEqual([
      "max-bytes=64 keeps next to nothing: each entry counts for 200 bytes besides its key and value (Write what the process can spare, such as max-bytes=64mb; without a unit, it counts bytes)",
    ]);
  });

  it("is there by default, may come from the environment, and is that of a development URL as well", () => {
    expect(found("memory://")).toEqual([]);
    expect(found("memory://?max-bytes=${BOUND:-100gb}")).toEqual([]);
    expect(broken({ backends: 'shared: { url: "${URL}", development: "memory://?max-bytes=9gb" }' })).toEqual([
      'warning C1709 "memory://?max-bytes=9gb"',
    ]);
  });
});

describe("entries that live forever", () => {
  const forever = (key: string, more = ""): readonly string[] => [
    `a: { key: "${key}", value: string, backend: shared, ttl: forever${more} }`,
  ];
  const rule = "warning C1711 forever";

  it("have no end on a server that is not said to evict", () => {
    expect(broken({ caches: forever("a:{id}") })).toEqual([rule]);
    expect(messages({ caches: forever("a:{id}") })).toEqual([
      'entries of cache "a" live forever on backend "shared", which may never make room (Write a ttl; or write evicts: true under the backend if the server has "maxmemory" and an allkeys policy)',
    ]);
  });

  it.each(['"${REDIS_URL}"', "redis+cluster://one", '{ url: "${URL}", development: "memory://" }'])(
    "have none on %s",
    (url) => {
      expect(broken({ caches: forever("a:{id}"), backends: `shared: ${url}` })).toEqual([rule]);
    },
  );

  it.each([
    "memory://",
    "dummy://",
    "{ url: redis://localhost, evicts: true }",
    '{ url: "${CACHE_URL}", schemes: [memory] }',
  ])("have one on %s", (url) => {
    expect(broken({ caches: forever("a:{id}"), backends: `shared: ${url}` })).toEqual([]);
  });

  it.each(["a", "a:{locale:en|nl}", "a:{isShort:bool}:{locale:en|nl}"])("have one where the key is %s", (key) => {
    expect(broken({ caches: forever(key) })).toEqual([]);
  });

  it.each(["string", "int", "number", "bigint", "uuid", "date", "hash"])(
    "have none with {id:%s} in the key",
    (type) => {
      expect(broken({ caches: forever(`a:{locale:en|nl}:{id:${type}}`) })).toEqual([rule]);
    },
  );

  it("are found at the name of the cache where the ttl is a default", () => {
    const caches = ['a: { key: "a:{id}", value: string, backend: shared }'];
    expect(broken({ caches, defaults: "ttl: forever" })).toEqual(["warning C1711 a"]);
  });

  it("are a matter of what a cache says, not of what a call may ask for", () => {
    expect(
      broken({ caches: ['a: { key: "a:{id}", value: string, backend: shared, ttl: 1h, max-ttl: forever }'] }),
    ).toEqual([]);
  });
});

describe("a compressor", () => {
  const found = (serializer: string): readonly string[] => {
    const caches = [`a: { key: "a:{id}", value: string, backend: shared, ttl: 1h, serializer: "${serializer}" }`];
    return broken({ caches });
  };

  it("compresses nothing where min-size is larger than max-size", () => {
    expect(found("text+zlib://?min-size=2kb&max-size=1kb")).toEqual([
      'warning C1712 "text+zlib://?min-size=2kb&max-size=1kb"',
    ]);
    expect(found("text+gzip://?min-size=65mb")).toEqual(['warning C1712 "text+gzip://?min-size=65mb"']);
  });

  it.each(["text+zlib", "text+zlib://?min-size=1kb&max-size=1kb", "text+gzip://?min-size=64mb", "text+brotli"])(
    "has something to do as %s",
    (serializer) => expect(found(serializer)).toEqual([]),
  );

  it("of the defaults is told once", () => {
    const caches = [aCache, 'b: { key: "b:{id}", value: string, backend: shared, ttl: 1h }'];
    expect(broken({ caches, defaults: 'serializer: "text+zlib://?min-size=1gb"' })).toEqual([
      'warning C1712 "text+zlib://?min-size=1gb"',
    ]);
  });
});

describe("each rule about a file as a whole", () => {
  const everything = `version: 1
output: src/caches
environment:
  - REDIS_URL
  - SPARE_URL
backends:
  shared: redis://\${HOST}
  spare: redis://\${REDIS_URL}
  tiny: memory://?max-bytes=64
  huge: memory://?max-bytes=64gb
defaults:
  backend: shared
  ttl: 1h
  validate: false
caches:
  a:
    key: "a:{id}"
    value: string
    ttl: forever
  b:
    key: "b:{id}"
    value: string
    ttl: 1h
    max-ttl: 1h
    backend: tiny
  c:
    key: "c:{id}"
    value: string
    backend: huge
`;
  const found = brokenRules(everything);
  const codes = found.map((each) => each.split(" ")[2] ?? "");

  it("can be broken at once", () => {
    expect(found).toEqual([
      "5:5 warning C1707 SPARE_URL",
      "7:21 error C1706 HOST",
      "8:3 warning C1704 spare",
      "9:9 warning C1710 memory://?max-bytes=64",
      "10:9 warning C1709 memory://?max-bytes=64gb",
      "14:3 warning C1705 validate",
      "19:10 warning C1711 forever",
      "24:14 warning C1708 1h",
    ]);
  });

  it.each(codes)("%s has a severity, and can be suppressed", (code) => {
    const others = found.filter((each) => !each.includes(code));
    const own = found.find((each) => each.includes(code)) ?? "";
    expect(brokenRules(`${everything}rules: { ${code}: off }\n`)).toEqual(others);
    const severity = own.includes("error") ? "warning" : "error";
    expect(brokenRules(`${everything}rules: { ${code}: ${severity} }\n`)).toContain(
      own.replace(/warning|error/, severity),
    );
    const line = Number(own.split(":")[0]);
    const lines = everything.split("\n");
    lines[line - 1] += ` # cachetory-ignore ${code} that is meant`;
    expect(brokenRules(lines.join("\n"))).toEqual(others);
  });

  it("is not looked at where there is an error, which may be the cause", () => {
    expect(brokenRules(everything.replace("    value: string", "    value: 1"))).toEqual([
      "18:12 error C1008 1",
      "24:14 warning C1708 1h",
    ]);
  });
});
