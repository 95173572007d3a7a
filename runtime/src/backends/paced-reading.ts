import { type ConnectingClient, onEachConnection } from "./each-connection.ts";
import { ReadMemory } from "./read-memory.ts";

/** So much is taken in before others get a turn: what Node reads of a socket at once. */
const bytesPerTurn = 64 * 1024;
/**
 * Where turns are long, as much for each millisecond in which the loop was busy: more than a read has time for, so none expires for
 * being taken in piece by piece.
 */
const bytesPerBusyMs = 32 * 1024;
const maxBytesPerTurn = 1024 * 1024;

/** What comes in of a connection. */
interface ReadStream {
  /** Of TLS, whose pieces are smaller than what was read. */
  readonly encrypted?: boolean;
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

/**
 * Lets the event loop turn between the pieces of what the client's connections bring. Otherwise all that is there of one of them is
 * taken in, up to two megabytes, before any other connection is looked at.
 */
export function paceReading(client: ConnectingClient): void {
  onEachConnection(client, "ready", ({ stream }) => {
    if (stream !== undefined) pace(stream as ReadStream);
  });
}

function pace(stream: ReadStream): void {
  const memory = ReadMemory.of(stream);
  memory?.staySmall();
  let left = bytesPerTurn;
  /** How long the loop had been busy when more was let in; known in the turn after that alone. */
  let resumedAtMs: number | undefined;
  stream.on("data", ({ length }) => {
    left -= length;
    // A socket that gives less than was asked for has given all it had, and the loop turns.
    const asked = memory?.roomLength ?? bytesPerTurn;
    if (length < asked && stream.encrypted !== true) left = Math.max(left, bytesPerTurn);
    if (left > 0) return;
    stream.pause();
    const turnBeganAtMs = resumedAtMs ?? busyUntilNow();
    setImmediate(() => {
      const nowMs = busyUntilNow();
      const forBusy = Math.min(maxBytesPerTurn, (nowMs - turnBeganAtMs) * bytesPerBusyMs);
      left = Math.max(bytesPerTurn, forBusy);
      resumedAtMs = nowMs;
      setImmediate(() => {
        if (resumedAtMs === nowMs) resumedAtMs = undefined;
      });
      stream.resume();
    });
  });
}

/** How long the event loop has had something to do, in all. */
function busyUntilNow(): number {
  return performance.eventLoopUtilization().active;
}
