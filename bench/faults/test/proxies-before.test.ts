import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import { type Proxies, proxiesBefore } from "../src/proxies-before.ts";

const servers: Server[] = [];
let started: Proxies | undefined;

afterEach(async () => {
  await Promise.all([...(started?.proxies ?? []), ...(started?.signposts ?? [])].map((proxy) => proxy.close()));
  for (const server of servers.splice(0)) server.close();
});

/** Says the same to everybody. */
async function saying(answer: () => string): Promise<{ readonly port: number }> {
  const server = createServer((socket) => {
    socket.on("error", () => {}).write(answer());
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const address = server.address();
  return { port: typeof address === "object" && address !== null ? address.port : 0 };
}

async function heard(port: number | undefined): Promise<string> {
  const socket = connect({ port: port ?? 0, host: "127.0.0.1" });
  const [chunk]: Buffer[] = await once(socket, "data");
  socket.destroy();
  return `${chunk}`;
}

it("answers lead to the proxies of servers, and are as they were otherwise", async () => {
  let real = 0;
  const texts = (port: number | undefined): string =>
    [
      `-MOVED 866 127.0.0.1:${port}\r\n`,
      `*2\r\n$9\r\n127.0.0.1\r\n:${port}\r\n`,
      `*2\r\n$9\r\n127.0.0.1\r\n$5\r\n${port}\r\n`,
      `+switch-master name 127.0.0.1 ${port} 127.0.0.1 ${port}\r\n`,
    ].join("");
  const server = await saying(() => `${texts(real)}$12\r\nvalue ${real}5\r\n`);
  const sentinel = await saying(() => texts(real));
  real = server.port;
  started = await proxiesBefore([server], [sentinel]);
  const [proxy] = started.proxies;
  expect(await heard(proxy?.port)).toBe(`${texts(proxy?.port)}$12\r\nvalue ${real}5\r\n`);
  expect(await heard(started.signposts[0]?.port)).toBe(texts(proxy?.port));
});
