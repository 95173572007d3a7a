import { beforeAll, describe, expect, it, vi } from "vitest";
import { GitRepository, yamlOf } from "./git-repository.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A change of one cache: what was declared, what is now, and what `diff` says of it, in its order. */
interface Case {
  readonly name: string;
  readonly old: string;
  readonly now: string;
  /** Types of the module, which are the same before and now unless they are two. */
  readonly types?: string | readonly [string, string];
  readonly effect: string;
  readonly says: readonly string[];
}

const value = "value: ./types/NAME.ts#A";

const cases: readonly Case[] = [
  {
    name: "another text in the key",
    old: 'key: "a:{id}", value: string',
    now: 'key: "b:{id}", value: string',
    effect: "cold",
    says: ['key: "shop:a:{id}" → "shop:b:{id}": another text'],
  },
  {
    name: "text that only moves between prefix and pattern",
    old: 'key: "a:{id}", value: string',
    now: 'key: "shop:a:{id}", value: string, backend: bare',
    effect: "warm",
    says: [],
  },
  {
    name: "entries that become encrypted",
    old: "key: a, value: string, serializer: json",
    now: 'key: a, value: string, serializer: "json+aes-gcm://?keys=A"',
    effect: "misses",
    says: [
      "serializer: json → json + aes-gcm://?keys=A: entries that are there are misses; the release before misses those of the new one",
    ],
  },
  {
    name: "another list of secrets",
    old: 'key: a, value: string, serializer: "json+hmac://?keys=A"',
    now: 'key: a, value: string, serializer: "json+hmac://?keys=B"',
    effect: "misses",
    says: [
      "serializer: json + hmac://?keys=A → json + hmac://?keys=B: entries that are there are misses; the release before misses those of the new one",
    ],
  },
  {
    name: "another secret of its keys",
    old: 'key: "a:{id:secret}", key-secret: OLD_SECRET, value: string',
    now: 'key: "a:{id:secret}", key-secret: NEW_SECRET, value: string',
    effect: "cold",
    says: ["key: OLD_SECRET → NEW_SECRET: another secret makes other keys of the same values"],
  },
  {
    name: "a parameter that becomes secret",
    old: 'key: "a:{id}", value: string',
    now: 'key: "a:{id:secret}", key-secret: KEY_SECRET, value: string',
    effect: "cold",
    says: ['key: "shop:a:{id}" → "shop:a:{id:secret}": no string has the text of a secret'],
  },
  {
    name: "a secret parameter with another name",
    old: 'key: "a:{id:secret}", key-secret: KEY_SECRET, value: string',
    now: 'key: "a:{token:secret}", key-secret: KEY_SECRET, value: string',
    effect: "warm",
    says: ["key: id → token: the same text under another name"],
  },
  {
    name: "a revision",
    old: 'key: "a:{id}", value: string',
    now: 'key: "a:{id}", value: string, revision: 2',
    effect: "cold",
    says: ['key: "shop:a:{id}" → "shop:a:{id}~r2": another text'],
  },
  {
    name: "a parameter by another name",
    old: 'key: "a:{id}", value: string',
    now: 'key: "a:{name}", value: string',
    effect: "warm",
    says: ["key: id → name: the same text under another name"],
  },
  {
    name: "parameters that change places",
    old: 'key: "a:{x}:{y}", value: string',
    now: 'key: "a:{y}:{x}", value: string',
    effect: "wrong",
    says: ["key: x → y, y → x: parameters have changed places, so a key that is there is now of other parameters"],
  },
  {
    name: "a parameter of a wider type",
    old: 'key: "a:{id:int}", value: string',
    now: 'key: "a:{id}", value: string',
    effect: "warm",
    says: ["key: id: int → string: values that both can say have the same text"],
  },
  {
    name: "a parameter that is written in another way",
    old: 'key: "a:{at}", value: string',
    now: 'key: "a:{at:date}", value: string',
    effect: "cold",
    says: ['key: "shop:a:{at}" → "shop:a:{at:date}": no string has the text of a date'],
  },
  {
    name: "members that have nothing in common",
    old: 'key: "a:{lang:en|nl}", value: string',
    now: 'key: "a:{lang:de|fr}", value: string',
    effect: "cold",
    says: ['key: "shop:a:{lang:en|nl}" → "shop:a:{lang:de|fr}": no en|nl has the text of a de|fr'],
  },
  {
    name: "a further member",
    old: 'key: "a:{lang:en|nl}", value: string',
    now: 'key: "a:{lang:en|nl|de}", value: string',
    effect: "warm",
    says: ["key: lang: en|nl → en|nl|de: values that both can say have the same text"],
  },
  {
    name: "a new optional property",
    old: `key: a, ${value}`,
    now: `key: a, ${value}`,
    types: ["export interface A { x: string }", "export interface A { x: string; y?: number }"],
    effect: "warm",
    says: ["type: the type has changed; both releases read what the other one writes"],
  },
  {
    name: "a property that becomes required",
    old: `key: a, ${value}`,
    now: `key: a, ${value}`,
    types: [
      "interface Address { zip?: string }\nexport interface A { address: Address; tags: string[] }",
      "interface Address { zip: string }\nexport interface A { address: Address; tags: string[] }",
    ],
    effect: "misses",
    says: ["type: entries that do not fit the new type are misses", "A.address.zip: was optional, is required"],
  },
  {
    name: "a property that becomes optional",
    old: `key: a, ${value}`,
    now: `key: a, ${value}`,
    types: ["export interface A { x: string }", "export interface A { x?: string }"],
    effect: "rollout",
    says: [
      "type: the release before misses those of the new one that do not fit its type",
      "A.x: was required, is optional",
    ],
  },
  {
    name: "a new required property",
    old: `key: a, ${value}`,
    now: `key: a, ${value}`,
    types: ["export interface A { x: string }", "export interface A { x: string; y: number }"],
    effect: "misses",
    says: ["type: entries that do not fit the new type are misses", "A.y: was absent, is required number"],
  },
  {
    name: "members of a union",
    old: `key: a, ${value}`,
    now: `key: a, ${value}`,
    types: [
      'type S = "draft" | "live"\nexport type A = { kind: "page"; state: S } | { kind: "link" }',
      'type S = "live" | "gone"\nexport type A = { kind: "page"; state: S } | { kind: "link" }',
    ],
    effect: "misses",
    says: [
      "type: entries that do not fit the new type are misses",
      'A.state: was "draft" | "live", is "gone" | "live"; "draft" is refused',
      "type: the release before misses those of the new one that do not fit its type",
      'A.state: was "draft" | "live", is "gone" | "live"; "gone" is refused',
    ],
  },
  {
    name: "a type that nothing looks into",
    old: `key: a, ${value}, validate: false`,
    now: `key: a, ${value}, validate: false`,
    types: ["export interface A { x: string }", "export interface A { x: number }"],
    effect: "wrong",
    says: [
      "type: entries that do not fit the new type are taken for it, as nothing looks into them",
      'A.x: was string, is number; "text" is refused',
      "type: the release before takes for its type whatever the new one writes",
      "A.x: was string, is number; 0 is refused",
    ],
  },
  {
    name: "a type that changes with its revision",
    old: `key: a, ${value}, revision: 1`,
    now: `key: a, ${value}, revision: 2`,
    types: ["export interface A { x: string }", "export interface A { x: string; y: number }"],
    effect: "cold",
    says: [
      'key: "shop:a~r1" → "shop:a~r2": another text',
      "type: entries that do not fit the new type are misses",
      "A.y: was absent, is required number",
    ],
  },
  {
    name: "a JSON Schema",
    old: "key: a, value: { schema: { type: object, properties: { x: { type: string } } } }",
    now: "key: a, value: { schema: { type: object, properties: { x: { type: string } }, required: [x] } }",
    effect: "misses",
    says: ["type: entries that do not fit the new type are misses", "NAMEValue.x: was optional, is required"],
  },
  {
    name: "a type that is but called otherwise",
    old: 'key: a, value: "./types/NAME.ts#A"',
    now: 'key: a, value: "./types/NAME.ts#B"',
    types: "export interface A { x: string; next?: A }\nexport type B = { next?: B; x: string };",
    effect: "warm",
    says: [],
  },
  {
    name: "another level of compression",
    old: 'key: a, value: string, serializer: "json+zlib"',
    now: 'key: a, value: string, serializer: "json+zlib://?compression-level=9"',
    effect: "warm",
    says: ["serializer: json + zlib → json + zlib://?compression-level=9: entries that are there are read"],
  },
  {
    name: "a limit that is lowered",
    old: 'key: a, value: string, serializer: "json+zlib"',
    now: 'key: a, value: string, serializer: "json+zlib://?max-size=1mb"',
    effect: "misses",
    says: [
      "serializer: json + zlib → json + zlib://?max-size=1048576: entries that are there are misses where they are beyond the new limits",
    ],
  },
  {
    name: "raw entries that only the new release expects",
    old: 'key: a, value: string, serializer: "json+zlib"',
    now: 'key: a, value: string, serializer: "json+zlib://?min-size=1kb"',
    effect: "rollout",
    says: [
      "serializer: json + zlib → json + zlib://?min-size=1024: entries that are there are read; the release before misses those of the new one beyond its limits",
    ],
  },
  {
    name: "another format",
    old: "key: a, value: boolean, serializer: json",
    now: "key: a, value: boolean, serializer: msgpack",
    effect: "misses",
    says: [
      "serializer: json → msgpack: entries that are there are misses; the release before misses those of the new one",
    ],
  },
  {
    name: "a digit of JSON, which is another number in MessagePack",
    old: "key: a, value: number, serializer: json",
    now: "key: a, value: number, serializer: msgpack",
    effect: "wrong",
    says: [
      "serializer: json → msgpack: entries that are there may be read as other values; the release before may read those of the new one as other values",
    ],
  },
  {
    name: "bytes without what compressed them",
    old: "key: a, value: bytes, serializer: zlib",
    now: "key: a, value: bytes",
    effect: "wrong",
    says: [
      "serializer: zlib → bytes: entries that are there may be read as other values; the release before misses those of the new one",
    ],
  },
  {
    name: "a shorter ttl",
    old: "key: a, value: string, max-ttl: 1d",
    now: "key: a, value: string, ttl: 5m, max-ttl: 2d",
    effect: "warm",
    says: ["ttl: ttl 1 h → 5 m: entries that are there keep theirs", "ttl: max-ttl 1 d → 2 d"],
  },
  {
    name: "entries that never expire, and are not found any more",
    old: 'key: "a:{id}", value: string, ttl: forever',
    now: 'key: "b:{id}", value: string, ttl: forever',
    effect: "cold",
    says: [
      'key: "shop:a:{id}" → "shop:b:{id}": another text',
      "ttl: entries that are there never expire: clear the cache before its keys are gone",
    ],
  },
  {
    name: "validation that is switched off",
    old: "key: a, value: number",
    now: "key: a, value: number, validate: false",
    effect: "warm",
    says: ["validation: off: entries that do not fit their type are no longer found out"],
  },
  {
    name: "a cache in memory",
    old: 'key: "a:{id}", value: string, backend: local',
    now: 'key: "b:{id}", value: string, backend: local, mode: sync',
    effect: "warm",
    says: [
      "place: in the memory of each process, with which entries go anyway",
      'key: "a:{id}" → "b:{id}": another text',
      "mode: async → sync",
    ],
  },
  {
    name: "another server, without its password",
    old: "key: a, value: string",
    now: "key: a, value: string, backend: other",
    effect: "cold",
    says: ["place: redis://app:***@localhost → redis://app:***@elsewhere: another server"],
  },
  {
    name: "a backend of another name on the same server",
    old: "key: a, value: string",
    now: "key: a, value: string, backend: renamed",
    effect: "warm",
    says: [],
  },
  {
    name: "a policy that puts a line before each entry",
    old: "key: a, value: number",
    now: "key: a, value: number, stale: { while-revalidate: 1m }",
    effect: "misses",
    says: [
      "policy: a line of policies before each entry: entries that are there are misses; the release before misses those of the new one",
    ],
  },
  {
    name: "the same where the release before takes anything for a value",
    old: "key: a, value: string",
    now: "key: a, value: string, refresh-ahead: 80%",
    effect: "wrong",
    says: [
      "policy: a line of policies before each entry: entries that are there are misses; the release before reads the line as a part of the value",
    ],
  },
  {
    name: "no line any more where anything is a value",
    old: 'key: "a:{id}", value: bytes, serializer: "bytes+zlib://?min-size=1kb", tags: ["t:{id}"]',
    now: 'key: "a:{id}", value: bytes, serializer: "bytes+zlib://?min-size=1kb"',
    effect: "wrong",
    says: [
      "policy: no line of policies before each entry any more: entries that are there are read with the line as a part of the value; the release before misses those of the new one",
    ],
  },
  {
    name: "no line any more where a compressor refuses it",
    old: "key: a, value: string, serializer: text+zlib, stale: { on-error: 1m }",
    now: "key: a, value: string, serializer: text+zlib",
    effect: "misses",
    says: [
      "policy: no line of policies before each entry any more: entries that are there are misses; the release before misses those of the new one",
    ],
  },
  {
    name: "another tag",
    old: 'key: "a:{id}", value: number, tags: ["t:{id}"]',
    now: 'key: "a:{id}", value: number, tags: ["t:{id}", "all"]',
    effect: "misses",
    says: [
      "policy: tags t:{id} → t:{id}, all: entries that are there are misses; the release before misses those of the new one",
    ],
  },
  {
    name: "layers that hear of changes by the server",
    old: "key: a, value: number",
    now: "key: a, value: number, layers: [local, shared]",
    effect: "warm",
    says: ["policy: layers none → local, shared, invalidation tracking"],
  },
  {
    name: "layers that hear of changes by those who make them",
    old: "key: a, value: number",
    now: "key: a, value: number, layers: [local, shared], invalidation: bus",
    effect: "warm",
    says: [
      "policy: layers none → local, shared, invalidation bus: what the release before changes is stale in them until it ends there",
    ],
  },
];

/** A name for each, which is part of every key: else keys would meet. */
const nameOf = (index: number): string => `case${index}`;

function declared(side: "old" | "now"): Record<string, string> {
  return Object.fromEntries(
    cases.map((each, index) => {
      const properties = each[side].replaceAll("NAME", nameOf(index));
      return [nameOf(index), properties.replace(/key: "?(?:shop:)?/, (start) => `${start}${nameOf(index)}-`)];
    }),
  );
}

function modules(at: 0 | 1): Record<string, string> {
  return Object.fromEntries(
    cases.flatMap(({ types }, index) => {
      const text = typeof types === "string" ? types : types?.[at];
      return text === undefined ? [] : [[`types/${nameOf(index)}.ts`, `${text}\n`]];
    }),
  );
}

const backends = (yaml: string): string =>
  yaml.replace(
    "  local:",
    '  other: { url: "redis://app:other@elsewhere", prefix: "shop:" }\n  renamed: { url: "redis://app:s3cret@localhost?connect-timeout=2s", prefix: "shop:" }\n  bare: redis://localhost\n  local:',
  );

describe("what becomes of the entries of a cache", () => {
  let changes: ReadonlyMap<string, { readonly effect: string; readonly changes: readonly Said[] }>;
  interface Said {
    readonly what: string;
    readonly message: string;
    readonly details?: readonly string[];
  }

  beforeAll(async () => {
    // All in one, for each run loads the compiler.
    using repository = new GitRepository({ "cachetory.yaml": backends(yamlOf(declared("old"))), ...modules(0) });
    repository.write({ "cachetory.yaml": backends(yamlOf(declared("now"))), ...modules(1) });
    const { stdout, stderr } = await repository.run(["diff", "--format", "json"]);
    expect(stderr).toBe("");
    const [file] = JSON.parse(stdout).files;
    changes = new Map(file.changes.map((each: { readonly name: string }) => [each.name, each]));
  });

  it.each(cases.map((each, index) => ({ ...each, index })))("$name", ({ index, effect, says }) => {
    const found = changes.get(nameOf(index));
    const lines = (found?.changes ?? []).flatMap(({ what, message, details = [] }) => [
      `${what}: ${message}`,
      ...details,
    ]);
    const typeName = `C${nameOf(index).slice(1)}Value`;
    expect(lines.map((line) => line.replaceAll(`${nameOf(index)}-`, "").replace(typeName, "NAMEValue"))).toEqual(says);
    expect(found?.effect ?? "warm").toBe(effect);
  });
});
