import { Redis } from "ioredis";
import type { Stage } from "./stage.ts";

/** All keys of all masters that fit the pattern. */
export async function keysLike(stage: Stage, pattern: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { connection } of await stage.masters()) {
    const client = new Redis(connection);
    for (let cursor = "0", isFirst = true; isFirst || cursor !== "0"; isFirst = false) {
      const [next, keys] = await client.scan(cursor, "MATCH", pattern, "COUNT", 10_000);
      found.push(...keys);
      cursor = next;
    }
    client.disconnect();
  }
  return found;
}

/** Which of the keys are there. */
export async function storedOf({ client }: Stage, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const answers = await Promise.all(keys.map((key) => client.exists(key)));
  return new Set(keys.filter((_, index) => answers[index] === 1));
}
