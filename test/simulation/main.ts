import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { wholeNumber } from "../support/whole-number.ts";
import { everyValueIsLarge, type Finding, findingText, type Outcome, realmsOf, search } from "./search.ts";

/** What a worker tells: how far it is, each violation as soon as it is found, and what it came to in the end. */
type Told = { readonly ran: number } | { readonly found: string } | { readonly outcome: Omit<Outcome, "findings"> };

/** A worker tells of so many schedules at once. */
const perMessage = 500;

/** After so many violations there is enough to look at. */
const maxFindings = 5;

const { values } = parseArgs({
  options: {
    schedules: { type: "string", default: "10000" },
    from: { type: "string", default: "0" },
    workers: { type: "string", default: String(availableParallelism()) },
    seed: { type: "string" },
    root: { type: "string", default: "." },
    large: { type: "boolean", default: false },
    worker: { type: "boolean", default: false },
  },
});
const root = pathToFileURL(`${values.root}/`);
const edits = values.large ? [everyValueIsLarge] : [];
const from = wholeNumber("from", values.from, 0);
// Of fewer schedules than workers, some have none.
const count = wholeNumber("schedules", values.schedules, values.worker ? 0 : 1);

if (values.seed !== undefined) await replay(wholeNumber("seed", values.seed, 0));
else if (values.worker) await work();
else await share(wholeNumber("workers", values.workers));

function textOf(finding: Finding): string {
  return findingText(finding) + (values.large ? " --large" : "");
}

async function replay(seed: number): Promise<void> {
  const { findings } = await search(await realmsOf(root, edits), { from: seed, count: 1 });
  const [finding] = findings;
  console.log(finding === undefined ? `Nothing is violated by the schedule of seed ${seed}.` : textOf(finding));
  process.exitCode = findings.length;
}

async function work(): Promise<void> {
  const tell = (told: Told): void => void process.send?.(told);
  let ran = 0;
  const { schedules, steps } = await search(
    await realmsOf(root, edits),
    { from, count },
    {
      maxFindings,
      onFound: (finding) => tell({ found: textOf(finding) }),
      onProgress: () => {
        ran += 1;
        if (ran % perMessage === 0) tell({ ran: perMessage });
      },
    },
  );
  process.send?.({ outcome: { schedules, steps } } satisfies Told, () => process.disconnect());
}

async function share(workers: number): Promise<void> {
  const startedMs = performance.now();
  let [ran, found] = [0, 0];
  const each = Math.ceil(count / workers);
  const program = process.argv[1] ?? "";
  const outcomes = Array.from({ length: workers }, async (_, index) => {
    const first = from + index * each;
    const own = Math.max(0, Math.min(each, from + count - first));
    const large = values.large ? ["--large"] : [];
    const args = ["--worker", ...large, "--root", values.root, "--from", String(first), "--schedules", String(own)];
    const child = fork(program, args);
    return new Promise<Extract<Told, { outcome: unknown }>>((resolve, reject) => {
      child.on("exit", (code) => reject(new Error(`A worker ended with exit code ${code}.`)));
      child.on("message", (message) => {
        // Workers are this program, and send nothing else.
        const told = message as Told;
        if ("outcome" in told) {
          resolve(told);
          return;
        }
        if ("found" in told) {
          found += 1;
          console.log(`\n${told.found}\n`);
          return;
        }
        ran += told.ran;
        const perSecond = Math.round((1000 * ran) / (performance.now() - startedMs));
        // Whoever ends it before its end knows what was found until then.
        if (ran % (20 * perMessage) === 0) console.log(`${ran} schedules, ${perSecond} a second: ${found} violations`);
      });
    });
  });
  const told = await Promise.all(outcomes);
  const [schedules, steps] = told.reduce(([a, b], { outcome }) => [a + outcome.schedules, b + outcome.steps], [0, 0]);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  console.log(`\n${schedules} schedules of ${steps} events in ${seconds} s: ${found} violations`);
  process.exitCode = found > 0 ? 1 : 0;
}
