import { once } from "node:events";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startProxy, type TcpProxy } from "../support/proxy.ts";
import { until } from "../support/until.ts";

let echo: Server;
let echoPort: number;
let proxy: TcpProxy;
const clients: Socket[] = [];

beforeAll(async () => {
  echo = createServer((socket) => {
    socket.on("error", () => {});
    socket.pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(echo, "listening");
  const address = echo.address();
  echoPort = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(() => echo.close());

beforeEach(async () => {
  proxy = await startProxy(echoPort);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
});

async function connect(): Promise<Socket> {
  const client = createConnection({ port: proxy.port, host: "127.0.0.1" });
  client.on("error", () => {});
  clients.push(client);
  await once(client, "connect");
  return client;
}

async function echoed(client: Socket, text: string): Promise<string> {
  client.write(text);
  let answer = "";
  while (answer.length < text.length) answer += String((await once(client, "data"))[0]);
  return answer;
}

test("passes bytes in both directions, and counts what clients send", async () => {
  const client = await connect();
  expect(await echoed(client, "hello")).toBe("hello");
  expect(proxy.bytesUp).toBe(5);
});

test("delays each direction", async () => {
  proxy.delayMs = 20;
  const client = await connect();
  const startMs = performance.now();
  expect(await echoed(client, "a")).toBe("a");
  // A timer may be early by a part of a millisecond.
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(39);
});

test("passes nothing while it is half-open, and all of it afterwards", async () => {
  const client = await connect();
  expect(await echoed(client, "a")).toBe("a");
  proxy.stopForwarding();
  client.write("b");
  await until("the proxy has it", async () => proxy.bytesUp === 2);
  const answer = once(client, "data");
  proxy.resumeForwarding();
  expect(String((await answer)[0])).toBe("b");
});

test("cuts every connection, and takes new ones", async () => {
  const client = await connect();
  // `once` would reject with the error that comes before.
  const isClosed = new Promise((resolve) => client.once("close", resolve));
  proxy.cutAll();
  await isClosed;
  expect(proxy.connectionCount).toBe(0);
  expect(await echoed(await connect(), "again")).toBe("again");
});

test("clients get what is put in the place of an answer", async () => {
  await proxy.close();
  proxy = await startProxy(echoPort, {
    changeAnswer: (chunk) => Buffer.from(chunk.toString().replace("6379", "7000")),
  });
  expect(await echoed(await connect(), "MOVED 1 127.0.0.1:6379")).toBe("MOVED 1 127.0.0.1:7000");
});
