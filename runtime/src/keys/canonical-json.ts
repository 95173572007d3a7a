/** Deeper than any key is meant to be, and far from where the stack ends. */
const maxDepth = 500;

const maxPathLength = 200;

/**
 * JSON with one form for each value: no spaces, properties sorted by code unit, -0 as 0, properties that are
 * `undefined` left out. Plain objects and arrays only, up to 500 within one another; whatever else JSON cannot say goes to
 * `refuse` with its path.
 */
export function canonicalJson(value: unknown, refuse: (path: string, found: unknown) => never): string {
  return write(value, { path: [], ancestors: [], refuse });
}

/** Where a value stands: written to while it is looked into. */
interface Place {
  readonly path: string[];
  readonly ancestors: object[];
  readonly refuse: (path: string, found: unknown) => never;
}

function write(value: unknown, place: Place): string {
  if (value === null || typeof value === "boolean") return `${value}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return Number.isFinite(value) ? `${value}` : refused(value, place);
  const { path, ancestors } = place;
  if (typeof value !== "object" || ancestors.includes(value) || ancestors.length >= maxDepth) {
    return refused(value, place);
  }
  const within = (step: string, inner: unknown): string => {
    path.push(step);
    const text = write(inner, place);
    path.pop();
    return text;
  };
  if (!Array.isArray(value) && !isPlain(value)) return refused(value, place);
  ancestors.push(value);
  let text: string;
  if (Array.isArray(value)) {
    text = `[${Array.from(value, (item, index) => within(`[${index}]`, item)).join(",")}]`;
  } else {
    const members: string[] = [];
    for (const name of Object.keys(value).sort()) {
      const member: unknown = (value as Record<string, unknown>)[name];
      if (member !== undefined) members.push(`${JSON.stringify(name)}:${within(`.${name}`, member)}`);
    }
    text = `{${members.join(",")}}`;
  }
  ancestors.pop();
  return text;
}

function refused(found: unknown, { path, refuse }: Place): never {
  const text = path.join("");
  return refuse(text.length > maxPathLength ? `${text.slice(0, maxPathLength)}...` : text, found);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm (vm, worker) has another Object.prototype, but nothing above it.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
