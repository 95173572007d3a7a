import { EventEmitter } from "node:events";
import { Writable } from "node:stream";
import { backendFromUrl } from "@cachetory/runtime";
import { expect, test } from "vitest";
import { joinWrites } from "../../../runtime/src/backends/joined-writes.ts";
import { patience } from "../../support/patience.ts";
import { startRedisServer } from "../../support/redis-server.ts";

/** A connection of a client, and what goes out on it, call by call of the system. */
function connection(cluster?: EventEmitter): { readonly stream: Writable; readonly sent: unknown[] } {
  const sent: unknown[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      sent.push(chunk);
      done();
    },
    writev(chunks, done) {
      sent.push(chunks.map(({ chunk }) => chunk));
      done();
    },
  });
  connect(stream, cluster);
  return { stream, sent };
}

function connect(stream: Writable, cluster?: EventEmitter): void {
  const client = Object.assign(new EventEmitter(), { stream });
  if (cluster === undefined) joinWrites(client);
  else cluster.emit("+node", client);
  client.emit("connect");
}

function leaveTogether(stream: Writable, chunks: readonly (string | Buffer)[]): Promise<unknown> {
  stream.cork();
  const written = chunks.map((chunk) => new Promise((done) => stream.write(chunk, done)));
  stream.uncork();
  return Promise.all(written);
}

test("texts that leave together are one", async () => {
  const { stream, sent } = connection();
  const errors = await leaveTogether(stream, ["one", "zwei ü", "三"]);
  expect(sent).toEqual(["onezwei ü三"]);
  expect(errors).toEqual([null, null, null]);
});

test("so are those to one server of a Cluster", async () => {
  const cluster = new EventEmitter();
  joinWrites(cluster);
  const [first, second] = [connection(cluster), connection(cluster)];
  await Promise.all([leaveTogether(first.stream, ["a", "b"]), leaveTogether(second.stream, ["c", "d"])]);
  expect([first.sent, second.sent]).toEqual([["ab"], ["cd"]]);
});

test("where the connection fails, each of them is told", async () => {
  const stream = new Writable({
    decodeStrings: false,
    write: (_chunk, _encoding, done) => done(new Error("gone")),
    writev() {},
  });
  stream.on("error", () => {});
  connect(stream);
  const errors = await leaveTogether(stream, ["a", "b"]);
  expect(errors).toEqual([new Error("gone"), new Error("gone")]);
});

test("bytes stay as they are, in their place among texts", async () => {
  const { stream, sent } = connection();
  const [first, second] = [Buffer.from("first"), Buffer.from("second")];
  await leaveTogether(stream, ["a", "b", first, "c", second, "d", "e"]);
  await leaveTogether(stream, [first, second]);
  await leaveTogether(stream, [first, "f"]);
  expect(sent).toEqual([
    ["ab", first, "c", second, "de"],
    [first, second],
    [first, "f"],
  ]);
});

test("what leaves alone, or in another encoding, is not touched", async () => {
  const { stream, sent } = connection();
  stream.write("alone");
  stream.cork();
  stream.write("a");
  stream.write("ff", "hex");
  stream.write("b");
  stream.uncork();
  expect(sent).toEqual(["alone", ["a", "ff", "b"]]);
});

test("texts become one up to 64 Ki units", async () => {
  const { stream, sent } = connection();
  const half = "h".repeat(0x8000);
  const long = "l".repeat(0x1_0001);
  await leaveTogether(stream, [half, half, "a", long, "b", "c"]);
  expect(sent).toEqual([[`${half}${half}`, "a", long, "bc"]]);
});

test("each of many values that are stored in one turn is what it was", async () => {
  const server = await startRedisServer();
  const backend = backendFromUrl(`redis://127.0.0.1:${server.port}${patience}`);
  try {
    await backend.set("first", "value", { ttlMs: 60_000 });
    const lengths = [0, 1, 300, 5000, 70_000];
    const texts = ["plain", "größer", "三つ", "🙂", "\u0000\r\n$3\r\n"];
    const entries = Array.from({ length: 200 }, (_, index): [string, string | Uint8Array] => {
      const text = `${index}:${(texts[index % 5] as string).repeat((lengths[(index * 3) % 5] as number) / 5)}`;
      return [`key:${index}`, index % 7 === 0 ? Buffer.from(text) : text];
    });
    await Promise.all(entries.map(([key, value]) => backend.set(key, value, { ttlMs: 60_000 })));
    const found = await backend.getMany(
      entries.map(([key]) => key),
      "bytes",
    );
    expect(found.map((bytes) => Buffer.from(bytes as Uint8Array).toString())).toEqual(
      entries.map(([, value]) => `${value}`),
    );
  } finally {
    await backend.close();
    await server.stop();
  }
});
