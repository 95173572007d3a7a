import { connect, createServer, type Socket } from "node:net";
import { freePort } from "../../../test/support/free-ports.ts";

/** Stands between clients and one server, on a loopback port of its own. */
export interface TcpProxy {
  readonly port: number;
  /** Answers come so much later, from now on. Milliseconds. */
  delayBy(delayMs: number): void;
  /** The connections that are open stay so, and no byte passes on them any more. New ones are as ever. */
  strand(): void;
  /** Resets the connections that were stranded, as systems do when they have given up. */
  resetStranded(): void;
  stop(): Promise<void>;
}

/**
 * Starts a proxy. In answers of servers of a Cluster, and of sentinels, it puts the ports of proxies in the place of ports of
 * servers: so clients stay behind proxies, and servers know nothing of them.
 */
export async function startProxy(target: number, proxyPorts: () => ReadonlyMap<string, string>): Promise<TcpProxy> {
  let delayMs = 0;
  const open = new Set<Link>();
  const stranded = new Set<Link>();
  const server = createServer((client) => {
    const link = linked(client, connect({ host: "127.0.0.1", port: target }), {
      delayMs: () => delayMs,
      rewrite: (answer) => withProxyPorts(answer, proxyPorts()),
      onEnd: () => {
        open.delete(link);
        stranded.delete(link);
      },
    });
    open.add(link);
  });
  const port = await freePort();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port,
    delayBy(ms) {
      delayMs = ms;
    },
    strand() {
      for (const link of open) {
        link.strand();
        stranded.add(link);
      }
    },
    resetStranded() {
      for (const link of [...stranded]) link.reset();
    },
    stop() {
      for (const link of [...open]) link.reset();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Link {
  strand(): void;
  reset(): void;
}

interface LinkOptions {
  readonly delayMs: () => number;
  readonly rewrite: (answer: Buffer) => Buffer;
  readonly onEnd: () => void;
}

/** A client and its server, until one of them ends. */
function linked(client: Socket, server: Socket, { delayMs, rewrite, onEnd }: LinkOptions): Link {
  let isStranded = false;
  /** Answers that are on their way. */
  const delayed: { readonly dueAtMs: number; readonly chunk: Buffer }[] = [];
  const reset = (): void => {
    client.resetAndDestroy();
    server.resetAndDestroy();
    onEnd();
  };
  for (const socket of [client, server]) {
    socket.setNoDelay(true);
    socket.on("error", () => {});
    // What ends while it is stranded ends for itself alone: the other side is not told.
    socket.once("close", () => {
      if (!isStranded) reset();
    });
  }
  client.on("data", (chunk) => {
    if (!isStranded) server.write(chunk);
  });
  const passDue = (): void => {
    for (let next = delayed[0]; next !== undefined && next.dueAtMs <= performance.now(); next = delayed[0]) {
      delayed.shift();
      if (!isStranded) client.write(rewrite(next.chunk));
    }
    const [next] = delayed;
    if (next !== undefined) setTimeout(passDue, next.dueAtMs - performance.now());
  };
  server.on("data", (chunk: Buffer) => {
    // Not before the answer ahead of it, which may have been delayed for longer, and whose timer may be late.
    delayed.push({ dueAtMs: Math.max(delayed.at(-1)?.dueAtMs ?? 0, performance.now() + delayMs()), chunk });
    if (delayed.length === 1) passDue();
  });
  return {
    strand() {
      isStranded = true;
    },
    reset,
  };
}

// Addresses as MOVED and CLUSTER NODES have them, as messages of sentinels do, as CLUSTER SLOTS and sentinels' answers do. All
// ports have five digits, so no length changes.
const portInAnswer = /(?<=127\.0\.0\.1[: ]|\r\n:|\r\n\$5\r\n)\d{5}(?!\d)/g;

function withProxyPorts(answer: Buffer, proxyPorts: ReadonlyMap<string, string>): Buffer {
  if (proxyPorts.size === 0) return answer;
  const text = answer.toString("latin1");
  return Buffer.from(
    text.replace(portInAnswer, (port) => proxyPorts.get(port) ?? port),
    "latin1",
  );
}
