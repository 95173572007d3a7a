import { randomUUID } from "node:crypto";
import type { Backend } from "@cachetory/runtime";

/** URL of a server that the tests may use besides their own: one that the machine cannot have, or a real Cluster. */
export const givenServerUrl: string | undefined = process.env["TEST_REDIS_URL"] || undefined;

/** Stands before all keys there: the server may be in use. */
export const givenServerPrefix: string = `cachetory-test:${randomUUID()}:`;

/** How far the clock of a backend's server is ahead of this machine's, in milliseconds. */
export async function clockAheadMs(backend: Backend, prefix: string): Promise<number> {
  const key = `${prefix}clock`;
  const endMs = Date.now() + 86_400_000;
  await backend.set(key, "x", {});
  await backend.expireAt(key, endMs);
  const askedMs = Date.now();
  const leftMs = await backend.ttl(key);
  // The server looked at its clock while the question was on its way.
  const answeredMs = (askedMs + Date.now()) / 2;
  await backend.delete(key);
  return Math.round(endMs - Number(leftMs) - answeredMs);
}
