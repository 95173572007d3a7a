import { Cache, json, type WriteBack } from "@cachetory/runtime";
import { describe, expect, test } from "vitest";
import { everyOrder, SteppedServer, Steps } from "../../support/stepped-server.ts";

type Numbers = Cache<string, number>;
type Load = (cache: Numbers, load: () => Promise<number>) => Promise<unknown>;
type Change = (cache: Numbers, current: () => number) => Promise<unknown>;

const many = (load: () => Promise<number>) => async (keys: readonly string[]) => {
  const value = await load();
  return keys.map(() => value);
};

const loads: Readonly<Record<string, Load>> = {
  getOrSet: (cache, load) => cache.getOrSet("a", load),
  "getOrSet that replaces": (cache, load) => cache.getOrSet("a", load, { ifNotExists: false }),
  getOrSetMany: (cache, load) => cache.getOrSetMany(["a", "b"], many(load)),
  refresh: (cache, load) => cache.refresh("a", load),
  "get of a batch": (cache, load) => cache.batch(many(load)).get("a"),
  "refresh of a batch": (cache, load) => cache.batch(many(load)).refresh("a"),
};

const changes: Readonly<Record<string, Change>> = {
  delete: (cache) => cache.delete("a"),
  deleteMany: (cache) => cache.deleteMany(["a", "b"]),
  take: (cache) => cache.take("a"),
  clear: (cache) => cache.clear(),
  "expireIn of the past": (cache) => cache.expireIn("a", { ms: 0 }),
  "expireAt of the past": (cache) => cache.expireAt("a", new Date(0)),
  "set of the past": (cache, current) => cache.set("a", current(), { ttl: { ms: 0 } }),
  set: (cache, current) => cache.set("a", current()),
  setMany: (cache, current) => cache.setMany({ a: current(), b: current() }),
  refresh: (cache, current) => cache.refresh("a", async () => current()),
  "delete and getOrSet": async (cache, current) => {
    await cache.delete("a");
    return cache.getOrSet("a", async () => current());
  },
  "set and delete": async (cache, current) => {
    await cache.set("a", current());
    return cache.delete("a");
  },
};

/** Which of the changes lets something older than itself be stored, where nothing but the absence of an entry is asked for. */
const lostWithoutGuard = (load: string, change: string, isUnfit: boolean): boolean => {
  // A load that replaces does so whatever is there.
  if (load.includes("replaces") || load.includes("refresh") || isUnfit) return true;
  return !["set", "setMany", "refresh"].includes(change);
};

/** A process that loads, and one that changes what is loaded and says so; the orders in which something old is left. */
async function violations(
  load: Load,
  change: Change,
  how: {
    readonly writeBack: WriteBack;
    readonly singleFlight?: "cluster";
    readonly before: string | undefined;
    readonly processes: "one" | "one, two caches" | "two";
  },
): Promise<readonly string[]> {
  const found: string[] = [];
  await everyOrder(async (choose, order) => {
    const steps = new Steps();
    const server = new SteppedServer(steps);
    if (how.before !== undefined) server.entries.set("p:a", how.before);
    const backend = server.backend("loads");
    const cacheOn = (on: typeof backend): Numbers =>
      new Cache({
        backend: on,
        serializer: json<number>(),
        prefix: "p:",
        writeBack: how.writeBack,
        singleFlight: how.singleFlight,
      });
    const loading = cacheOn(backend);
    const changing =
      how.processes === "one" ? loading : cacheOn(how.processes === "two" ? server.backend("changes") : backend);
    // What is loaded is a number that is counted up.
    let origin = 1;
    const read = async (): Promise<number> => {
      const value = await steps.take("loads", () => origin);
      // What was read is on its way for a while.
      await steps.take("loads", () => {});
      return value;
    };
    const answers = Promise.all([
      load(loading, read),
      steps
        .take("changes", () => {
          origin = 2;
        })
        .then(() => change(changing, () => origin)),
    ]);
    await steps.runAll(choose);
    await answers;
    const left = server.entries.get("p:a");
    if (left === "1") found.push(order());
  });
  return found;
}

const unfit = "{";

describe.each(Object.keys(loads))("while %s loads", (loadName) => {
  const load = loads[loadName] as Load;

  describe.each(Object.keys(changes))("%s is called", (changeName) => {
    const change = changes[changeName] as Change;

    test.each([undefined, unfit])(
      "by another process: guarded, nothing older is stored (before: %s)",
      async (before) => {
        expect(await violations(load, change, { writeBack: "guarded", before, processes: "two" })).toEqual([]);
      },
    );

    test.each([undefined, unfit])(
      "by another process: without a guard, it is as the reference says (before: %s)",
      async (before) => {
        const found = await violations(load, change, { writeBack: "if-absent", before, processes: "two" });
        expect(found.length > 0).toBe(lostWithoutGuard(loadName, changeName, before === unfit));
      },
    );

    test("in the same process: nothing older is stored, without a guard and with it", async () => {
      for (const writeBack of ["if-absent", "guarded"] as const) {
        for (const processes of ["one", "one, two caches"] as const) {
          expect(await violations(load, change, { writeBack, before: undefined, processes })).toEqual([]);
        }
      }
    });
  });
});

test("a guard and a lease go together", async () => {
  for (const name of ["delete", "take", "clear"]) {
    const how = { writeBack: "guarded", singleFlight: "cluster", before: undefined, processes: "two" } as const;
    expect(await violations(loads["getOrSet"] as Load, changes[name] as Change, how)).toEqual([]);
  }
});

test("what has come between the first read and the one before the load, and cannot be read, is replaced under a guard", async () => {
  const steps = new Steps();
  const server = new SteppedServer(steps);
  const cache = new Cache<string, number>({
    backend: server.backend("loads"),
    serializer: json(),
    prefix: "p:",
    writeBack: "guarded",
  });
  const answer = cache.getOrSet("a", () => 1);
  await steps.runAll((ready) => {
    // The first step has read that there is nothing.
    if (server.guards.size === 0 && server.reads === 1) server.entries.set("p:a", unfit);
    return ready[0] ?? "";
  });
  expect([await answer, server.entries.get("p:a")]).toEqual([1, "1"]);
});
