import { startProxy, type TcpProxy } from "../../../test/support/proxy.ts";

interface Listening {
  readonly port: number;
}

/** Proxies before servers, and before those that tell where servers are. */
export interface Proxies {
  /** In the order of the servers. */
  readonly proxies: readonly TcpProxy[];
  readonly signposts: readonly TcpProxy[];
}

/**
 * Starts a proxy before each of them. In what servers and signposts answer, ports of proxies stand in the place of those of
 * servers: so clients stay behind proxies, and servers know nothing of them.
 */
export async function proxiesBefore(
  servers: readonly Listening[],
  signposts: readonly Listening[] = [],
): Promise<Proxies> {
  const proxyPorts = new Map<string, string>();
  const start = ({ port }: Listening): Promise<TcpProxy> =>
    startProxy(port, { changeAnswer: (answer) => withProxyPorts(answer, proxyPorts) });
  const proxies = await Promise.all(servers.map(start));
  for (const [index, { port }] of servers.entries()) proxyPorts.set(`${port}`, `${proxies[index]?.port}`);
  return { proxies, signposts: await Promise.all(signposts.map(start)) };
}

// Addresses as MOVED and CLUSTER NODES have them, as messages of sentinels do, as CLUSTER SLOTS and sentinels' answers do. All
// ports have five digits, so no length changes.
const portInAnswer = /(?<=127\.0\.0\.1[: ]|\r\n:|\r\n\$5\r\n)\d{5}(?!\d)/g;

function withProxyPorts(answer: Buffer, proxyPorts: ReadonlyMap<string, string>): Buffer {
  const text = answer.toString("latin1");
  return Buffer.from(
    text.replace(portInAnswer, (port) => proxyPorts.get(port) ?? port),
    "latin1",
  );
}
