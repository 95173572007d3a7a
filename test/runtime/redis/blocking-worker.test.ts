import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { BlockingWorker } from "../../../runtime/src/backends/blocking-worker.ts";

const folder = mkdtempSync(join(tmpdir(), "cachetory-worker-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A worker that answers as told: `answer(id, method, args, post)`, where `post` takes what follows the id. */
function worker(answer: string): BlockingWorker {
  const file = join(folder, `worker-${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(
    file,
    `import { workerData } from "node:worker_threads";
    const { port, posted, recipe } = workerData;
    const counter = new Int32Array(posted);
    const post = (...message) => { port.postMessage(message); Atomics.add(counter, 0, 1); Atomics.notify(counter, 0); };
    const answer = ${answer};
    port.on("message", ([id, method, ...args]) => answer(id, method, args, post));
    post(0, "value", undefined);`,
  );
  return new BlockingWorker(pathToFileURL(file), { name: "recipe" });
}

describe("a worker that is waited for", () => {
  test("answers with values, and with errors of their class", () => {
    const asked = worker(`(id, method, args, post) => {
      const cause = { name: "ReplyError", message: "OOM", code: undefined };
      if (method === "fail") post(id, "error", { code: "UNAVAILABLE", message: "down", outcome: "unknown", cause });
      else if (method === "odd") post(id, "error", { code: undefined, message: "odd" });
      else post(id, "value", [method, args, recipe]);
    }`);
    expect(asked.call("echo", [1, "a"], 5_000)).toEqual(["echo", [1, "a"], { name: "recipe" }]);
    expect(() => asked.call("fail", [], 5_000)).toThrow(
      expect.objectContaining({
        name: "BackendUnavailableError",
        outcome: "unknown",
        cause: expect.objectContaining({ name: "ReplyError", message: "OOM" }),
      }),
    );
    expect(() => asked.call("odd", [], 5_000)).toThrow("odd");
    asked.end();
  });

  test("that does not answer is given up in time, and is over", () => {
    const silent = worker("() => {}");
    const startMs = performance.now();
    expect(() => silent.call("get", ["a"], 50)).toThrow(
      expect.objectContaining({ code: "UNAVAILABLE", outcome: "unknown", message: expect.stringContaining("50 ms") }),
    );
    expect(performance.now() - startMs).toBeGreaterThan(45);
    expect(silent.isOver).toBe(true);
  });

  test("is not given an answer that belongs to an earlier question", () => {
    const asked = worker(`(id, method, args, post) => {
      post(id - 1, "value", "late");
      post(id, "value", "right");
    }`);
    expect([asked.call("a", [], 5_000), asked.call("b", [], 5_000)]).toEqual(["right", "right"]);
    asked.end();
  });

  test("has to be there: a bundler may have left it behind", () => {
    expect(() => new BlockingWorker(pathToFileURL(join(folder, "gone.js")), {})).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringContaining("out of the bundle") }),
    );
  });
});
