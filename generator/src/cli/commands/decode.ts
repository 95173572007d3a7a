import { resolve } from "node:path";
import type { Host } from "../../host.ts";
import { decodeEntry } from "../../inspect/decode-entry.ts";
import { type DeclaredValue, reportEntry } from "../../inspect/entry-report.ts";
import { isGiven, keyFor } from "../../inspect/given-key.ts";
import { loadCodec } from "../../inspect/load-emitted.ts";
import { messageOf } from "../../message-of.ts";
import { type Diagnostic, errorAt } from "../../model/diagnostic.ts";
import type { EnterPhase } from "../../timing/phase.ts";
import { askedCache } from "../asked-cache.ts";
import type { DecodeOptions } from "../command-options.ts";
import type { CommandResult } from "../command-result.ts";
import { declaredValue, entryResult } from "./entry-result.ts";

/** Shows what bytes are as an entry of a cache, read from a file or the standard input. */
export async function decode(options: DecodeOptions, host: Host, enter: EnterPhase): Promise<CommandResult> {
  const asked = await askedCache(options.cache, options.files, host, enter);
  if (!("cache" in asked)) return entryResult(undefined, asked, options.json);
  const given = options.file === "-" ? await host.readStdin() : readGiven(options.file, host);
  const bytes = "code" in given ? given : bytesOf(given, options.from);
  if ("code" in bytes) return entryResult(undefined, [bytes], options.json);
  const key = isGiven(options.key) ? keyFor(asked.cache, asked.backend.prefix, options.key) : undefined;
  if (key !== undefined && "code" in key) return entryResult(undefined, [key], options.json);
  const declared = declaredValue(asked);
  const { entry, notes } =
    options.from === "raw" ? await withoutLineBreak(bytes, declared, key?.text) : { entry: bytes, notes: [] };
  const { report, diagnostics } = await reportEntry(entry, declared, key && { key: key.text });
  return entryResult(report, diagnostics, options.json, notes);
}

function readGiven(file: string, { cwd, files }: Host): Uint8Array | Diagnostic {
  const path = resolve(cwd, file);
  const refuse = (why: string): Diagnostic => errorAt("C1001", undefined, `${file || cwd} cannot be read: ${why}`);
  try {
    if (files.kind(path) === "folder") return refuse("it is a folder, not a file");
    return files.read(path) ?? refuse("there is no such file");
  } catch (error) {
    return refuse(messageOf(error));
  }
}

function bytesOf(given: Uint8Array, form: DecodeOptions["from"]): Uint8Array | Diagnostic {
  if (form === "raw") return given;
  const text = Buffer.from(given).toString("latin1").replace(/\s+/g, "");
  const isRight = form === "hex" ? /^(?:[\da-f]{2})*$/i.test(text) : /^[\w+/-]*={0,2}$/.test(text);
  if (isRight) return Buffer.from(text, form);
  return errorAt(
    "C4005",
    undefined,
    `the bytes are not written in ${form === "hex" ? "hexadecimal digits" : "base64"}`,
  );
}

/**
 * `redis-cli --raw` ends what it prints with a line break. Where a step can tell, it is left out if that is how the entry can
 * be read; text and blobs may well end in one of their own.
 */
async function withoutLineBreak(
  given: Uint8Array,
  { cache, ir }: DeclaredValue,
  key: string | undefined,
): Promise<{ readonly entry: Uint8Array; readonly notes: readonly string[] }> {
  const pipeline = cache.serializer;
  if (given.at(-1) !== 0x0a) return { entry: given, notes: [] };
  const takesAnything = pipeline.length === 1 && ["text", "bytes"].includes(pipeline[0]?.scheme ?? "");
  if (takesAnything) {
    const note =
      "The last byte is a line break, which is taken for a part of the value; redis-cli adds one of its own.";
    return { entry: given, notes: [note] };
  }
  const shorter = given.subarray(0, -1);
  if (decodeEntry(shorter, pipeline, await loadCodec(cache, ir), key).kind === "unreadable")
    return { entry: given, notes: [] };
  return { entry: shorter, notes: ["The line break at the end, which redis-cli adds, was left out."] };
}
