import { createServer, type Server } from "node:net";

// Below what systems take for outgoing connections: one of those could take the port of a server that is to come back.
const lowest = 20_000;
const highest = 32_000;

/** A port of the loopback on which nobody listens at this moment. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error("There is no free port.");
  return port;
}

/** So many ports of the loopback on which nobody listens at this moment. */
export async function freePorts(count: number): Promise<number[]> {
  const held: { readonly port: number; readonly server: Server }[] = [];
  while (held.length < count) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    const server = await listen(port);
    if (server !== undefined) held.push({ port, server });
  }
  await Promise.all(held.map(({ server }) => new Promise((resolve) => server.close(resolve))));
  return held.map(({ port }) => port);
}

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
