import { bundleRuntime } from "./runtime-bundle.ts";
import { violationIn } from "./invariants.ts";
import { Realm } from "./realm.ts";
import { scheduleOf } from "./schedule.ts";
import { simulate } from "./simulation.ts";

const root = new URL(process.argv[2]);
const from = Number(process.argv[3] ?? 0), n = Number(process.argv[4] ?? 100);
const trace = process.argv[5] === "trace";
const code = await bundleRuntime(root);
const realms = [0, 1, 2].map(() => new Realm(code));
const t = performance.now();
let steps = 0, bad = 0; const kinds = {};
for (let seed = from; seed < from + n; seed++) {
  const s = scheduleOf(seed);
  const c = await simulate(s, realms, trace);
  steps += c.steps;
  const v = violationIn(c);
  if (trace) { console.log(JSON.stringify(s.configuration)); console.log(c.trace.join("\n")); }
  if (v) { bad++; (kinds[v.invariant] ??= []).push(seed); if (bad <= 12 || trace) console.log(seed, v.invariant, v.what, JSON.stringify(s.configuration.policy + " " + s.configuration.near+" "+s.configuration.writeBack+" "+s.configuration.singleFlight+" rec="+s.configuration.recovery), JSON.stringify(c.faults.map(f=>f.kind))); }
}
console.log(bad, "bad", steps / n, "steps", (performance.now() - t) / n, "ms per schedule");
for (const [k, v] of Object.entries(kinds)) console.log(k, v.length, v.slice(0, 12).join(" "));
