import { expect, it } from "vitest";
import { initialYaml } from "../../../generator/src/cli/commands/initial-yaml.ts";
import { declarationsOf, yamlPath } from "./read-text.ts";

it("are sorted by name, with defaults applied and every place kept", () => {
  const yaml = `version: 1
output: src/caches
backends:
  shared:
    description: For all.
    url: \${REDIS_URL}
    development: memory://
    prefix: "shop:"
  local: memory://
defaults:
  backend: shared
  ttl: 10m
  max-ttl: 1d
caches:
  userProfile:
    description: What the header shows.
    key: user:{userId:uuid}
    value: ./src/models.ts#UserProfile
    ttl: 1h
    revision: 2
  Zebra: &unused
`.replace(/^ {2}Zebra.*\n/m, "  avatar: { key: 'avatar:{id}', value: bytes, backend: local }\n");
  const at = (text: string): { file: string; start: number; end: number } => {
    const start = yaml.indexOf(text);
    return { file: yamlPath, start, end: start + text.length };
  };
  expect(declarationsOf(yaml)).toEqual({
    file: yamlPath,
    included: [],
    output: "/project/src/caches",
    outputSpan: at("src/caches"),
    backends: [
      {
        name: "local",
        nameSpan: at("local"),
        description: undefined,
        url: {
          text: "memory://",
          parts: [{ kind: "literal", text: "memory://" }],
          span: { file: yamlPath, start: yaml.indexOf("local: ") + 7, end: yaml.indexOf("local: ") + 16 },
        },
        development: undefined,
        schemes: undefined,
        isDistinct: false,
        isEvicting: false,
        prefix: "",
      },
      {
        name: "shared",
        nameSpan: at("shared"),
        description: "For all.",
        url: {
          text: "${REDIS_URL}",
          parts: [{ kind: "variable", name: "REDIS_URL", fallback: undefined, message: undefined }],
          span: at("${REDIS_URL}"),
        },
        development: { text: "memory://", parts: [{ kind: "literal", text: "memory://" }], span: at("memory://") },
        schemes: undefined,
        isDistinct: false,
        isEvicting: false,
        prefix: "shop:",
      },
    ],
    caches: [
      {
        name: "avatar",
        nameSpan: at("avatar"),
        description: undefined,
        backend: "local",
        key: {
          text: "avatar:{id}",
          segments: [
            { kind: "literal", text: "avatar:" },
            { kind: "parameter", name: "id", type: { kind: "string" } },
          ],
        },
        keySpan: at("'avatar:{id}'"),
        value: { kind: "bytes" },
        valueSpan: at("bytes"),
        serializer: [{ scheme: "bytes", options: [] }],
        serializerSpan: at("avatar"),
        ttl: { ms: 600_000 },
        ttlSpan: at("avatar"),
        maxTtl: { ms: 86_400_000 },
        revision: undefined,
        values: {},
        freshness: {},
        protection: {},
        sharesLoads: false,
        loads: { isGuarded: false },
        mode: "async",
        isLocal: true,
        isValidated: true,
        hasEventKeys: false,
        tags: [],
      },
      {
        name: "userProfile",
        nameSpan: at("userProfile"),
        description: "What the header shows.",
        backend: "shared",
        key: {
          text: "user:{userId:uuid}",
          segments: [
            { kind: "literal", text: "user:" },
            { kind: "parameter", name: "userId", type: { kind: "uuid" } },
          ],
        },
        keySpan: at("user:{userId:uuid}"),
        value: { kind: "type", expression: "UserProfile", module: "./src/models.ts" },
        valueSpan: at("./src/models.ts#UserProfile"),
        serializer: [{ scheme: "json", options: [] }],
        serializerSpan: at("userProfile"),
        ttl: { ms: 3_600_000 },
        ttlSpan: at("1h"),
        maxTtl: { ms: 86_400_000 },
        revision: 2,
        values: {},
        freshness: {},
        protection: {},
        sharesLoads: false,
        loads: { isGuarded: false },
        mode: "async",
        isLocal: false,
        isValidated: true,
        hasEventKeys: false,
        tags: [],
      },
    ],
    memoized: [],
    mutations: [],
  });
});

it("are what init writes", () => {
  expect(declarationsOf(initialYaml("./caches.schema.json")).caches.map(({ name }) => name)).toEqual([
    "greeting",
    "wordCounts",
  ]);
});
