import { type ConnectingClient, hasMethods, onEachConnection } from "./each-connection.ts";

/** A longer text is left as it is, and what is put together is no longer: V8 has a slower place for what is. UTF-16 units. */
const maxLength = 0x1_0000;

type Done = (error?: Error | null) => void;

/** What was written to a connection while it was held back. */
interface Chunk {
  readonly chunk: unknown;
  readonly encoding: string;
}

/** What goes out on a connection. */
interface WriteStream {
  _write(chunk: unknown, encoding: string, done: Done): void;
  _writev(chunks: readonly Chunk[], done: Done): void;
}

/**
 * Lets commands that leave together leave as one text. Node takes each of them by itself otherwise, which is a tenth of the time of a
 * `set` among others.
 */
export function joinWrites(client: ConnectingClient): void {
  onEachConnection(client, "connect", ({ stream }) => {
    if (isWriteStream(stream)) join(stream);
  });
}

function join(stream: WriteStream): void {
  const writeEach = stream._writev.bind(stream);
  stream._writev = (chunks, done) => {
    const joined = joinedTexts(chunks);
    const [first] = joined;
    if (joined.length === 1 && first !== undefined) stream._write(first.chunk, first.encoding, done);
    // The list says more than what is in it: whether all of it is bytes.
    else writeEach(joined.length === chunks.length ? chunks : joined, done);
  };
}

/** What follows on each other as text is one, as far as it is not too long. */
function joinedTexts(chunks: readonly Chunk[]): readonly Chunk[] {
  const joined: Chunk[] = [];
  let text = "";
  const end = (): void => {
    if (text !== "") joined.push({ chunk: text, encoding: "utf8" });
    text = "";
  };
  for (const each of chunks) {
    const { chunk, encoding } = each;
    if (typeof chunk !== "string" || encoding !== "utf8") {
      end();
      joined.push(each);
    } else {
      if (text.length + chunk.length > maxLength) end();
      text += chunk;
    }
  }
  end();
  return joined;
}

function isWriteStream(stream: unknown): stream is WriteStream {
  return hasMethods(stream, ["_write", "_writev"]);
}
