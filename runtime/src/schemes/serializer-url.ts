import { quote } from "./quote.ts";
import type { Problem } from "./scheme.ts";

/** The parts of `json+zstd://?compression-level=3`, not yet looked up. */
export interface SerializerUrl {
  readonly schemes: readonly string[];
  readonly options: readonly (readonly [name: string, text: string])[];
}

/**
 * Takes the URL of a serializer apart; a bare name (`json`, `json+zlib`) is a URL without options.
 * A result with a `message` is a {@link Problem}.
 */
export function splitSerializerUrl(text: string): SerializerUrl | Problem {
  const match = /^([a-z][a-z0-9.-]*(?:\+[a-z][a-z0-9.-]*)*)(?::\/\/(?:\?(.*))?)?$/i.exec(text);
  if (match === null) {
    return {
      message: `${quote(withoutSecrets(text))} is no serializer URL`,
      hint: "Write a name such as json, steps joined by + such as json+zlib, or with options json+zlib://?compression-level=9",
    };
  }
  return {
    schemes: (match[1] ?? "").toLowerCase().split("+"),
    options: [...new URLSearchParams(match[2] ?? "")],
  };
}

/** The URL for a message: what stands in place of the name of a variable may be what the variable should hold. */
export function withoutSecrets(text: string): string {
  return text.replace(/([?&/]keys)=(?![A-Za-z_]\w*(?:&|$))[^&]*/gi, "$1=***");
}
