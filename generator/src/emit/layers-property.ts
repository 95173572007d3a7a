import type { Layers } from "../model/declaration.ts";
import { type Code, code, generatedValue, runtimeValue } from "./code.ts";
import { codeSpan } from "./docstring.ts";
import { integerLiteral, stringLiteral } from "./literal.ts";
import { ttlText } from "./ttl-text.ts";

/** What the definition of a cache has under `layers`. */
export function layersProperty({ near, nearTtl, invalidation }: Layers): Code {
  const ttl = nearTtl === undefined || nearTtl === "forever" ? "" : `, ttlMs: ${integerLiteral(nearTtl.ms)}`;
  const kind = invalidation === "tracking" ? "" : `, invalidation: ${stringLiteral(invalidation)}`;
  const backend = { kind: "shorthand", property: "near", of: generatedValue("backends.gen", near) } as const;
  return code`  layers: /* @__PURE__ */ ${runtimeValue("layers")}({ ${backend}${ttl}${kind} }),\n`;
}

/** The same for people. */
export function layersText({ near, nearTtl, invalidation }: Layers): string {
  const longest = nearTtl === undefined || nearTtl === "forever" ? "" : `, up to ${ttlText(nearTtl)}`;
  const ended = { tracking: ", ended by client tracking", bus: ", ended by a bus", none: "" }[invalidation];
  return codeSpan(near) + longest + ended;
}
