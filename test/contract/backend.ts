import {
  type Backend,
  BackendUnavailableError,
  type ClearProgress,
  type KeyRange,
  type Kind,
} from "@cachetory/runtime";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** A backend under the contract, and the clock by which its entries expire. */
export interface BackendSubject {
  /** A backend of its own for each test; it may find keys of earlier tests, for no test uses a key twice. */
  make(): Backend | Promise<Backend>;
  /** Lets go of it after a test. Default: it is closed. */
  release?(backend: Backend): Promise<void>;
  /** Stands before all keys. Default none. */
  readonly prefix?: string;
  /** Milliseconds since 1970, as the backend sees them. */
  now(): number;
  /** Lets so much time pass that `isOver` answers `true`: a fake clock is set forward, a real one is waited for. */
  passTime(ms: number, isOver: () => Promise<boolean>): Promise<void>;
  /** Whether a call holds up everything else in its thread, as one without promises does. Default `false`. */
  readonly isBlocking?: boolean;
}

const encoder = new TextEncoder();
let tests = 0;

/** What every backend does, whatever it is made of. */
export function backendContract(name: string, subject: BackendSubject): void {
  describe(`the backend ${name}`, () => {
    let backend: Backend;
    let head: string;

    beforeEach(async () => {
      backend = await subject.make();
      tests += 1;
      head = `${subject.prefix ?? ""}contract:${tests}:`;
    });
    afterEach(() => (subject.release === undefined ? backend.close() : subject.release(backend)));

    const key = (suffix: string): string => `${head}${suffix}`;
    const text = (suffix: string): Promise<unknown> => backend.get(key(suffix), "text");
    const put = (suffix: string, ttlMs?: number): Promise<boolean> => backend.set(key(suffix), "x", { ttlMs });
    const fill = (count: number): Promise<void> =>
      backend.setMany(
        Array.from({ length: count }, (_, index) => [key(`${index}`), "x"] as const),
        undefined,
      );
    /** As a cache stores what it has loaded. */
    const storeAbsent = (
      entries: readonly (readonly [string, unknown])[],
      ttlMs: number | undefined,
    ): Promise<unknown> =>
      backend.setManyIfAbsent?.(entries, ttlMs) ??
      Promise.all(entries.map(([each, stored]) => backend.set(each, stored, { ttlMs, ifNotExists: true })));
    const storeEach = (
      entries: readonly (readonly [string, unknown, number | undefined])[],
      ifNotExists: boolean,
    ): Promise<unknown> =>
      backend.setManyEach?.(entries, ifNotExists) ??
      Promise.all(entries.map(([each, stored, ttlMs]) => backend.set(each, stored, { ttlMs, ifNotExists })));
    const fewestTurns = subject.isBlocking === true ? 0 : 3;
    const own = (): KeyRange => ({ head, owns: () => true });
    const scanned = async (range: KeyRange): Promise<readonly (readonly string[])[]> => {
      const batches: (readonly string[])[] = [];
      for await (const batch of backend.scan(range)) batches.push(batch);
      return batches;
    };
    const expired = (suffix: string, ms: number): Promise<void> =>
      subject.passTime(ms, async () => !(await backend.has(key(suffix))));

    absenceContract(() => ({ backend, key }));

    test("gives back text", async () => {
      await backend.set(key("a"), 'plain, "ünïcödé" 日本 🎉\u0000\r\n', {});
      expect(await text("a")).toBe('plain, "ünïcödé" 日本 🎉\u0000\r\n');
    });

    test("gives back bytes, every one of them", async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      await backend.set(key("a"), bytes, {});
      expect(plain(await backend.get(key("a"), "bytes"))).toEqual(bytes);
    });

    test("gives back bytes that look into a larger buffer", async () => {
      const bytes = encoder.encode("..middle..").subarray(2, 8);
      await backend.set(key("a"), bytes, {});
      expect(plain(await backend.get(key("a"), "bytes"))).toEqual(encoder.encode("middle"));
    });

    test("takes empty text and empty bytes for entries", async () => {
      await backend.set(key("text"), "", {});
      await backend.set(key("bytes"), new Uint8Array(0), {});
      expect(await text("text")).toBe("");
      expect(plain(await backend.get(key("bytes"), "bytes"))).toEqual(new Uint8Array(0));
      expect(await backend.has(key("bytes"))).toBe(true);
    });

    test("reads text as its bytes, and bytes as their text", async () => {
      await backend.set(key("text"), "é", {});
      await backend.set(key("bytes"), encoder.encode("é"), {});
      expect(plain(await backend.get(key("text"), "bytes"))).toEqual(encoder.encode("é"));
      expect(await text("bytes")).toBe("é");
    });

    test.each([
      ["white space", "a b\tc\nd"],
      ["glob characters", "a*b?[c]\\d"],
      ["other scripts", "ключ-日本-🎉"],
      ["nothing after the prefix", ""],
      ["10,000 characters", "k".repeat(10_000)],
    ])("keeps entries under keys of %s", async (_, suffix) => {
      await put(suffix);
      expect(await text(suffix)).toBe("x");
      expect(await text(`${suffix}.`)).toBeUndefined();
    });

    test("replaces what is there", async () => {
      expect(await backend.set(key("a"), "old", {})).toBe(true);
      expect(await backend.set(key("a"), "new", {})).toBe(true);
      expect(await text("a")).toBe("new");
    });

    test("if-not-exists keeps the first value and says so", async () => {
      expect(await backend.set(key("a"), "first", { ifNotExists: true })).toBe(true);
      expect(await backend.set(key("a"), "second", { ifNotExists: true })).toBe(false);
      expect(await text("a")).toBe("first");
    });

    test("if-not-exists stores over an entry that has expired", async () => {
      await put("a", 100);
      await expired("a", 100);
      expect(await backend.set(key("a"), "second", { ifNotExists: true })).toBe(true);
      expect(await text("a")).toBe("second");
    });

    test("if-not-exists stores with its ttl", async () => {
      await backend.set(key("a"), "x", { ifNotExists: true, ttlMs: 60_000 });
      expect(await backend.ttl(key("a"))).toBeGreaterThan(50_000);
    });

    test("an entry is gone after its ttl", async () => {
      await put("a", 100);
      expect(await text("a")).toBe("x");
      await expired("a", 100);
      expect(await text("a")).toBeUndefined();
      expect(await backend.getMany([key("a")], "text")).toEqual([undefined]);
      expect(await backend.ttl(key("a"))).toBeUndefined();
      expect(await backend.take(key("a"), "text")).toBeUndefined();
      expect(await backend.delete(key("a"))).toBe(false);
      expect(await backend.expireIn(key("a"), 1_000)).toBe(false);
    });

    test("a ttl is what is left, or forever", async () => {
      await put("a", 60_000);
      await put("b");
      const left = await backend.ttl(key("a"));
      expect(left).toBeGreaterThan(50_000);
      expect(left).toBeLessThanOrEqual(60_000);
      expect(await backend.ttl(key("b"))).toBe("forever");
    });

    test("a value without ttl over one with ttl lives for ever", async () => {
      await put("a", 60_000);
      await put("a");
      expect(await backend.ttl(key("a"))).toBe("forever");
    });

    test("expireIn shortens, lengthens and removes an expiry", async () => {
      await put("a");
      expect(await backend.expireIn(key("a"), 60_000)).toBe(true);
      expect(await backend.ttl(key("a"))).toBeLessThanOrEqual(60_000);
      expect(await backend.expireIn(key("a"), 120_000)).toBe(true);
      expect(await backend.ttl(key("a"))).toBeGreaterThan(60_000);
      expect(await backend.expireIn(key("a"), undefined)).toBe(true);
      expect(await backend.ttl(key("a"))).toBe("forever");
      expect(await backend.expireIn(key("a"), undefined)).toBe(true);
    });

    test("expireIn lets an entry end", async () => {
      await put("a");
      await backend.expireIn(key("a"), 100);
      await expired("a", 100);
      expect(await text("a")).toBeUndefined();
    });

    test("expireAt lets an entry end at a moment, and deletes for one in the past", async () => {
      await put("a");
      await put("b");
      expect(await backend.expireAt(key("a"), subject.now() + 60_000)).toBe(true);
      expect(await backend.ttl(key("a"))).toBeGreaterThan(50_000);
      expect(await backend.ttl(key("a"))).toBeLessThanOrEqual(60_000);
      expect(await backend.expireAt(key("b"), subject.now() - 60_000)).toBe(true);
      expect(await text("b")).toBeUndefined();
      expect(await backend.expireAt(key("b"), subject.now() + 60_000)).toBe(false);
    });

    test("has does not read, and take reads and deletes", async () => {
      await put("a");
      expect(await backend.has(key("a"))).toBe(true);
      expect(await backend.take(key("a"), "text")).toBe("x");
      expect(await backend.has(key("a"))).toBe(false);
      expect(await backend.take(key("a"), "text")).toBeUndefined();
    });

    test("delete says whether there was an entry", async () => {
      await put("a");
      expect(await backend.delete(key("a"))).toBe(true);
      expect(await backend.delete(key("a"))).toBe(false);
    });

    test("deleteMany counts what there was and keeps the rest", async () => {
      await backend.setMany(
        ["a", "b", "c"].map((suffix) => [key(suffix), "x"] as const),
        undefined,
      );
      expect(await backend.deleteMany([key("a"), key("b"), key("a"), key("none")])).toBe(2);
      expect(await backend.getMany([key("a"), key("b"), key("c")], "text")).toEqual([undefined, undefined, "x"]);
    });

    test("getMany answers in the order of the request, repeated keys too", async () => {
      await backend.setMany(
        [
          [key("a"), "1"],
          [key("b"), ""],
          [key("c"), "3"],
        ],
        undefined,
      );
      const keys = ["c", "none", "a", "b", "c"].map(key);
      expect(await backend.getMany(keys, "text")).toEqual(["3", undefined, "1", "", "3"]);
    });

    test("setMany keeps the last of two values for one key", async () => {
      await backend.setMany(
        [
          [key("a"), "1"],
          [key("a"), "2"],
        ],
        undefined,
      );
      expect(await text("a")).toBe("2");
    });

    test("setMany gives every entry the ttl", async () => {
      await backend.setMany(
        [
          [key("a"), "1"],
          [key("b"), "2"],
        ],
        60_000,
      );
      expect(await backend.ttl(key("a"))).toBeGreaterThan(50_000);
      expect(await backend.ttl(key("b"))).toBeGreaterThan(50_000);
    });

    test("setMany, getMany and deleteMany take more than two chunks", async () => {
      const entries = Array.from({ length: 1_234 }, (_, index) => [key(`${index}`), `value ${index}`] as const);
      await backend.setMany(entries, 60_000);
      const keys = entries.map(([entryKey]) => entryKey);
      expect(await backend.getMany(keys, "text")).toEqual(entries.map(([, value]) => value));
      expect(await backend.deleteMany(keys)).toBe(1_234);
    });

    test("setManyIfAbsent, where there is one, stores what is not there and leaves the rest alone", async () => {
      await put("live", 60_000);
      await put("over", 50);
      await expired("over", 50);
      const entries = ["live", "over", "new"].map((suffix) => [key(suffix), `${suffix} 2`] as const);
      await storeAbsent(entries, 120_000);
      expect(
        await backend.getMany(
          entries.map(([each]) => each),
          "text",
        ),
      ).toEqual(["x", "over 2", "new 2"]);
      expect(await backend.ttl(key("live"))).toBeLessThanOrEqual(60_000);
      for (const suffix of ["over", "new"]) {
        expect(await backend.ttl(key(suffix))).toBeGreaterThan(60_000);
        expect(await backend.ttl(key(suffix))).toBeLessThanOrEqual(120_000);
      }
    });

    test("setManyIfAbsent stores for ever, and bytes as they are", async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      await put("there");
      await storeAbsent(
        [
          [key("a"), bytes],
          [key("there"), bytes],
          [key("b"), "text"],
        ],
        undefined,
      );
      expect(plain(await backend.get(key("a"), "bytes"))).toEqual(bytes);
      expect([await text("there"), await text("b"), await backend.ttl(key("b"))]).toEqual(["x", "text", "forever"]);
    });

    test("setManyIfAbsent takes more than two chunks", async () => {
      await put("700");
      await storeAbsent(
        Array.from({ length: 1201 }, (_, index) => [key(`${index}`), "new"] as const),
        60_000,
      );
      expect(await backend.getMany([key("0"), key("700"), key("1200")], "text")).toEqual(["new", "x", "new"]);
    });

    test("setManyIfAbsent takes its turn among the calls", async () => {
      const entries = [key("a"), key("b")].map((each) => [each, "new"] as const);
      const [, , , left] = await Promise.all([
        backend.set(key("a"), "old", {}),
        storeAbsent(entries, undefined),
        backend.delete(key("b")),
        backend.getMany([key("a"), key("b")], "text"),
      ]);
      expect(left).toEqual(["old", undefined]);
    });

    test("setManyEach, where there is one, gives each entry a lifetime of its own", async () => {
      await put("live");
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      await storeEach(
        [
          [key("short"), "1", 40_000],
          [key("long"), bytes, 80_000],
          [key("live"), "2", 60_000],
          [key("endless"), "3", undefined],
        ],
        false,
      );
      expect([await text("short"), await text("live"), await text("endless")]).toEqual(["1", "2", "3"]);
      expect(plain(await backend.get(key("long"), "bytes"))).toEqual(bytes);
      for (const [suffix, ttlMs] of [
        ["short", 40_000] as const,
        ["live", 60_000] as const,
        ["long", 80_000] as const,
      ]) {
        expect(await backend.ttl(key(suffix))).toBeGreaterThan(ttlMs - 20_000);
        expect(await backend.ttl(key(suffix))).toBeLessThanOrEqual(ttlMs);
      }
      expect(await backend.ttl(key("endless"))).toBe("forever");
    });

    test("setManyEach leaves alone what is there, if it is to", async () => {
      await put("there", 60_000);
      await storeEach(
        [
          [key("there"), "new", 90_000],
          [key("absent"), "new", 90_000],
          [key("endless"), "new", undefined],
        ],
        true,
      );
      expect([await text("there"), await text("absent"), await text("endless")]).toEqual(["x", "new", "new"]);
      expect(await backend.ttl(key("there"))).toBeLessThanOrEqual(60_000);
      expect(await backend.ttl(key("absent"))).toBeGreaterThan(60_000);
    });

    test("setManyEach takes more than two chunks", async () => {
      const entries = Array.from({ length: 1201 }, (_, index) => [key(`${index}`), "new", 60_000 + index] as const);
      await storeEach(entries, false);
      expect(await backend.getMany([key("0"), key("700"), key("1200")], "text")).toEqual(["new", "new", "new"]);
    });

    test("setManyEach takes its turn among the calls", async () => {
      const entries = [60_000, 70_000].map((ttlMs) => [key(`${ttlMs}`), "new", ttlMs] as const);
      const [, , , left] = await Promise.all([
        backend.set(key("60000"), "old", {}),
        storeEach(entries, false),
        backend.delete(key("70000")),
        backend.getMany([key("60000"), key("70000")], "text"),
      ]);
      expect(left).toEqual(["new", undefined]);
    });

    test("scan finds what the range owns and nothing else", async () => {
      const mine = ["1", "22", "*", "[3]"].map((suffix) => key(`a*:${suffix}`));
      const others = [key("a"), key("ab:1"), key("a*:keep"), key("b*:1")];
      await backend.setMany(
        [...mine, ...others].map((entryKey) => [entryKey, "x"] as const),
        undefined,
      );
      const range: KeyRange = { head: key("a*:"), owns: (owned) => !owned.endsWith("keep") };
      expect(new Set((await scanned(range)).flat())).toEqual(new Set(mine));
      expect(await backend.has(key("a*:1"))).toBe(true);
    });

    test("scan finds nothing that has expired", async () => {
      await put("a", 100);
      await put("b");
      await expired("a", 100);
      expect(new Set((await scanned(own())).flat())).toEqual(new Set([key("b")]));
    });

    test("scan finds every key, in batches between which others have their turn", async () => {
      await fill(3_500);
      const turns = countTurns();
      const batches = await scanned(own());
      expect(turns.stop()).toBeGreaterThanOrEqual(fewestTurns);
      expect(batches.length).toBeGreaterThan(2);
      expect(new Set(batches.flat())).toEqual(new Set(Array.from({ length: 3_500 }, (_, index) => key(`${index}`))));
    });

    test("scan finds what was there before, though entries are deleted while it goes on", async () => {
      await fill(3_500);
      const found = new Set<string>();
      for await (const batch of backend.scan(own())) {
        for (const owned of batch) found.add(owned);
        await backend.deleteMany(batch);
      }
      expect(found.size).toBe(3_500);
    });

    test("scan may be left early", async () => {
      await fill(10);
      for await (const batch of backend.scan(own())) if (batch.length > 0) break;
      expect(await backend.clear(own(), { dryRun: true })).toBe(10);
    });

    test("clear deletes what the range owns and nothing else", async () => {
      const mine = ["1", "22", "*", "[3]"].map((suffix) => key(`a*:${suffix}`));
      const others = [key("a"), key("ab:1"), key("a*:keep"), key("b*:1")];
      await backend.setMany(
        [...mine, ...others].map((entryKey) => [entryKey, "x"] as const),
        undefined,
      );
      const range: KeyRange = { head: key("a*:"), owns: (owned) => !owned.endsWith("keep") };
      expect(await backend.clear(range, {})).toBe(4);
      expect(await backend.getMany(mine, "text")).toEqual([undefined, undefined, undefined, undefined]);
      expect(await backend.getMany(others, "text")).toEqual(["x", "x", "x", "x"]);
    });

    test("clear counts in a dry run, and deletes nothing", async () => {
      await fill(3);
      const seen: ClearProgress[] = [];
      expect(await backend.clear(own(), { dryRun: true, onProgress: (progress) => seen.push(progress) })).toBe(3);
      expect(seen.at(-1)).toEqual({ found: 3, deleted: 0 });
      expect(await backend.clear(own(), {})).toBe(3);
    });

    test("clear does not count what has expired", async () => {
      await put("a", 100);
      await put("b");
      await expired("a", 100);
      expect(await backend.clear(own(), { dryRun: true })).toBe(1);
      expect(await backend.clear(own(), {})).toBe(1);
    });

    test("clear tells how far it is, and never backwards", async () => {
      await fill(3_500);
      const seen: ClearProgress[] = [];
      expect(await backend.clear(own(), { onProgress: (progress) => seen.push(progress) })).toBe(3_500);
      expect(seen.length).toBeGreaterThan(2);
      expect(seen.map(({ deleted }) => deleted)).toEqual(seen.map(({ deleted }) => deleted).sort((a, b) => a - b));
      expect(seen.at(-1)).toEqual({ found: 3_500, deleted: 3_500 });
    });

    test("clear leaves the event loop to others", async () => {
      await fill(3_500);
      const turns = countTurns();
      await backend.clear(own(), {});
      expect(turns.stop()).toBeGreaterThanOrEqual(fewestTurns);
    });

    test("clear stops between two batches, with the reason of the signal", async () => {
      await fill(3_500);
      const controller = new AbortController();
      const stopped = backend.clear(own(), {
        signal: controller.signal,
        onProgress: ({ deleted }) => {
          if (deleted > 0) controller.abort(new Error("enough"));
        },
      });
      await expect(stopped).rejects.toThrow("enough");
      const left = await backend.clear(own(), { dryRun: true });
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThan(3_500);
    });

    test("clear deletes no more in a second than it is told to", async () => {
      await fill(30);
      const controller = new AbortController();
      const startMs = performance.now();
      const moments: { deleted: number; ms: number }[] = [];
      const onProgress = ({ deleted }: ClearProgress): void => {
        moments.push({ deleted, ms: performance.now() - startMs });
        if (deleted >= 20) controller.abort(new Error("seen enough"));
      };
      const options = { maxPerSecond: 100, signal: controller.signal, onProgress };
      await expect(backend.clear(own(), options)).rejects.toThrow("seen enough");
      // A batch is 10, and a timer may be a millisecond early.
      const tooSoon = moments.filter(({ deleted, ms }) => deleted > 10 + (ms + 1) / 10);
      expect(tooSoon).toEqual([]);
    });

    test("calls take effect in the order in which they are made", async () => {
      const answers = await Promise.all([
        backend.set(key("a"), "1", {}),
        backend.get(key("a"), "text"),
        backend.set(key("a"), "2", { ifNotExists: true }),
        backend.delete(key("a")),
        backend.get(key("a"), "text"),
        backend.set(key("a"), "3", { ifNotExists: true }),
        backend.take(key("a"), "text"),
        backend.has(key("a")),
      ]);
      expect(answers).toEqual([true, "1", false, true, undefined, true, "3", false]);
    });

    test("is ready, closes, closes again, and rejects afterwards", async () => {
      await backend.ready();
      await put("a");
      await backend.close();
      await backend.close();
      await backend[Symbol.asyncDispose]();
      const error = await backend.get(key("a"), "text").catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(BackendUnavailableError);
      const written = await put("a").catch((reason: unknown) => reason);
      expect(written).toMatchObject({ code: "UNAVAILABLE", outcome: "none" });
      await expect(scanned(own())).rejects.toMatchObject({ code: "UNAVAILABLE" });
    });
  });
}

/** What every backend answers for keys that it does not have, also one that keeps nothing. */
export function absenceContract(subject: () => { backend: Backend; key(suffix: string): string }): void {
  test.each<Kind>(["text", "bytes"])("answers a missing key with undefined, read as %s", async (as) => {
    const { backend, key } = subject();
    expect(await backend.get(key("none"), as)).toBeUndefined();
    expect(await backend.getMany([key("none"), key("none")], as)).toEqual([undefined, undefined]);
    expect(await backend.take(key("none"), as)).toBeUndefined();
  });

  test("has nothing to say of a missing key", async () => {
    const { backend, key } = subject();
    expect(await backend.has(key("none"))).toBe(false);
    expect(await backend.ttl(key("none"))).toBeUndefined();
    expect(await backend.delete(key("none"))).toBe(false);
    expect(await backend.deleteMany([key("none")])).toBe(0);
    expect(await backend.expireIn(key("none"), 1_000)).toBe(false);
    expect(await backend.expireIn(key("none"), undefined)).toBe(false);
    expect(await backend.expireAt(key("none"), 4_102_444_800_000)).toBe(false);
    for await (const batch of backend.scan({ head: key("none"), owns: () => true })) expect(batch).toEqual([]);
    expect(await backend.clear({ head: key("none"), owns: () => true }, {})).toBe(0);
    expect(await backend.clear({ head: key("none"), owns: () => true }, { dryRun: true })).toBe(0);
  });

  test("clears nothing for a signal that has been aborted, or for a rate that is none", async () => {
    const { backend, key } = subject();
    const range = { head: key(""), owns: () => true };
    await expect(backend.clear(range, { signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow("no");
    for (const maxPerSecond of [0, -1, Number.NaN]) {
      await expect(backend.clear(range, { maxPerSecond })).rejects.toMatchObject({ code: "INVALID_OPTION" });
    }
  });

  test("takes no keys at all", async () => {
    const { backend } = subject();
    expect(await backend.getMany([], "text")).toEqual([]);
    expect(await backend.deleteMany([])).toBe(0);
    expect(await backend.setMany([], undefined)).toBeUndefined();
    expect(await backend.setMany([], 1_000)).toBeUndefined();
  });

  test("writes without complaint", async () => {
    const { backend, key } = subject();
    expect(await backend.set(key("written"), "x", { ifNotExists: true, ttlMs: 60_000 })).toBe(true);
    expect(await backend.setMany([[key("written"), "x"]], 60_000)).toBeUndefined();
  });
}

/** Counts the turns of the event loop until `stop`, which answers how many there were. */
function countTurns(): { stop(): number } {
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  return {
    stop: () => {
      isOver = true;
      return turns;
    },
  };
}

/** A client may answer with a Buffer, which is a Uint8Array of another class. */
function plain(stored: unknown): unknown {
  return stored instanceof Uint8Array ? Uint8Array.from(stored) : stored;
}
