/** What is stored: objects that say which they are. */
export interface Stored {
  readonly id: number;
}

/** How long entries live, in milliseconds: longer than any run. */
export const ttlMs = 3_600_000;

/**
 * One way to cache values on Redis. An operation that a library does not have is absent, and shows as a dash. Every contender
 * makes the text of its keys from the id at the call, as an application does.
 */
export interface Contender<Value extends Stored = Stored> {
  /** A hit. */
  readonly get?: (id: number) => Promise<Value | undefined>;
  /** With a TTL; `false` says that nothing was stored. */
  readonly set?: (id: number, value: Value) => Promise<unknown>;
  /** All hits, in the order of the ids. */
  readonly getMany?: (ids: readonly number[]) => Promise<Iterable<Value | undefined>>;
  /** With a TTL; `false` says that nothing was stored. */
  readonly setMany?: (items: readonly (readonly [id: number, value: Value])[]) => Promise<unknown>;
  /** A hit, so `load` is for filling only. */
  readonly getOrSet?: (id: number, load: () => Promise<Value>) => Promise<Value | undefined>;
  readonly close: () => Promise<unknown>;
}

/** What entries are, by the name of the generated cache with JSON: of 350 B, of 12 KB. */
export type Subject = "product" | "page";

/** The name of the generated cache of the same with `typed`. */
export function typedName(subject: Subject): string {
  return `typed${subject[0]?.toUpperCase()}${subject.slice(1)}`;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Where a contender keeps its entries. */
export interface Place {
  /** One server; several are a Cluster. */
  readonly nodes: readonly Address[];
  /** Each contender has a database of its own, where there is more than one. */
  readonly database: number;
  readonly subject: Subject;
}

/** `getOrSet` of who has none of its own: a read, and where it is a miss, a load and a write. */
export function readThrough<Value extends Stored>(
  get: (id: number) => Promise<Value | undefined>,
  set: (id: number, value: Value) => Promise<unknown>,
): NonNullable<Contender<Value>["getOrSet"]> {
  return async (id, load) => {
    const found = await get(id);
    if (found !== undefined) return found;
    const loaded = await load();
    await set(id, loaded);
    return loaded;
  };
}

/** A contender by the name that its row has, and what makes it. */
export interface Entrant {
  readonly name: string;
  /** What no library stands between: the yardsticks. */
  readonly isClient?: boolean;
  /** It has getOrSet and nothing else, so it has no part in what is measured of other operations. */
  readonly onlyReadsThrough?: boolean;
  /** It has part in nothing that is measured of entries of another kind. */
  readonly onlyOf?: Subject;
  readonly open: (place: Place) => Promise<Contender>;
}

/** The one server of a place. */
export function serverOf({ nodes, database }: Place): Address & { readonly db: number } {
  const [first] = nodes;
  if (first === undefined) throw new Error("There is no server.");
  return { ...first, db: database };
}

export function urlOf(place: Place): string {
  const { host, port, db } = serverOf(place);
  return `redis://${host}:${port}/${db}`;
}
