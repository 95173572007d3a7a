import { type Serializer, serializerFromUrl } from "@cachetory/runtime";
import { type TypedCodec, typed } from "@cachetory/runtime/codegen/v1/typed";
import { serializerTexts } from "../emit/serializer-call.ts";
import { messageOf } from "../message-of.ts";
import type { Pipeline } from "../model/declaration.ts";

/** A step of the pipeline, with how many bytes it was given to read. */
export interface ReadStep {
  readonly name: string;
  readonly bytes: number;
}

export type Decoded =
  | { readonly kind: "value"; readonly value: unknown; readonly steps: readonly ReadStep[] }
  | { readonly kind: "unreadable"; readonly message: string; readonly steps: readonly ReadStep[] };

/**
 * Takes the steps of a pipeline back, the last one first, as the runtime does; and tells how far that went.
 *
 * @param codec - for the step that is made for the type
 * @param key - of the entry, for steps that bind it
 */
export function decodeEntry(
  entry: Uint8Array,
  pipeline: Pipeline,
  codec: TypedCodec<unknown> | undefined,
  key: string | undefined,
): Decoded {
  if (pipeline.some(({ scheme }) => scheme === "noop")) {
    const message = "noop keeps values as they are, in the memory of a process: there are no bytes of an entry";
    return { kind: "unreadable", message, steps: [] };
  }
  const steps: ReadStep[] = [];
  let current: unknown = entry;
  const texts = serializerTexts(pipeline);
  for (const [index, { scheme }] of [...pipeline.entries()].reverse()) {
    const bytes = current instanceof Uint8Array ? current : new Uint8Array();
    steps.push({ name: scheme, bytes: bytes.length });
    try {
      const serializer: Serializer =
        codec !== undefined && index === 0 ? typed(codec) : serializerFromUrl(texts[index] ?? scheme);
      const stored = serializer.out === "text" ? utf8(bytes) : bytes;
      current = serializer.deserialize(stored, serializer.bindsKey ? contextOf(key) : undefined);
    } catch (error) {
      const place = pipeline.length === 1 ? "" : `, which is step ${index + 1} of ${pipeline.length},`;
      const reason = messageOf(error);
      const message = `${scheme}${place} cannot read ${bytes.length} bytes: ${reason.replace(/\.$/, "")}`;
      return { kind: "unreadable", message, steps };
    }
  }
  return { kind: "value", value: current, steps };
}

function contextOf(key: string | undefined): { readonly key: string } {
  if (key === undefined) throw new Error("Entries are bound to their key: give it with --param or --key");
  return { key };
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error("They are no UTF-8, so no text");
  }
}
