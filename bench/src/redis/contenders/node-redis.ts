import { createClient } from "redis";
import { type Contender, type Place, readThrough, type Stored, ttlMs, urlOf } from "../contender.ts";
import { parsed } from "./ioredis.ts";

/**
 * The other client, by hand as well. By default it arms a timer for each command, which costs more than the command;
 * `hasTimeouts` is that default.
 */
export async function openNodeRedis(place: Place, hasTimeouts: boolean): Promise<Contender> {
  // That nothing stands there is how timeouts are switched off, though its types do not say so.
  const noTimeouts = { timeout: undefined } as unknown as { readonly timeout: number };
  const client = createClient({ url: urlOf(place), ...(!hasTimeouts && { commandOptions: noTimeouts }) });
  await client.connect();
  const keyOf = (id: number): string => `${place.subject}:${id}`;
  const get = async (id: number): Promise<Stored | undefined> => parsed(await client.get(keyOf(id)));
  const set = async (id: number, value: Stored): Promise<boolean> =>
    (await client.set(keyOf(id), JSON.stringify(value), { expiration: { type: "PX", value: ttlMs } })) === "OK";
  return {
    get,
    set,
    getMany: async (ids) => (await client.mGet(ids.map(keyOf))).map(parsed),
    // What is sent in one turn of the event loop is one pipeline.
    setMany: async (items) => (await Promise.all(items.map(([id, value]) => set(id, value)))).every(Boolean),
    getOrSet: readThrough(get, set),
    close: () => client.close(),
  };
}
