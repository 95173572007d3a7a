import { createServer, type Server, type Socket } from "node:net";
import { answerHandshake, type ServerIdentity } from "./handshake.ts";
import { CommandReader } from "./read-commands.ts";
import { type Reply, replyBytes } from "./reply.ts";

/** One client of the server. */
export interface RespConnection {
  readonly id: number;
  /** 2 until HELLO says otherwise. */
  protocol: 2 | 3;
  /** What a script keeps of this connection alone, as the commands of a transaction. */
  readonly state: Map<string, unknown>;
  /** Closes it when the replies that are due have been sent. */
  close(): void;
  /** Breaks it off now. */
  drop(): void;
}

/** Answer of a script that lets a client wait for ever, for this and for all that it asks afterwards. */
export const silence: Promise<never> = new Promise(() => {});

/**
 * Answers commands; `undefined` leaves one to the server, which knows HELLO, AUTH, SELECT, PING, QUIT, INFO and some of
 * CLIENT. A promise delays the replies that follow on its connection, too. Names come in capitals.
 */
export type RespScript = (
  name: string,
  args: readonly Buffer[],
  connection: RespConnection,
) => Reply | undefined | Promise<Reply | undefined>;

/** A server that says what a test wants it to say. */
export interface RespServer {
  readonly port: number;
  readonly url: string;
  /** All commands in the order in which they came, as text. */
  readonly commands: readonly (readonly string[])[];
  /** How many clients are connected. */
  readonly connections: number;
  /** Breaks off all connections. */
  drop(): void;
  stop(): Promise<void>;
}

/**
 * Starts a server on a free loopback port.
 *
 * @param identity - who it says it is; default Redis 7.0.15
 *
 * @example
 * ```ts
 * const server = await startRespServer((name) => (name === "GET" ? new Error("LOADING Redis is loading") : undefined));
 * ```
 */
export async function startRespServer(
  script: RespScript = () => undefined,
  identity: ServerIdentity = { server: "redis", version: "7.0.15" },
): Promise<RespServer> {
  const commands: string[][] = [];
  const clients = new Set<Socket>();
  let ids = 0;
  const server = createServer((socket) => {
    clients.add(socket);
    socket.once("close", () => clients.delete(socket));
    // Clients that break off are what some tests are about.
    socket.on("error", () => socket.destroy());
    ids += 1;
    serve(socket, ids, {
      note: (command) => commands.push(command.map(String)),
      async answer([name, ...args], connection) {
        const verb = String(name).toUpperCase();
        const reply = await script(verb, args, connection);
        if (reply !== undefined) return reply;
        return answerHandshake(verb, args, connection, identity) ?? new Error(`unknown command '${name}'`);
      },
    });
  });
  const port = await listen(server);
  const drop = (): void => {
    for (const client of clients) client.destroy();
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    commands,
    get connections() {
      return clients.size;
    },
    drop,
    async stop() {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Service {
  /** At once when it comes. */
  note(command: readonly Buffer[]): void;
  /** When those before it have been answered. */
  answer(command: readonly Buffer[], connection: RespConnection): Promise<Reply>;
}

/** Replies go out in the order of the commands, also where one has to be waited for. */
function serve(socket: Socket, id: number, { note, answer }: Service): void {
  const reader = new CommandReader();
  let isClosing = false;
  const connection: RespConnection = {
    id,
    protocol: 2,
    state: new Map(),
    close: () => {
      isClosing = true;
    },
    drop: () => socket.destroy(),
  };
  let last: Promise<void> = Promise.resolve();
  socket.on("data", (chunk: Buffer) => {
    for (const command of reader.read(chunk)) {
      note(command);
      last = last.then(async () => {
        const reply = await answer(command, connection);
        socket.write(replyBytes(reply, connection.protocol));
        if (isClosing) socket.end();
      });
    }
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}
