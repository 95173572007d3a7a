import { mergeEqualTypes } from "../../model/merge-equal-types.ts";
import { typeFingerprints } from "../../model/type-fingerprints.ts";
import type { TypeIr } from "../../model/type-ir.ts";
import { type Code, code, local, runtimeType } from "../code.ts";
import { codeSpan, docstring } from "../docstring.ts";
import { stringLiteral } from "../literal.ts";
import { CheckConstants } from "../misfit-condition.ts";
import { DecoderWriter } from "./decoder-writer.ts";
import { EncoderWriter } from "./encoder-writer.ts";
import { planTyped } from "./typed-plan.ts";

export interface TypedCodec {
  /** What the module calls the codec. */
  readonly name: Code;
  readonly blocks: readonly Code[];
}

/**
 * Functions, made for this type, that write a value of it and read it again.
 *
 * @param valueName - what the type is called in the module
 */
export function typedCodec(declared: TypeIr, valueName: string): TypedCodec {
  // The layout may depend on nothing that the fingerprint does not know.
  const type = mergeEqualTypes(declared);
  const plan = planTyped(type, valueName);
  const constants = new CheckConstants();
  const encoder = new EncoderWriter(type, plan, constants);
  const decoder = new DecoderWriter(type, plan, constants);
  const ids = [...plan.names.keys()];
  const functions = ids.flatMap((id) => [encoder.encodeFunction(id), decoder.decodeFunction(id)]);
  const root = plan.names.get(type.root) ?? "";
  const name = local("codec");
  const codec = code`${docstring(`How entries of ${codeSpan(valueName)} are written and read.`)}
const ${name}: ${runtimeType("TypedCodec")}<${valueName}> = {
  fingerprint: ${stringLiteral(fingerprintOf(type))},
  encode: ${local(`encode${root}`)},
  decode: ${local(`decode${root}`)} as ${runtimeType("TypedCodec")}<${valueName}>["decode"],
};`;
  return { name, blocks: [...constants.blocks, ...functions, codec] };
}

/** What cannot be read as this type begins otherwise: one in 16 million times it does not, and is then mostly damaged. */
function fingerprintOf({ root, nodes }: TypeIr): string {
  return (typeFingerprints(nodes)[root] ?? "").slice(0, 6);
}
