import { ok, type Reply } from "./reply.ts";
import type { RespConnection, RespScript } from "./resp-server.ts";

/** Answers at once, and throws what becomes an error. */
export type RespCommand = (args: readonly Buffer[]) => Reply;

/** Answers commands one by one, or together between MULTI and EXEC. */
export function withTransactions(commands: ReadonlyMap<string, RespCommand>): RespScript {
  return (name, args, connection) => {
    const transaction = transactionOf(connection);
    if (name === "MULTI" || name === "EXEC" || name === "DISCARD") return step(name, connection);
    const command = commands.get(name);
    if (command === undefined) {
      if (transaction !== undefined) transaction.isRefused = true;
      return undefined;
    }
    if (transaction === undefined) return answer(command, args);
    transaction.queued.push(() => answer(command, args));
    return { status: "QUEUED" };
  };
}

interface Transaction {
  readonly queued: (() => Reply)[];
  isRefused: boolean;
}

function transactionOf({ state }: RespConnection): Transaction | undefined {
  // Nobody else keeps anything under this name.
  return state.get("transaction") as Transaction | undefined;
}

function step(name: "MULTI" | "EXEC" | "DISCARD", connection: RespConnection): Reply {
  const transaction = transactionOf(connection);
  if (name === "MULTI") {
    if (transaction !== undefined) return new Error("MULTI calls can not be nested");
    connection.state.set("transaction", { queued: [], isRefused: false } satisfies Transaction);
    return ok;
  }
  if (transaction === undefined) return new Error(`${name} without MULTI`);
  connection.state.delete("transaction");
  if (name === "DISCARD") return ok;
  if (transaction.isRefused) return new Error("EXECABORT Transaction discarded because of previous errors.");
  return transaction.queued.map((run) => run());
}

function answer(command: RespCommand, args: readonly Buffer[]): Reply {
  try {
    return command(args);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
