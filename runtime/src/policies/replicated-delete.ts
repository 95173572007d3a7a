import type { Backend } from "../backends/backend.ts";
import type { DeleteOptions } from "../cache/options.ts";
import { CachetoryError, NotReplicatedError } from "../errors.ts";
import { messageOf } from "../message-of.ts";

const maxTimeoutMs = 60_000;

/**
 * Deletes an entry, and waits until replicas have no such entry either. Where entries are in this process alone, there is
 * no copy that could bring it back.
 *
 * @throws NotReplicatedError
 * @throws CachetoryError `INVALID_OPTION`, before anything is sent
 */
export async function deleteReplicated(backend: Backend, text: string, options: DeleteOptions): Promise<boolean> {
  const { replicas = 0, replicasTimeoutMs = 1000 } = options;
  refuseUnfit("replicas", replicas, Number.MAX_SAFE_INTEGER);
  refuseUnfit("replicasTimeoutMs", replicasTimeoutMs, maxTimeoutMs);
  if (backend.isShared && backend.awaitReplicas === undefined) {
    throw new CachetoryError(
      "INVALID_OPTION",
      `The backend ${backend.name} cannot tell what its replicas have got. Leave replicas out, or give the cache a Redis ` +
        "by its URL or by a client of ioredis.",
    );
  }
  const existed = await backend.delete(text);
  if (backend.awaitReplicas === undefined) return existed;
  const reached = await countReplicas(backend.awaitReplicas(text, replicas, replicasTimeoutMs));
  if (reached >= replicas) return existed;
  const few = `${reached} of ${replicas} replicas`;
  throw new NotReplicatedError(
    `The entry is deleted, but within ${replicasTimeoutMs} ms only ${few} have got that. One that becomes master could ` +
      "bring the entry back: delete it again, or let its ttl end it.",
    { reached },
  );
}

async function countReplicas(asked: Promise<number>): Promise<number> {
  try {
    return await asked;
  } catch (cause) {
    const reason = messageOf(cause);
    throw new NotReplicatedError(
      `The entry is deleted, but its replicas could not be asked whether they know. ${reason}`,
      {
        cause,
        reached: 0,
      },
    );
  }
}

function refuseUnfit(option: string, value: number, max: number): void {
  if (Number.isSafeInteger(value) && value >= 1 && value <= max) return;
  const range = max === Number.MAX_SAFE_INTEGER ? "a whole number from 1" : `a whole number from 1 to ${max}`;
  throw new CachetoryError("INVALID_OPTION", `${option} must be ${range}, but is ${value}.`);
}
