import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { entrants } from "./contenders/entrants.ts";
import type { Pace } from "./protocol.ts";
import { startRedisServer } from "./redis-server.ts";
import { report } from "./report.ts";
import { runSessions } from "./rounds.ts";
import { machine, versions } from "./versions.ts";

const usage = `Usage: npm run bench -- [--quick] [--write] [--node PATH]
  --quick      a minute instead of five, for a first look
  --write      also puts the tables into bench/results.md
  --node PATH  another node to run the contenders with`;

const full: Pace = { sessions: 5, rounds: 5, warmMs: 50, leadMs: 6, cellMs: { redis: 50, memory: 15 } };
const quick: Pace = { sessions: 2, rounds: 4, warmMs: 40, leadMs: 4, cellMs: { redis: 25, memory: 6 } };

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    node: { type: "string", default: process.execPath },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(usage);
else await bench();

async function bench(): Promise<void> {
  const pace = values.quick ? quick : full;
  const server = await startRedisServer();
  try {
    const checkStores = (): Promise<void> => server.checkExpiries(entrants.redis.length);
    const run = await runSessions(server.url, pace, values.node, checkStores, (text) => console.error(text));
    const text = report(run, {
      machine: machine(),
      versions: versions(values.node, server.version),
      method: `${pace.sessions} sessions of ${pace.rounds} rounds, ${pace.cellMs.redis} ms for each cell on Redis and ${pace.cellMs.memory} ms in memory`,
    });
    console.log(text);
    if (values.write) writeFileSync(new URL("../results.md", import.meta.url), `${text}\n`);
  } finally {
    server.stop();
  }
}
