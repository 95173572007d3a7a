import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const packageJson = createRequire(import.meta.url).resolve("yaml-language-server/package.json");

export interface Position {
  readonly line: number;
  readonly character: number;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** The YAML server that editors use, over stdio, with one schema for every file. */
export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: Map<number, (message: Message) => void> = new Map();
  readonly #published: Map<string, (diagnostics: readonly PublishedDiagnostic[]) => void> = new Map();
  readonly #schema: string;
  #buffer: Buffer = Buffer.alloc(0);
  #lastId = 0;

  private constructor(schema: string) {
    this.#schema = schema;
    this.#process = spawn(process.execPath, [join(dirname(packageJson), "bin/yaml-language-server"), "--stdio"]);
    this.#process.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
  }

  /** `schema` is a `file:` URL. */
  static async start(schema: string): Promise<LanguageServer> {
    const server = new LanguageServer(schema);
    await server.#ask("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        workspace: { configuration: true },
        textDocument: {
          completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
          hover: { contentFormat: ["markdown"] },
        },
      },
    });
    server.#send({ method: "initialized", params: {} });
    return server;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("close", resolve));
    await this.#ask("shutdown", null);
    this.#send({ method: "exit" });
    await ended;
  }

  /** Opens a text under a name and waits for what the server finds in it. */
  async open(name: string, text: string): Promise<readonly PublishedDiagnostic[]> {
    const uri = uriOf(name);
    const found = new Promise<readonly PublishedDiagnostic[]>((resolve) => this.#published.set(uri, resolve));
    this.#send({
      method: "textDocument/didOpen",
      params: { textDocument: { uri, languageId: "yaml", version: 1, text } },
    });
    return found;
  }

  /** Labels of what the server offers at a place of an open text. */
  async complete(name: string, position: Position): Promise<readonly string[]> {
    const result = await this.#ask("textDocument/completion", { textDocument: { uri: uriOf(name) }, position });
    return (result as { readonly items: readonly { readonly label: string }[] }).items.map(({ label }) => label);
  }

  /** The text that choosing a label inserts, with `$1` and the like where the editor goes on. */
  async insertion(name: string, position: Position, label: string): Promise<string | undefined> {
    const result = await this.#ask("textDocument/completion", { textDocument: { uri: uriOf(name) }, position });
    const { items } = result as { readonly items: readonly CompletionItem[] };
    const item = items.find((offered) => offered.label === label);
    return item?.textEdit?.newText ?? item?.insertText;
  }

  /** What the server shows for a place of an open text. */
  async hover(name: string, position: Position): Promise<string> {
    const result = await this.#ask("textDocument/hover", { textDocument: { uri: uriOf(name) }, position });
    return (result as { readonly contents: { readonly value: string } }).contents.value;
  }

  async #ask(method: string, params: unknown): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<Message>((resolve) => this.#waiting.set(id, resolve));
    this.#send({ id, method, params });
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #receive(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const headEnd = this.#buffer.indexOf("\r\n\r\n");
      if (headEnd === -1) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.toString("ascii", 0, headEnd))?.[1]);
      const bodyEnd = headEnd + 4 + length;
      if (this.#buffer.length < bodyEnd) return;
      const message = JSON.parse(this.#buffer.toString("utf8", headEnd + 4, bodyEnd)) as Message;
      this.#buffer = this.#buffer.subarray(bodyEnd);
      this.#take(message);
    }
  }

  #take(message: Message): void {
    const { id, method, params } = message;
    if (method === undefined) this.#waiting.get(Number(id))?.(message);
    else if (method === "workspace/configuration") {
      const { items } = params as { readonly items: readonly { readonly section: string }[] };
      this.#answer(
        id,
        items.map(({ section }) => (section === "yaml" ? this.#settings() : {})),
      );
    } else if (id !== undefined) this.#answer(id, null);
    else if (method === "textDocument/publishDiagnostics") {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly PublishedDiagnostic[] };
      this.#published.get(uri)?.(diagnostics);
    }
  }

  #answer(id: Message["id"], result: unknown): void {
    if (id !== undefined) this.#send({ id, result });
  }

  #settings(): object {
    return {
      schemas: { [this.#schema]: "*.yaml" },
      schemaStore: { enable: false },
      completion: true,
      hover: true,
      validate: true,
    };
  }
}

interface CompletionItem {
  readonly label: string;
  readonly insertText?: string;
  readonly textEdit?: { readonly newText: string };
}

export interface PublishedDiagnostic {
  readonly message: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

function uriOf(name: string): string {
  return `file:///project/${name}`;
}
