import { bundleRuntime } from "./runtime-bundle.ts";
import { violationIn } from "./invariants.ts";
import { Realm } from "./realm.ts";
import { scheduleOf } from "./schedule.ts";
import { simulate } from "./simulation.ts";
import { mutants } from "./mutants.ts";
const root = new URL(process.argv[2]);
const max = Number(process.argv[3]); const only = process.argv[4];
for (const m of mutants) {
  if (only && !m.name.includes(only)) continue;
  try {
    const code = await bundleRuntime(root, m);
    const realms = [0, 1, 2].map(() => new Realm(code));
    let found;
    for (let seed = 0; seed < max && !found; seed++) {
      const c = await simulate(scheduleOf(seed), realms);
      const v = violationIn(c); if (v) found = [seed, v.invariant, v.what];
    }
    console.log(found ? "caught " : "MISSED ", m.name, found ? `${found[0]} ${found[1]}` : "");
  } catch (e) { console.log("ERROR", m.name, e.message.slice(0,300)); }
}
