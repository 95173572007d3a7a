import { asIs } from "../as-is.ts";
import { freshText, maxHeaderLength } from "../envelope/header.ts";
import { flattened } from "../flattened.ts";
import type { EntryUnlessFresh, Envelopes } from "./envelopes.ts";
import { RedisClock } from "./redis-clock.ts";
import type { BufferLike, RedisCommands } from "./redis-commands.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { argument } from "./redis-encoding.ts";
import { missOfWrongType, unavailable } from "./redis-errors.ts";
import { partly, pick, runInGroups, storingLimit } from "./redis-groups.ts";
import { type TimeLeft, timeLeft } from "./time-left.ts";

// The first argument is the latest that it may be by the caller's reckoning, who takes no entry for fresh that ends before.
// Until when an entry is fresh: nil where there is none, false where what is there has no envelope. Nine digits of base 36
// begin at the sixth character.
const prelude = `
local time = redis.call('TIME')
local serverNow = time[1] * 1000 + math.floor(time[2] / 1000)
local now = math.max(serverNow, tonumber(ARGV[1]))
local function freshUntil(key)
  local head = redis.pcall('GETRANGE', key, 0, 13)
  if head == '' then
    if redis.call('EXISTS', key) == 1 then return false end
    return nil
  end
  if type(head) ~= 'string' or #head < 14 then return false end
  local digits = string.match(head, '^~c1 f([0-9a-z]+)$')
  return digits ~= nil and tonumber(digits, 36)
end
`;

const storeScript = `${prelude}
local stored = 0
for i = 1, #KEYS do
  local fresh = freshUntil(KEYS[i])
  local replaces = ARGV[3 * i + 1]
  local isOpen = fresh == nil or (fresh and fresh <= now)
  if replaces ~= '' then isOpen = fresh and fresh == tonumber(replaces, 36) end
  if isOpen then
    if ARGV[3 * i] == '' then redis.call('SET', KEYS[i], ARGV[3 * i - 1])
    else redis.call('SET', KEYS[i], ARGV[3 * i - 1], 'PX', ARGV[3 * i]) end
    stored = stored + 1
  end
end
return stored`;

const expireScript = `${prelude}
local fresh = freshUntil(KEYS[1])
local isFresh = fresh and fresh > now
local ends = ARGV[2] ~= 'forever' and tonumber(ARGV[3])
if ARGV[2] == 'in' then ends = ends + serverNow end
if ends and ends <= serverNow then
  local count = redis.call('UNLINK', KEYS[1])
  return isFresh and count or 0
end
if not isFresh then return 0 end
if not ends then
  redis.call('SETRANGE', KEYS[1], 5, 'zzzzzzzzz')
  redis.call('PERSIST', KEYS[1])
  return 1
end
local digits = ''
local left = ends
for i = 1, 9 do
  local digit = left % 36 + 1
  digits = string.sub('0123456789abcdefghijklmnopqrstuvwxyz', digit, digit) .. digits
  left = math.floor(left / 36)
end
redis.call('SETRANGE', KEYS[1], 5, digits)
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', ends + ARGV[4]))
return 1`;

const deleteScript = `${prelude}
local count = 0
for i = 1, #KEYS do
  local fresh = freshUntil(KEYS[i])
  if fresh and fresh > now then count = count + 1 end
  redis.call('UNLINK', KEYS[i])
end
return count`;

/** Entries with an envelope in Redis. What reads before it writes is a script, which knows the server's own time. */
export class RedisEnvelopes implements Envelopes {
  readonly clock: RedisClock;
  readonly #connection: RedisConnection;

  constructor(connection: RedisConnection) {
    this.clock = new RedisClock(connection);
    this.#connection = connection;
  }

  head(key: string): Promise<string | undefined> {
    return this.#connection.run<string, string | undefined>(
      "read",
      key,
      (client) => client.getrange(key, 0, maxHeaderLength - 1),
      (head) => (head === "" ? undefined : head),
      missOfWrongType,
    );
  }

  async setUnlessFresh(key: string, stored: unknown, ttlMs: number | undefined, replaces?: number): Promise<boolean> {
    return (await this.#run(storeScript, [key], argument(stored), timeLeft(ttlMs) ?? "", digitsOf(replaces))) === 1;
  }

  async setManyUnlessFresh(entries: readonly EntryUnlessFresh[]): Promise<void> {
    const keys = entries.map(([key]) => key);
    const nowMs = performance.now();
    const values = entries.map(([, stored, ttlMs, replaces]) => [
      argument(stored),
      timeLeft(ttlMs, nowMs) ?? "",
      digitsOf(replaces),
    ]);
    const failed = await runInGroups(this.#connection, "write", keys, {
      send: (client, indexes) =>
        this.#send(client, storeScript, pick(keys, indexes), ...flattened(pick(values, indexes))),
      take() {},
      limit: storingLimit((index) => entries[index]?.[1]),
    });
    if (failed.length > 0) throw partly("stored", entries.length, failed);
  }

  async expireIn(key: string, freshMs: number | undefined, extraMs: number): Promise<boolean> {
    const moved =
      freshMs === undefined
        ? await this.#run(expireScript, [key], "forever")
        : await this.#run(expireScript, [key], "in", freshMs, extraMs);
    return moved === 1;
  }

  async expireAt(key: string, freshUntilMs: number, extraMs: number): Promise<boolean> {
    return (await this.#run(expireScript, [key], "at", freshUntilMs, extraMs)) === 1;
  }

  async deleteMany(keys: readonly string[]): Promise<number> {
    let count = 0;
    const failed = await runInGroups<number>(this.#connection, "write", keys, {
      send: (client, indexes) => this.#send(client, deleteScript, pick(keys, indexes)),
      take: (deleted) => {
        count += deleted;
      },
    });
    if (failed.length > 0) throw partly("deleted", keys.length, failed);
    return count;
  }

  #run(
    script: string,
    keys: readonly string[],
    ...args: readonly (string | number | BufferLike | TimeLeft)[]
  ): Promise<number> {
    return this.#connection.run(
      "write",
      keys,
      (client) => this.#send(client, script, keys, ...args),
      asIs,
      unavailable,
    );
  }

  #send(
    client: RedisCommands,
    script: string,
    keys: readonly string[],
    ...args: readonly (string | number | BufferLike | TimeLeft)[]
  ): Promise<number> {
    // All of these scripts answer with a count.
    return client.eval(script, keys.length, ...keys, this.clock.latestKnownMs(), ...args) as Promise<number>;
  }
}

function digitsOf(replaces: number | undefined): string {
  return replaces === undefined ? "" : freshText(replaces);
}
