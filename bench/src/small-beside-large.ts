import { type ChildProcess, fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as later } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { median } from "./harness/statistics.ts";
import { productOf } from "./payloads/product.ts";
import { check, checkMany, checkStored, fill, stockOf } from "./redis/calls.ts";
import type { Address } from "./redis/contender.ts";
import { oursJson, plainClient } from "./redis/entrants.ts";
import { openEntrant } from "./redis/open-entrant.ts";
import { startRedisServer } from "./redis/redis-server.ts";
import { machine } from "./versions.ts";

// How long small reads wait that come while large ones are under way, through one client: on the server's own machine, and over
// a network of one gigabit a second, which a proxy plays. Small ones begin each millisecond, whatever has become of those before:
// of those that wait for one another, hardly any would meet a large one.
// Usage: node bench/dist/src/small-beside-large.js [--write]

const names = [plainClient, "node-redis", "keyv", "cache-manager", "cacheable", "bentocache", oursJson] as const;
const rounds = 3;
const cellMs = 2000;
const bytesPerMs = 125_000;
const batchSize = 5000;
const loads = ["nothing", "1 MB", "batches"] as const;
const titles: Readonly<Record<Load, string>> = {
  nothing: "alone",
  "1 MB": "beside one read of 1 MB after the other",
  batches: `beside one batch of ${batchSize.toLocaleString("en")} values of 350 B after the other`,
};

type Load = (typeof loads)[number];

/** What a process of its own is: the network, or one contender. */
type Role =
  | { readonly kind: "link"; readonly to: Address }
  | { readonly kind: "contender"; readonly name: string; readonly at: Address; readonly database: number };

/** In microseconds; how many large reads were made in a second. */
interface Measured {
  readonly quantiles: readonly number[];
  readonly largePerSecond: number;
  /** What was stored and not found, since it was not there in time. */
  readonly missed: number;
}

const [role] = process.argv.slice(2).filter((arg) => arg.startsWith("{"));
if (role === undefined) await compare();
else {
  const own = JSON.parse(role) as Role;
  if (own.kind === "link") playLink(own.to);
  else await contend(own);
}

async function compare(): Promise<void> {
  const server = await startRedisServer();
  const children: ChildProcess[] = [];
  const start = (own: Role): ChildProcess => {
    const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(own)]);
    child.once("exit", (code) => {
      throw new Error(`${own.kind === "link" ? "The network" : own.name} ended with ${code}.`);
    });
    children.push(child);
    return child;
  };
  const link = start({ kind: "link", to: server.address });
  const port = await new Promise<number>((resolve) => link.once("message", (told) => resolve(Number(told))));
  const tables: string[] = [];
  for (const [title, at] of [
    ["On the machine of the server", server.address],
    ["Over a network of one gigabit a second", { host: "127.0.0.1", port }],
  ] as const) {
    const measured = new Map<string, Measured[]>();
    const contenders = names.map((name, database) => ({
      name,
      child: start({ kind: "contender", name, at, database }),
    }));
    for (let round = -1; round < rounds; round += 1) {
      for (const load of loads) {
        for (const { name, child } of round % 2 === 0 ? contenders : [...contenders].reverse()) {
          const found = await new Promise<Measured | undefined>((resolve) => {
            child.once("message", (told) => resolve((told as { readonly found?: Measured }).found));
            child.send(load);
          });
          // The first round warms up.
          if (round >= 0 && found !== undefined) {
            measured.set(`${name} ${load}`, [...(measured.get(`${name} ${load}`) ?? []), found]);
          }
        }
      }
    }
    tables.push(tableOf(title, measured));
  }
  for (const child of children) {
    child.removeAllListeners("exit");
    child.kill();
  }
  const text = `# Small reads beside large ones

Written by \`node bench/dist/src/small-beside-large.js --write\`. ${machine()}. Node ${process.version}, redis-server ${server.version}. A read of 350 B begins each millisecond, through the same client as large ones: how long the one in the middle, the slowest tenth and the slowest hundredth wait, in microseconds, and how many large reads are made in a second. Medians of ${rounds} interleaved rounds of ${cellMs / 1000} s, each contender in a process of its own, values of JSON. Not found is what was there, and had no answer within the time that a read has: 50 ms and more for cachetory. A dash is an operation that the library does not have.

${tables.join("\n\n")}
`;
  console.log(text);
  if (process.argv.includes("--write")) writeFileSync(new URL("../../small-beside-large.md", import.meta.url), text);
  server.stop();
}

function tableOf(title: string, measured: ReadonlyMap<string, readonly Measured[]>): string {
  const rows = names.map((name) => {
    const cells = loads.map((load) => {
      const samples = measured.get(`${name} ${load}`);
      if (samples === undefined) return "–";
      const quantiles = [0, 1, 2].map((index) => median(samples.map((each) => each.quantiles[index] ?? Number.NaN)));
      const waits = quantiles.map((us) => us.toFixed(0)).join(" / ");
      const missed = samples.reduce((sum, each) => sum + each.missed, 0);
      const rest = missed === 0 ? "" : `, ${missed} not found`;
      if (load === "nothing") return waits + rest;
      return `${waits}, ${median(samples.map((each) => each.largePerSecond)).toFixed(0)}${rest}`;
    });
    return `| ${name} | ${cells.join(" | ")} |`;
  });
  const heads = loads.map((load) => titles[load]).join(" | ");
  return `## ${title}\n\n| | ${heads} |\n| --- |${" ---: |".repeat(loads.length)}\n${rows.join("\n")}`;
}

/** Answers each load with what small reads beside it have waited. */
async function contend({ name, at, database }: Role & { readonly kind: "contender" }): Promise<void> {
  const contender = await openEntrant(name, { nodes: [at], database, subject: "product" });
  const { get, set, getMany, setMany } = contender;
  const stock = stockOf("product");
  if (get === undefined || set === undefined) throw new Error(`${name} cannot be measured.`);
  await fill(contender, stock);
  const smallIds = stock.values.map(({ id }) => id);
  const large = { ...productOf(99_999), description: "A line of some words, and one more of them.\n".repeat(23_831) };
  checkStored(await set(large.id, large));
  const many = Array.from({ length: batchSize }, (_, index) => productOf(100_000 + index));
  const ids = many.map(({ id }) => id);
  if (setMany !== undefined) await setMany(many.map((each) => [each.id, each] as const));
  let missed = 0;
  const readOne = async (id: number): Promise<void> => {
    const value = await get(id);
    if (value === undefined) missed += 1;
    else check(value, id);
  };
  const readMany = async (read: NonNullable<typeof getMany>): Promise<void> => {
    const found = [...(await read(ids))].filter((value) => value !== undefined);
    if (found.length === ids.length) checkMany(found, ids);
    missed += ids.length - found.length;
  };
  const reads: Readonly<Record<Load, (() => Promise<void>) | undefined>> = {
    nothing: () => later(1),
    "1 MB": () => readOne(large.id),
    batches: getMany && (() => readMany(getMany)),
  };
  process.on("message", async (load: Load) => {
    const read = reads[load];
    missed = 0;
    // The remainder is an index of them.
    const small = (index: number): Promise<void> => readOne(smallIds[index % smallIds.length] as number);
    process.send?.({ found: read && { ...(await waits(small, read)), missed } });
  });
}

async function waits(
  small: (index: number) => Promise<void>,
  read: () => Promise<void>,
): Promise<Omit<Measured, "missed">> {
  const found: number[] = [];
  const underWay = new Set<Promise<void>>();
  const timer = setInterval(() => {
    const startMs = performance.now();
    const one = small(found.length + underWay.size).then(() => {
      found.push((performance.now() - startMs) * 1000);
      underWay.delete(one);
    });
    underWay.add(one);
  }, 1);
  const startMs = performance.now();
  let larges = 0;
  for (; performance.now() - startMs < cellMs; larges += 1) await read();
  const seconds = (performance.now() - startMs) / 1000;
  clearInterval(timer);
  await Promise.all(underWay);
  found.sort((a, b) => a - b);
  return {
    quantiles: [0.5, 0.9, 0.99].map((share) => found[Math.floor(found.length * share)] ?? Number.NaN),
    largePerSecond: larges / seconds,
  };
}

/** A connection through the network, and what of its server's answers has still to be passed on. */
interface Link {
  readonly client: Socket;
  readonly server: Socket;
  readonly queue: Buffer[];
  bytes: number;
}

const packet = 8192;
const maxQueued = 256 * 1024;

/** What servers answer shares one line, of which each connection gets the same part. */
function playLink(to: Address): void {
  const links = new Set<Link>();
  let credit = 0;
  let lastMs = performance.now();
  const pass = (): void => {
    const nowMs = performance.now();
    credit = Math.min(2 * bytesPerMs, credit + (nowMs - lastMs) * bytesPerMs);
    lastMs = nowMs;
    for (let isIdle = false; credit > 0 && !isIdle; ) {
      isIdle = true;
      for (const link of links) {
        const [first] = link.queue;
        if (first === undefined || credit <= 0) continue;
        isIdle = false;
        const piece = first.subarray(0, packet);
        if (piece.length === first.length) link.queue.shift();
        else link.queue[0] = first.subarray(packet);
        link.bytes -= piece.length;
        credit -= piece.length;
        link.client.write(piece);
        if (link.bytes < maxQueued / 2) link.server.resume();
      }
    }
  };
  setInterval(pass, 1);
  const listener = createServer({ noDelay: true }, (client) => {
    const server = connect({ host: to.host, port: to.port, noDelay: true });
    const link: Link = { client, server, queue: [], bytes: 0 };
    links.add(link);
    client.on("data", (chunk) => server.write(chunk));
    server.on("data", (chunk) => {
      link.queue.push(chunk);
      link.bytes += chunk.length;
      if (link.bytes > maxQueued) server.pause();
      pass();
    });
    const end = (): void => {
      links.delete(link);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on("close", end).on("error", end);
  });
  listener.listen(0, "127.0.0.1", () => {
    const address = listener.address();
    if (address !== null && typeof address === "object") process.send?.(address.port);
  });
}
