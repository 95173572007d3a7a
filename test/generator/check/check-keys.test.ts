import { fitKey } from "@cachetory/runtime/codegen/v1/core";
import { describe, expect, it } from "vitest";
import { cacheKeys } from "../../../generator/src/check/cache-keys.ts";
import { readDeclarations } from "../../../generator/src/read/read-declarations.ts";
import { backend, pattern, span } from "../emit/model.ts";
import { runtimePattern } from "../keys/written-key.ts";
import { readOnlyFiles } from "../read/memory-files.ts";
import { type Found, findingsIn, yamlPath } from "../read/read-text.ts";

/** Caches by name: a key, or a key and other properties. They are on `local`, a memory, unless they say otherwise. */
function yamlOf(
  caches: Readonly<Record<string, string | Readonly<Record<string, string | number>>>>,
  backends: readonly string[] = [],
): string {
  const lines = Object.entries(caches).map(([name, cache]) => {
    const properties = typeof cache === "string" ? { key: cache } : cache;
    return `  ${name}: ${JSON.stringify({ ...properties, value: "string" })}`;
  });
  return [
    "version: 1",
    "output: src/caches",
    "defaults: { backend: local, ttl: 1h }",
    "backends:",
    "  local: memory://",
    ...backends.map((line) => `  ${line}`),
    "caches:",
    ...lines,
    "",
  ].join("\n");
}

const errorsIn = (yaml: string): readonly Found[] => findingsIn(yaml).filter(({ code }) => code !== "C1402");
const codesIn = (yaml: string): readonly string[] => errorsIn(yaml).map(({ code }) => code);

describe("caches of one backend whose keys meet", () => {
  it("are found, with a key and the parameters of both", () => {
    const yaml = yamlOf({ order: "order:{id:int}", newest: "order:{slug}" });
    expect(findingsIn(yaml)).toEqual([
      {
        at: "8:18",
        text: '"order:{slug}"',
        code: "C1204",
        message:
          'keys of cache "newest" meet keys of cache "order": "order:1" is {slug: "1"} of "newest" and {id: 1} of "order"',
        hint: "Begin the key with text of its own, for example newest:",
      },
    ]);
    const { diagnostics } = readDeclarations(yamlPath, readOnlyFiles({ [yamlPath]: yaml }));
    const start = yaml.indexOf('"order:{id:int}"');
    expect(diagnostics[0]?.related).toEqual([
      {
        span: { file: yamlPath, start, end: start + '"order:{id:int}"'.length },
        message: 'the key of cache "order" is declared here',
      },
    ]);
  });

  it.each<[string, string, string]>([
    ["a:{x}", "a:{y}", '"a:a" is {x: "a"} of "second" and {y: "a"} of "first"'],
    ["{x}:b", "a:{y}", '"a:b" is {x: "a"} of "second" and {y: "b"} of "first"'],
    ["a", "a", '"a" is the key of "second" and the key of "first"'],
    ["a:b", "a:{x}", '"a:b" is the key of "second" and {x: "b"} of "first"'],
    ["a:{x:int}", "a:{x:bigint}", '"a:1" is {x: 1} of "second" and {x: 1n} of "first"'],
    ["a:{x:bool}", "a:{x:no|true}", '"a:true" is {x: true} of "second" and {x: "true"} of "first"'],
    ["a:{x:number}5", "a:{x:int}", '"a:15" is {x: 1} of "second" and {x: 15} of "first"'],
    ["{{{x}}}:b", "{{a}}:{y}", '"{a}:b" is {x: "a"} of "second" and {y: "b"} of "first"'],
    ["a:{x}.json", "a:b{y}", '"a:b.json" is {x: "b"} of "second" and {y: ".json"} of "first"'],
    ["a:50%25", "a:{x}", '"a:50%25" is the key of "second" and {x: "50%"} of "first"'],
    ["a:%e", "a:{x}", '"a:%e" is the key of "second" and {x: ""} of "first"'],
    [
      "a:{x:date}",
      "a:2024-02-29T000000.000Z",
      '"a:2024-02-29T000000.000Z" is {x: new Date("2024-02-29T00:00:00.000Z")} of "second" and the key of "first"',
    ],
    ["a:{x:number}", "a:0.1{y:int}", '"a:0.11" is {x: 0.11} of "second" and {y: 1} of "first"'],
    [
      "a:{x:hash}",
      "a:00000000000000000000000000000000",
      '"a:00000000000000000000000000000000" is {x: what has the hash 00000000000000000000000000000000} of "second" and the key of "first"',
    ],
  ])("are %s and %s", (second, first, witness) => {
    const [found] = findingsIn(yamlOf({ first, second }));
    expect(found?.message).toBe(`keys of cache "second" meet keys of cache "first": ${witness}`);
  });

  it.each<[string, string]>([
    ["a:{x}", "a:{x}:b"],
    ["a:{x}", "b:{x}"],
    ["a:{x:int}", "a:{y:uuid}"],
    ["a:{x:int}", "a:0{y:int}"],
    ["a:{x:uuid}", "a:{y:hash}"],
    ["a:{x:number}", "a:{y:date}"],
    ["a:{x:en|nl}", "a:{y:de|fr}"],
    ["a:{x:bool}", "a:{y:int}"],
    ["{x}:a", "{x}:b"],
    ["{{{x}}}", "{x}"],
    ["a:%2", "a:{x}"],
    ["a:{x}.json", "a:{y}.xml"],
  ])("are not %s and %s", (second, first) => {
    expect(errorsIn(yamlOf({ first, second }))).toEqual([]);
  });

  it("have the same revision, or none", () => {
    const key = "a:{x}";
    expect(codesIn(yamlOf({ a: key, b: { key, revision: 2 }, c: { key, revision: 3 } }))).toEqual([]);
    const [found] = findingsIn(yamlOf({ a: { key, revision: 2 }, b: { key, revision: 2 } }));
    expect(found?.message).toContain('"a:a~r2" is {x: "a"} of "b"');
  });

  it("are each reported once, with the first before it", () => {
    const found = findingsIn(yamlOf({ a: "k:{x}", b: "k:{y:int}", c: "other", d: "k:{z}", e: "k:7" }));
    expect(found.map(({ message }) => message.split(":")[0])).toEqual([
      'keys of cache "b" meet keys of cache "a"',
      'keys of cache "d" meet keys of cache "a"',
      'keys of cache "e" meet keys of cache "a"',
    ]);
  });

  it("are found at their names where an anchor gives both their key", () => {
    const yaml = yamlOf({ a: "x" }).replace(/a: \{.*/, 'a: &a { key: "k", value: string }\n  b: { <<: *a }');
    expect(findingsIn(yaml)).toMatchObject([{ at: "8:3", text: "b", code: "C1204" }]);
  });

  it("are found in the run that finds other mistakes of theirs", () => {
    const codes = codesIn(yamlOf({ a: { key: "k", ttl: 600 }, b: { key: "k", ttl: "soon" } }));
    expect([...codes].sort()).toEqual(["C1101", "C1101", "C1204"]);
  });

  it("are found among a thousand in no time", () => {
    const caches: Record<string, string> = {};
    for (let index = 0; index < 1000; index += 1) caches[`c${index}`] = `{tenant}:file-{name}.c${index}:{page:int}`;
    const yaml = yamlOf({ ...caches, last: "t:file-1.c7:8" });
    const startedMs = performance.now();
    expect(errorsIn(yaml).map(({ message }) => message)).toEqual([
      'keys of cache "last" meet keys of cache "c7": "t:file-1.c7:8" is the key of "last" and {tenant: "t", name: "1", page: 8} of "c7"',
    ]);
    // Less than a second by far; a comparison of pairs by automaton takes minutes.
    expect(performance.now() - startedMs).toBeLessThan(15_000);
  });
});

describe("keys of more than 512 bytes", () => {
  const long = "x".repeat(600);

  it("do not meet where they do not meet as they are stored: hashed, with their pattern", () => {
    expect(codesIn(yamlOf({ a: `a${long}:{x:int}`, b: `a${long}:{y:bigint}` }))).toEqual([]);
    expect(codesIn(yamlOf({ a: `a:{x}:${long}`, b: `a:b:${long}` }))).toEqual([]);
  });

  it("meet where the patterns are equal", () => {
    const [found] = findingsIn(yamlOf({ a: `a:{x:int}:${long}`, b: `a:{y:int}:${long}` }));
    expect(found?.message).toMatch(
      /^keys of cache "b" meet keys of cache "a": over 512 bytes, both are "a:~h[0-9a-f]{8}…"$/,
    );
  });

  it("count without the prefix", () => {
    const prefix = "p".repeat(510);
    const backends = [`one: { url: redis://h, prefix: "${prefix}" }`, `two: { url: redis://h, prefix: "${prefix}a:" }`];
    const caches = { a: { key: "a:{x}", backend: "one" }, b: { key: "{y}", backend: "two" } };
    expect(codesIn(yamlOf(caches, backends))).toEqual(["C1204"]);
  });

  it("begin as the runtime makes them begin", () => {
    const key = pattern("note:", ["author", "string"], ":", ["kind", ["a", "b"]]);
    const cache = { name: "note", nameSpan: span, backend: "local", key, keySpan: span, revision: 3 };
    const { hashed } = cacheKeys(cache, backend("local", { prefix: "shop:" }));
    const text = `shop:${fitKey("x".repeat(513), runtimePattern(key, 3))}`;
    expect(text.replace(/[0-9a-f]{32}~r3$/, "")).toBe(hashed.head);
    expect(hashed).toMatchObject({ tail: "~r3", areUsed: true });
  });

  it("are reached by the clear of another cache where 32 bits of their patterns agree by accident", () => {
    const [a, b] = accident();
    const [found] = findingsIn(yamlOf({ a, b }));
    expect(found).toMatchObject({ code: "C1205" });
    expect(found?.message).toMatch(
      /^clear of cache "a" would delete keys of cache "b": those over 512 bytes, "k:~h[0-9a-f]{8}…"$/,
    );
  });

  /** Two patterns that never meet, and whose over-long keys begin alike. */
  function accident(): readonly [string, string] {
    const byHead = new Map<string, number>();
    for (let index = 0; ; index += 1) {
      const key = pattern("k:", ["x", "string"], `:${index}`);
      const cache = { name: "c", nameSpan: span, backend: "local", key, keySpan: span, revision: undefined };
      const { head } = cacheKeys(cache, backend("local")).hashed;
      const earlier = byHead.get(head);
      if (earlier !== undefined) return [`k:{x}:${earlier}`, `k:{x}:${index}`];
      byHead.set(head, index);
    }
  }
});

describe("a clear that reaches another cache", () => {
  it("is found where what it takes for a number or date is none that is written", () => {
    expect(findingsIn(yamlOf({ version: "v:{of:number}", first: "v:1.0" }))).toMatchObject([
      {
        code: "C1205",
        text: '"v:1.0"',
        message: 'clear of cache "version" would delete keys of cache "first": "v:1.0", which is the key of "first"',
      },
    ]);
    expect(findingsIn(yamlOf({ first: "v:{x:01|1.50}", version: "v:{of:number}" }))).toMatchObject([
      {
        code: "C1205",
        text: '"v:{of:number}"',
        message: 'clear of cache "version" would delete keys of cache "first": "v:01", which is {x: "01"} of "first"',
      },
    ]);
    expect(codesIn(yamlOf({ a: "v:{x:date}", b: "v:2023-02-29T000000.000Z" }))).toEqual(["C1205"]);
    expect(codesIn(yamlOf({ a: "v:{x:int}", b: "v:9007199254740993" }))).toEqual(["C1205"]);
    expect(codesIn(yamlOf({ a: "v:{x}", b: "v:%41" }))).toEqual(["C1205"]);
    // A hash may well be of decimal digits alone.
    expect(codesIn(yamlOf({ a: "v:{x:number}", b: "v:{y:hash}" }))).toEqual(["C1205"]);
  });
});

describe("caches of two backends", () => {
  const caches = { a: { key: "k:{x}", backend: "one" }, b: { key: "k:{y}", backend: "two" } };
  const findings = (one: string, two: string): readonly Found[] =>
    errorsIn(yamlOf(caches, [`one: ${one}`, `two: ${two}`])).filter(({ code }) => code.startsWith("C12"));

  it.each([
    ["redis://h", "redis://h"],
    ["redis://h", "redis://h:6379/0"],
    ["redis://me:secret@H/1", "redis://h/01?connect-timeout=2s"],
    ["redis://localhost", "redis://127.0.0.1"],
    ["redis://[::1]/2", "redis://localhost/2"],
    ["${REDIS_URL}", "${REDIS_URL}"],
    ["redis://${HOST}/1?client-name=a", "redis://${HOST}/1?client-name=b"],
    ["{ url: '${A_URL}', development: redis://h }", "{ url: '${B_URL}', development: redis://h }"],
  ])("meet where both are one server: %s and %s", (one, two) => {
    expect(findings(one, two)).toMatchObject([
      {
        code: "C1204",
        message:
          'keys of cache "b" meet keys of cache "a": "k:a" is {y: "a"} of "b" and {x: "a"} of "a", ' +
          'where backend "two" and backend "one" are one server',
        hint: 'Give the backends prefixes that differ, such as "two:"',
      },
    ]);
  });

  it.each([
    ["${A_URL}", "${B_URL}"],
    ["${A_URL}", "redis://h"],
    ["${A_URL:-redis://a}", "redis://b"],
    ["redis://${HOST}", "rediss://h/1"],
    ["redis://${HOST}", "redis://${HOST}/1"],
    ["redis://h/${DB}", "redis://h/1"],
    ["redis://h:${PORT}", "redis://h/3"],
    ["redis://${HOST}", "redis://h:6380/3"],
    ["${SCHEME}://a", "redis://b"],
    ["${A_URL:-memory://}", "redis://h"],
    ["{ url: '${A_URL}', development: memory:// }", "redis://h"],
    ["{ url: 'redis://${HOST}/1', development: redis://localhost }", "redis://localhost"],
  ])("may meet where both may be one server: %s and %s", (one, two) => {
    const [found] = findings(one, two);
    const isSame = one.includes("development: redis");
    expect(found?.message).toContain(`where backend "two" and backend "one" ${isSame ? "are" : "may be"} one server`);
    expect(found?.hint).toBe(
      `Give the backends prefixes that differ, such as "two:"${isSame ? "" : "; or write distinct: true, if they never are one server"}`,
    );
  });

  it.each([
    ["memory://", "memory://"],
    ["memory://", "redis://h"],
    ["memory://", "${A_URL}"],
    ["dummy://", "dummy://"],
    ["redis://a", "redis://b"],
    ["redis://h/1", "redis://h/2"],
    ["redis://h", "redis://h/2"],
    ["redis://h", "redis://h:6380"],
    ["redis://${HOST}/1", "redis://${HOST}/2"],
    ["redis://${HOST}:1", "redis://${HOST}:2"],
    ["redis://:${PASSWORD}@a", "redis://:${PASSWORD}@b"],
    ["redis://a:${PORT}", "redis://b:${PORT}"],
    ["redis://${HOST}:6379", "redis://h/1"],
    ["${A_URL}/1", "${A_URL}/2"],
    ["{ url: '${A_URL}', development: memory:// }", "{ url: '${B_URL}', distinct: true, development: memory:// }"],
    ["{ url: '${A_URL}', schemes: [memory] }", "redis://h"],
    ["{ url: '${A_URL}', schemes: [memory, dummy] }", "{ url: '${B_URL}' }"],
  ])("do not meet where no entry of both lies in one place: %s and %s", (one, two) => {
    expect(findings(one, two)).toEqual([]);
  });

  it("meet in spite of distinct where there is no doubt", () => {
    expect(findings("{ url: redis://h, distinct: true }", "redis://h")).toMatchObject([{ code: "C1204" }]);
  });

  it("are compared with their prefixes", () => {
    const prefixed = (one: string, two: string, keys = caches): readonly string[] =>
      codesIn(yamlOf(keys, [`one: { url: redis://h, prefix: "${one}" }`, `two: { url: redis://h, prefix: "${two}" }`]));
    expect(prefixed("a:", "b:")).toEqual([]);
    expect(prefixed("a", "a:")).toEqual([]);
    expect(prefixed("a:", "a:")).toEqual(["C1204"]);
    const split = { a: { key: "b:{x}", backend: "one" }, b: { key: "{y}", backend: "two" } };
    expect(prefixed("a:", "a:b:", split)).toEqual(["C1204"]);
    expect(prefixed("a", "ab:", split)).toEqual(["C1204"]);
  });
});

describe("schemes of a backend", () => {
  const withShared = (shared: string): string =>
    yamlOf({ a: { key: "k:{x}", backend: "shared", serializer: "noop" } }, [`shared: ${shared}`]);

  it("are what every check runs for", () => {
    expect(codesIn(withShared("{ url: '${URL}', schemes: [memory, dummy] }"))).toEqual([]);
    expect(codesIn(withShared("{ url: '${URL}', schemes: [memory, redis] }"))).toEqual(["C1105"]);
    expect(codesIn(withShared("'${URL}'"))).toEqual(["C1105"]);
    expect(codesIn(withShared("{ url: '${URL}', schemes: [memory], development: redis://h }"))).toEqual(["C1105"]);
  });

  it("are known ones", () => {
    expect(findingsIn(withShared("{ url: '${URL}', schemes: [memory, redsi] }"))).toMatchObject([
      {
        at: "6:46",
        text: "redsi",
        code: "C1103",
        message: 'unknown backend "redsi"',
        hint: "Did you mean redis? Known: dummy, memory, redis, redis+cluster, redis+sentinel, redis+unix, rediss, rediss+cluster, rediss+sentinel",
      },
    ]);
  });

  it("hold what the URL names itself", () => {
    const mistake = { code: "C1404", message: "url names memory://, which is not among its schemes" };
    expect(findingsIn(withShared("{ url: memory://, schemes: [redis] }"))).toMatchObject([mistake]);
    expect(codesIn(withShared("{ url: '${URL:-memory://}', schemes: [redis] }"))).toContain("C1404");
    expect(codesIn(withShared("{ url: memory://, schemes: [memory] }"))).toEqual([]);
  });

  it.each([
    ["schemes: redis", "C1008", '"schemes" must be a list, not the text "redis"'],
    ["schemes: []", "C1007", '"schemes" names nothing'],
    ["schemes: [1]", "C1008", "a scheme must be text, not the number 1"],
    ["distinct: yes", "C1008", '"distinct" must be true or false, not the text "yes"'],
    ["distinct: 1", "C1008", '"distinct" must be true or false, not the number 1'],
    ["distinct:", "C1008", '"distinct" is empty; it must be true or false'],
  ])("and distinct are written as what they are: %s", (property, code, message) => {
    const yaml = yamlOf({ a: { key: "k:{x}", backend: "shared" } }, ["shared:", "  url: redis://h", `  ${property}`]);
    expect(findingsIn(yaml)).toMatchObject([{ code, message }]);
  });
});
