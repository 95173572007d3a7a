import { connect, createServer } from "node:net";
import type { Tally } from "./callers.ts";

const kept: unknown[] = [];

/** Does everything that the soak is to find, once. */
export function plant(tally: Tally): void {
  kept.push(Array.from({ length: 500_000 }, (_, index) => ({ index })));
  for (let count = 0; count < 20; count += 1) setTimeout(() => {}, 3_600_000).unref();
  const server = createServer(() => {}).listen(0, "127.0.0.1", () => {
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    for (let count = 0; count < 10; count += 1) kept.push(connect(port, "127.0.0.1"));
  });
  void Promise.reject(new Error("planted"));
  tally.errors.push("planted");
  tally.wrong.push("planted");
}
