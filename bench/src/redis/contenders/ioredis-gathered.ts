import { setImmediate as nextTurn } from "node:timers/promises";
import type { BytesSerializer } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { generatedSerializer } from "../../generated-caches.ts";
import { type Contender, type Place, readThrough, type Stored, serverOf, ttlMs, typedName } from "../contender.ts";
import { parsed } from "./ioredis.ts";

/** More in one command keeps others waiting. */
const chunkSize = 500;

const expireScript = "for i = 1, #KEYS do redis.call('PEXPIRE', KEYS[i], ARGV[1]) end";

interface Reader {
  readonly resolve: (value: Stored | undefined) => void;
  readonly reject: (cause: unknown) => void;
}

/** What values are in Redis, and how a client is asked for that. */
interface Form<Reply> {
  readonly get: (client: Redis, key: string) => Promise<Reply | null>;
  readonly mget: (client: Redis, keys: string[]) => Promise<(Reply | null)[]>;
  readonly read: (reply: Reply | null) => Stored | undefined;
  readonly written: (value: Stored) => string | Buffer;
}

const json: Form<string> = {
  get: (client, key) => client.get(key),
  mget: (client, keys) => client.mget(keys),
  read: parsed,
  written: JSON.stringify,
};

/** With the code that is generated for the type. */
async function typedForm({ subject }: Place): Promise<Form<Buffer>> {
  const { serialize, deserialize } = (await generatedSerializer(typedName(subject))) as BytesSerializer<Stored>;
  return {
    get: (client, key) => client.getBuffer(key),
    mget: (client, keys) => client.mgetBuffer(keys),
    read: (reply) => (reply === null ? undefined : deserialize(reply)),
    written: (value) => serialize(value) as Buffer,
  };
}

export async function openGatheredIoredis(place: Place): Promise<Contender> {
  return openGathered(place, json);
}

export async function openTypedIoredis(place: Place): Promise<Contender> {
  return openGathered(place, await typedForm(place));
}

/**
 * The least that gathers, by hand: all reads of a turn are one MGET, all its writes leave in one piece, and a batch is MSET and a
 * script. It has no time limits, checks nothing that it stores, counts nothing, and knows one server: what nobody can do without
 * who gathers, so what ratios can be reached on a machine.
 */
async function openGathered<Reply>(place: Place, form: Form<Reply>): Promise<Contender> {
  const client = new Redis({ ...serverOf(place), lazyConnect: true });
  await client.connect();
  const keyOf = (id: number): string => `${place.subject}:${id}`;
  let keys: string[] = [];
  let readers: Reader[] = [];
  const sendReads = (): void => {
    const [asked, waiting] = [keys, readers];
    keys = [];
    readers = [];
    const [only] = asked;
    const replies =
      asked.length === 1 && only !== undefined
        ? form.get(client, only).then((reply) => [reply])
        : form.mget(client, asked);
    replies.then(
      (found) => {
        for (const [index, { resolve }] of waiting.entries()) resolve(form.read(found[index] ?? null));
      },
      (cause: unknown) => {
        for (const { reject } of waiting) reject(cause);
      },
    );
  };
  const get = (id: number): Promise<Stored | undefined> =>
    new Promise((resolve, reject) => {
      if (keys.length === 0) process.nextTick(sendReads);
      keys.push(keyOf(id));
      readers.push({ resolve, reject });
    });
  let isCorked = false;
  const sendWrites = (): void => {
    isCorked = false;
    client.stream.uncork();
  };
  const set = async (id: number, value: Stored): Promise<boolean> => {
    if (!isCorked) {
      isCorked = true;
      client.stream.cork();
      process.nextTick(sendWrites);
    }
    return (await client.set(keyOf(id), form.written(value), "PX", ttlMs)) === "OK";
  };
  const getChunk = async (ids: readonly number[]): Promise<(Stored | undefined)[]> =>
    (await form.mget(client, ids.map(keyOf))).map(form.read);
  const setChunk = async (items: readonly (readonly [id: number, value: Stored])[]): Promise<boolean> => {
    const chunkKeys: string[] = [];
    const pairs: (string | Buffer)[] = [];
    for (const [id, value] of items) {
      const key = keyOf(id);
      chunkKeys.push(key);
      pairs.push(key, form.written(value));
    }
    const [stored] = await Promise.all([
      client.mset(pairs),
      client.eval(expireScript, chunkKeys.length, ...chunkKeys, ttlMs),
    ]);
    return stored === "OK";
  };
  return {
    get,
    set,
    getMany: async (ids) => {
      const [first = [], ...others] = await inChunks(ids, getChunk);
      return first.concat(...others);
    },
    setMany: async (items) => (await inChunks(items, setChunk)).every(Boolean),
    getOrSet: readThrough(get, set),
    close: () => client.quit(),
  };
}

/** All chunks are sent before the first is waited for, each in a turn of its own. */
async function inChunks<T, R>(items: readonly T[], send: (chunk: readonly T[]) => Promise<R>): Promise<R[]> {
  if (items.length <= chunkSize) return [await send(items)];
  const sent: Promise<R>[] = [];
  for (let start = 0; start < items.length; start += chunkSize) {
    sent.push(send(items.slice(start, start + chunkSize)));
    await nextTurn();
  }
  return Promise.all(sent);
}
