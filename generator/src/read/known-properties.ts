/** The kinds of mapping that the language has. */
export type Place =
  | "file"
  | "backend"
  | "defaults"
  | "cache"
  | "layer"
  | "value"
  | "ttl"
  | "negative"
  | "single-flight"
  | "stale"
  | "timeouts"
  | "memoized"
  | "mutation"
  | "invalidation"
  | "recovery"
  | "gutter";

/** How entries are stored, where that is not said for each cache. */
const storage: readonly string[] = [
  "backend",
  "layers",
  "invalidation",
  "serializer",
  "ttl",
  "max-ttl",
  "jitter",
  "negative",
  "max-value-size",
  "single-flight",
  "write-back",
  "stale",
  "refresh-ahead",
  "timeouts",
  "offload",
  "validate",
  "isolation",
  "event-keys",
  "reads",
  "recovery",
  "gutter",
  "max-loads",
  "on-backend-error",
  "mode",
  "blocking",
];

/** What may stand where; the schema says the same, and a test compares. */
export const knownProperties: Readonly<Record<Place, readonly string[]>> = {
  file: ["version", "output", "include", "rules", "environment", "backends", "defaults", "caches", "memoize", "mutate"],
  backend: ["url", "development", "schemes", "distinct", "evicts", "prefix", "description"],
  defaults: [...storage, "key-secret", "long-lived", "on-invalidation-error"],
  cache: [
    "description",
    "key",
    "value",
    "ttl",
    "max-ttl",
    "jitter",
    "negative",
    "max-value-size",
    "single-flight",
    "write-back",
    "stale",
    "refresh-ahead",
    "timeouts",
    "backend",
    "layers",
    "invalidation",
    "serializer",
    "offload",
    "validate",
    "isolation",
    "event-keys",
    "key-secret",
    "reads",
    "recovery",
    "gutter",
    "max-loads",
    "on-backend-error",
    "tags",
    "revision",
    "mode",
    "blocking",
  ],
  layer: ["backend", "ttl"],
  value: ["type", "from", "allow-any", "schema"],
  ttl: ["function", "max"],
  negative: ["ttl"],
  "single-flight": ["scope", "lease", "deadline"],
  stale: ["while-revalidate", "on-error", "throttle"],
  timeouts: ["soft", "hard"],
  memoized: ["function", "batch", "max-batch", "cache", "parameters", "ignore", "revision", ...storage],
  mutation: ["function", "invalidates", "before", "on-invalidation-error"],
  invalidation: ["target", "before"],
  recovery: ["max-keys"],
  gutter: ["ttl", "max-entries"],
};

const policies: readonly string[] = ["breaker", "on-shape-change"];

/** What the language will have, and this version refuses. */
export const laterProperties: Readonly<Record<Place, readonly string[]>> = {
  file: [],
  backend: [],
  defaults: policies,
  cache: policies,
  layer: [],
  value: [],
  ttl: [],
  negative: [],
  "single-flight": [],
  stale: [],
  timeouts: [],
  memoized: policies,
  mutation: [],
  invalidation: [],
  recovery: [],
  gutter: [],
};

/** How an absent property is written. */
export const propertyExamples: Readonly<Record<string, string>> = {
  version: "version: 1",
  output: "output: src/caches",
  include: "include: [caches/users.yaml]",
  environment: "environment: [REDIS_URL]",
  rules: "rules: { unclearable-cache: off }",
  backends: "backends: { local: memory:// }",
  caches: 'caches: { greeting: { key: "greeting:{name}", value: string } }',
  memoize: "memoize: { loadProfile: { function: ./src/users.ts#loadProfile, cache: userProfile } }",
  mutate: 'mutate: { saveProfile: { function: ./src/users.ts#saveProfile, invalidates: ["userProfile(*)"] } }',
  invalidates: 'invalidates: ["userProfile({ userId: user.id })"]',
  target: 'target: "userProfile({ userId: user.id })"',
  before: "before: true",
  "on-invalidation-error": "on-invalidation-error: throw",
  function: "function: ./src/users.ts#loadProfile",
  batch: "batch: ./src/users.ts#loadProfiles",
  "max-batch": "max-batch: 100",
  cache: "cache: userProfile",
  parameters: "parameters: { id: product.id }",
  ignore: "ignore: [logger]",
  url: "url: memory://",
  key: 'key: "user:{userId:uuid}"',
  value: "value: ./src/models.ts#UserProfile",
  type: "type: UserProfile",
  schema: "schema: { type: object, properties: { name: { type: string } }, required: [name] }",
  ttl: "ttl: 10m",
  backend: "backend: shared",
  layers: "layers: [local, shared]",
  invalidation: "invalidation: tracking",
  "long-lived": "long-lived: 7d",
  mode: "mode: sync",
  blocking: "blocking: true",
  schemes: "schemes: [redis, rediss]",
  distinct: "distinct: true",
  evicts: "evicts: true",
  offload: "offload: 64kb",
  validate: "validate: false",
  isolation: "isolation: freeze",
  "event-keys": "event-keys: true",
  jitter: "jitter: 10%",
  negative: "negative: { ttl: 30s }",
  "max-value-size": "max-value-size: 1mb",
  stale: "stale: { while-revalidate: 5m, on-error: 1h }",
  "while-revalidate": "while-revalidate: 5m",
  "on-error": "on-error: 1h",
  throttle: "throttle: 30s",
  "refresh-ahead": "refresh-ahead: 80%",
  timeouts: "timeouts: { soft: 100ms, hard: 2s }",
  soft: "soft: 100ms",
  hard: "hard: 2s",
  max: "max: 1h",
  "single-flight": "single-flight: cluster",
  "write-back": "write-back: guarded",
  "key-secret": "key-secret: CACHE_KEY_SECRET",
  reads: "reads: replica",
  recovery: "recovery: { max-keys: 500 }",
  "max-keys": "max-keys: 500",
  gutter: "gutter: { ttl: 3s, max-entries: 5000 }",
  "max-entries": "max-entries: 5000",
  "max-loads": "max-loads: 20",
  "on-backend-error": "on-backend-error: throw",
  tags: 'tags: ["product:{id}", "brand:{value.brandId}"]',
};

/** The policies that are mappings. */
const nested = ["ttl", "negative", "single-flight", "stale", "timeouts", "gutter"] as const;

function isNested(name: string | undefined): name is (typeof nested)[number] {
  return nested.some((each) => each === name);
}

/** The place that a JSON pointer leads to; `undefined` where mappings have no fixed properties. */
export function placeOf(path: readonly string[]): Place | undefined {
  const [section] = path;
  if (path.length === 0) return "file";
  if (path.length === 1 && section === "defaults") return "defaults";
  const last = path.at(-1);
  if (path.length === (section === "defaults" ? 2 : 3) && isNested(last)) return last;
  if (path.length === 2 && section === "backends") return "backend";
  if (path.length === 2 && section === "caches") return "cache";
  if (path.length === 2 && section === "memoize") return "memoized";
  if (path.length === 2 && section === "mutate") return "mutation";
  // Of a layer, the path ends in its number.
  if (path.at(-2) === "layers" && path.length > 2) return "layer";
  if (path.at(-1) === "recovery" && path.length === (section === "defaults" ? 2 : 3)) return "recovery";
  if (path.length === 4 && section === "mutate" && path[2] === "invalidates") return "invalidation";
  return path.length === 3 && section === "caches" && path[2] === "value" ? "value" : undefined;
}
