/**
 * Turns what comes from a socket into commands: arrays of binary strings, the only form in which clients send them.
 *
 * @example
 * ```ts
 * const reader = new CommandReader();
 * socket.on("data", (chunk) => reader.read(chunk).forEach(([name, ...args]) => ...));
 * ```
 */
export class CommandReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The commands that are complete with this piece. */
  read(chunk: Buffer): Buffer[][] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const commands: Buffer[][] = [];
    let start = 0;
    for (;;) {
      const command = commandAt(this.#rest, start);
      if (command === undefined) break;
      commands.push(command.parts);
      start = command.end;
    }
    this.#rest = this.#rest.subarray(start);
    return commands;
  }
}

/** `undefined` where it is not complete yet. */
function commandAt(bytes: Buffer, start: number): { readonly parts: Buffer[]; readonly end: number } | undefined {
  const head = lengthAt(bytes, start, "*");
  if (head === undefined) return undefined;
  const parts: Buffer[] = [];
  let end = head.end;
  while (parts.length < head.length) {
    const part = lengthAt(bytes, end, "$");
    if (part === undefined || bytes.length < part.end + part.length + 2) return undefined;
    parts.push(bytes.subarray(part.end, part.end + part.length));
    end = part.end + part.length + 2;
  }
  return { parts, end };
}

function lengthAt(
  bytes: Buffer,
  start: number,
  mark: string,
): { readonly length: number; readonly end: number } | undefined {
  const end = bytes.indexOf("\r\n", start);
  if (end < 0) return undefined;
  const line = bytes.toString("latin1", start, end);
  const length = Number(line.slice(1));
  if (!line.startsWith(mark) || !Number.isInteger(length)) throw new Error(`No command of RESP begins with ${line}.`);
  return { length, end: end + 2 };
}
