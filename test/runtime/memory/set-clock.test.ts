import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runProgram } from "../../support/run-program.ts";

const runtime = new URL("../../../runtime/dist/index.js", import.meta.url).href;

// To the runtime, it is the clock of the machine, which somebody then sets.
const program = `
  let setBy = 0;
  const { now } = Date;
  Date.now = (() => now() + setBy).bind(null);
  const { Cache, json, MemoryBackend } = await import(${JSON.stringify(runtime)});
  const plain = new Cache({ backend: new MemoryBackend(), serializer: json(), ttl: "1m" });
  const kept = new Cache({ backend: new MemoryBackend(), serializer: json(), ttl: "1m", stale: { onError: "1h" } });
  const said = [];
  for (const cache of [plain, kept]) {
    await cache.set("a", 1);
    setBy = 7_200_000;
    said.push(await cache.get("a"));
    setBy = -7_200_000;
    said.push((await cache.ttl("a")) <= 60_000);
    await cache.set("b", 2);
    await cache.expireAt("b", new Date(Date.now() + 30_000));
    const leftMs = await cache.ttl("b");
    said.push(leftMs > 25_000 && leftMs <= 30_000);
    setBy = 0;
  }
  console.log(JSON.stringify(said));
`;

test("who sets the machine's clock neither ends entries nor keeps them; a date is one of that clock", async () => {
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const { output } = await runProgram(process.execPath, ["--input-type=module", "-e", program], { cwd });
  expect(output.trim()).toBe("[1,true,true,1,true,true]");
});
