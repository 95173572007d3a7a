/**
 * JSON with one form for each value: no spaces, properties sorted by code unit, -0 as 0, properties that are
 * `undefined` left out. Plain objects and arrays only; whatever else JSON cannot say goes to `refuse` with its path.
 */
export function canonicalJson(value: unknown, refuse: (path: string, found: unknown) => never): string {
  return write(value, "", [], refuse);
}

function write(
  value: unknown,
  path: string,
  ancestors: readonly object[],
  refuse: (path: string, found: unknown) => never,
): string {
  if (value === null || typeof value === "boolean") return `${value}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return Number.isFinite(value) ? `${value}` : refuse(path, value);
  if (typeof value !== "object" || ancestors.includes(value)) return refuse(path, value);
  const within = [...ancestors, value];
  if (Array.isArray(value)) {
    const items = Array.from(value, (item, index) => write(item, `${path}[${index}]`, within, refuse));
    return `[${items.join(",")}]`;
  }
  if (!isPlain(value)) return refuse(path, value);
  const members: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const member: unknown = (value as Record<string, unknown>)[name];
    if (member === undefined) continue;
    members.push(`${JSON.stringify(name)}:${write(member, `${path}.${name}`, within, refuse)}`);
  }
  return `{${members.join(",")}}`;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm (vm, worker) has another Object.prototype, but nothing above it.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
