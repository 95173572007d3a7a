import { describe, expect, it } from "vitest";
import { codecText } from "../../support/emitted-codec.ts";
import { liveText } from "../../support/emitted-live.ts";
import { moduleScript } from "../../support/emitted-module.ts";
import { schemaTypeOf } from "../../support/inline-schema.ts";
import { repository } from "../../support/repository.ts";
import { runOrThrow } from "../../support/run-program.ts";

const [number, string] = [{ type: "number" }, { type: "string" }];
const pair = { type: "array", prefixItems: [string, number], minItems: 2, maxItems: 2 };

const { ir: type } = schemaTypeOf({
  type: "object",
  properties: {
    id: number,
    price: { type: "object", properties: { cents: number, note: string }, required: ["cents"] },
    stores: { type: "array", items: { type: "object", properties: { names: { type: "array", items: string } } } },
    names: { type: "array", items: string },
    rows: { type: "array", items: { type: "array", items: string } },
    place: pair,
    path: { type: "array", prefixItems: [string], minItems: 1, items: number },
    others: { type: "object", additionalProperties: { type: "object", properties: { on: number }, required: ["on"] } },
  },
  required: ["id", "price", "stores", "names", "rows", "place", "path", "others"],
});

/** A program with the emitted module's `exports`, which makes values of the type by `valueOf`. */
function program(text: string, lines: string): string {
  return `
    import * as core from "@cachetory/runtime/codegen/v1/core";
    import * as typed from "@cachetory/runtime/codegen/v1/typed";
    const exports = {};
    const script = ${JSON.stringify(moduleScript(text))};
    new Function("exports", "require", script)(exports, () => ({ ...core, ...typed }));
    const valueOf = (id) => ({
      id,
      price: { cents: id, note: "new" },
      stores: [{ names: ["one"] }, { names: ["two"] }],
      names: ["a", "b"],
      rows: [["c", "d"], ["e"]],
      place: ["here", id],
      path: ["there", id, id],
      others: { first: { on: id } },
    });
    ${lines}
  `;
}

/**
 * Makes as many as a service does that fills a cache or reads a batch, and keeps them; then as many that nobody keeps, of which the
 * last one's parts are looked at.
 */
const lookAtLast = `
  const kept = Array.from({ length: 100_000 }, (_, id) => lasting(id));
  let last;
  for (let turn = 0; turn < 400_000; turn += 1) last = passing(kept[turn % kept.length], turn);
  const old = [];
  const look = (value, path) => {
    if (typeof value !== "object") return;
    if (!%InYoungGeneration(value)) old.push(path);
    for (const name of Object.keys(value)) look(value[name], path + "." + name);
  };
  look(last, "value");
  console.log(old.join(" ") + "|");
`;

async function outputOf(code: string): Promise<string> {
  // V8's memory for new values has its full size, as in a process that has much to do.
  const flags = ["--min-semi-space-size=16", "--allow-natives-syntax", "--expose-gc", "--no-warnings"];
  const args = [...flags, "--input-type=module", "-e", code];
  return (await runOrThrow(process.execPath, args, { cwd: repository })).stdout;
}

/** Else what takes 0.1 µs takes several: garbage would be where all has to be looked through for it. */
describe("V8 does not take to last what is made after much that lasted:", () => {
  it.each([
    [
      "copies for readers of what was kept all at once",
      liveText(type, "json", "clone"),
      "const lasting = (id) => exports.live.keep(valueOf(id)), passing = (kept) => exports.live.give(kept);",
    ],
    [
      "values that are read from entries after a large batch",
      codecText(type),
      `const serializer = typed.typed(exports.codec);
       const stored = Array.from({ length: 100 }, (_, id) => serializer.serialize(valueOf(id)));
       const lasting = (id) => serializer.deserialize(stored[id % 100]), passing = (_, id) => lasting(id);`,
    ],
  ])("%s", { timeout: 60_000 }, async (_name, text, making) => {
    expect(await outputOf(program(text, `${making}${lookAtLast}`))).toBe("|\n");
  });
});

// Once nobody has an object of a shape, V8 forgets the shape, and whatever it has compiled for it.
it.each([
  [
    "copies",
    liveText(type, "json", "clone"),
    "const { keep, give } = exports.live, kept = keep(example), made = () => give(kept);",
  ],
  [
    "reads",
    codecText(type),
    `const serializer = typed.typed(exports.codec), stored = serializer.serialize(valueOf(1));
     const made = () => serializer.deserialize(stored), give = exports.codec.decode;`,
  ],
])("what %s values stays compiled when all garbage is collected", { timeout: 60_000 }, async (_name, text, making) => {
  const code = `
    const example = valueOf(1);
    ${making}
    const isCompiled = () => (%GetOptimizationStatus(give) & 16) !== 0;
    for (let turn = 0; turn < 1_000_000 && !isCompiled(); turn += 1) made();
    made();
    const before = isCompiled();
    gc();
    made();
    console.log(before, isCompiled());
  `;
  expect(await outputOf(program(text, code))).toBe("true true\n");
});
