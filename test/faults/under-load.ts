import { onCacheEvent } from "@cachetory/runtime";
import { expect, onTestFinished, vi } from "vitest";
import { until } from "../support/until.ts";
import { type CacheKind, openCaches, type ProductCache } from "./caches.ts";
import type { Deployment } from "./deployment.ts";
import { type Census, LiveResources } from "./live-resources.ts";
import { hotIds, productOf, SteadyLoad } from "./steady-load.ts";

/** What a fault can be told by, and told. */
export interface Scene {
  readonly caches: Readonly<Record<CacheKind, ProductCache>>;
  readonly load: SteadyLoad;
  /** A key of the plain cache that the load asks for, prefix included. */
  readonly hotKey: string;
  /** What caches have said of the backend since the scene began. */
  readonly outages: readonly string[];
  /** Resolves when the caches have found that the backend is out, or does not store, since the scene began. */
  outage(): Promise<void>;
}

/** Nobody waits longer than this for anything but a hang. */
const hangMs = 3000;

const resources = new LiveResources();
let scenes = 0;

/**
 * Lets something happen while caches of all kinds are read through without a pause, and holds them to what is promised
 * whatever happens: no error, no value of another key, no rejection that nobody handles, no call that hangs; entries again
 * afterwards; and no more sockets and timers than before.
 */
export async function underLoad(deployment: Deployment, happen: (scene: Scene) => Promise<void>): Promise<void> {
  scenes += 1;
  const unhandled = collectUnhandled();
  const warnings = collectWarnings();
  await deployment.ready();
  const before = await resources.idle();
  const { all, close } = openCaches(deployment.url, `scene-${scenes}:`);
  const outages: string[] = [];
  onTestFinished(onCacheEvent("outage", ({ state }) => outages.push(state)));

  let load: SteadyLoad | undefined;
  try {
    await expectEntries(deployment, all);
    const open = await resources.idle();
    const hotKeys = hotIds.map((id) => ({ id }));
    await Promise.all(
      Object.values(all).map((cache) => cache.getOrSetMany(hotKeys, (keys) => keys.map(({ id }) => productOf(id)))),
    );
    load = new SteadyLoad(all);
    await load.answers(8);
    await happen({
      caches: all,
      load,
      hotKey: all.plain.keyOf({ id: 0 }),
      outages,
      outage: () => until("the backend is found to be out", async () => outages.some((state) => state !== "up")),
    });
    await deployment.ready();
    await expectEntries(deployment, all);
    await load.answers(8);
    const report = await load.stop();
    expect(report).toMatchObject({ errors: [], wrong: [] });
    expect(report.longest.tookMs, report.longest.call).toBeLessThan(hangMs);
    await resources.settle(withRoomFor(deployment, open));
  } finally {
    await load?.stop();
    await close();
  }
  await resources.settle(before);
  expect(unhandled).toEqual([]);
  expect(warnings).toEqual([]);
}

/** What is loaded is there afterwards, on the server: no memory of this process answers instead. */
async function expectEntries(deployment: Deployment, caches: Readonly<Record<CacheKind, ProductCache>>): Promise<void> {
  let id = 1000;
  await Promise.all(
    Object.entries(caches).map(([kind, cache]) =>
      until(`the ${kind} cache stores what it loads`, async () => {
        id += 1;
        const key = { id };
        expect(await cache.getOrSet(key, () => productOf(key.id))).toEqual(productOf(key.id));
        const text = cache.keyOf(key);
        const stored = await (await deployment.masterOf(text)).ask("EXISTS", text);
        return stored === 1 && (await cache.getOrThrow(key)).id === key.id;
      }),
    ),
  );
}

/** A client may have a connection of its second lane by now, and one to each server. A proxy makes three of each. */
function withRoomFor({ servers }: Deployment, open: Census): Census {
  return { ...open, sockets: open.sockets + 3 * servers.length };
}

function collectUnhandled(): readonly unknown[] {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => {
    unhandled.push(reason);
  };
  process.on("unhandledRejection", listen);
  onTestFinished(() => void process.off("unhandledRejection", listen));
  return unhandled;
}

/** Those that are not of caches, which say what happens: such as one of too many listeners. */
function collectWarnings(): readonly string[] {
  const others: string[] = [];
  const spy = vi.spyOn(process, "emitWarning").mockImplementation((warning, options) => {
    const type = typeof options === "object" ? options.type : options;
    if (type !== "CachetoryWarning") others.push(String(warning));
  });
  onTestFinished(() => spy.mockRestore());
  return others;
}
