import { mergeEqualTypes } from "../../model/merge-equal-types.ts";
import { typeFingerprints } from "../../model/type-fingerprints.ts";
import type { TypeId, TypeIr } from "../../model/type-ir.ts";
import {
  type Code,
  code,
  collectNames,
  flatCode,
  type ImportedName,
  type LocalName,
  local,
  runtimeType,
} from "../code.ts";
import { codeSpan, docstring } from "../docstring.ts";
import { stringLiteral } from "../literal.ts";
import { CheckConstants } from "../misfit-condition.ts";
import { ObjectMakers } from "../object-makers.ts";
import { DecoderWriter } from "./decoder-writer.ts";
import { EncoderWriter } from "./encoder-writer.ts";
import { planTyped, type TypedPlan } from "./typed-plan.ts";

export interface TypedCodec {
  /** What the module calls the codec. */
  readonly name: Code;
  readonly blocks: readonly Code[];
  /** Of the objects that are read. */
  readonly makers: ObjectMakers;
}

/**
 * Functions, made for this type, that write a value of it and read it again.
 *
 * @param valueName - what the type is called in the module
 */
export function typedCodec(declared: TypeIr, valueName: string): TypedCodec {
  const { root, fingerprint, blocks, makers } = functionsOf(declared);
  const name = local("codec");
  const codec = code`${docstring(`How entries of ${codeSpan(valueName)} are written and read.`)}
const ${name}: ${runtimeType("TypedCodec")}<${valueName}> = {
  fingerprint: ${stringLiteral(fingerprint)},
  encode: ${local(`encode${root}`)},
  decode: ${local(`decode${root}`)} as ${runtimeType("TypedCodec")}<${valueName}>["decode"],
};`;
  return { name, blocks: [...blocks, codec], makers };
}

interface TypedFunctions {
  /** What the functions of the whole type are called, after `encode` and `decode`. */
  readonly root: string;
  readonly fingerprint: string;
  readonly blocks: readonly Code[];
  readonly makers: ObjectMakers;
}

/** Written once for all caches of a type, so nothing in them is called after a cache. */
const written = new WeakMap<TypeIr["nodes"], Map<TypeIr["root"], TypedFunctions>>();

function functionsOf(declared: TypeIr): TypedFunctions {
  const byRoot = written.get(declared.nodes) ?? new Map<TypeIr["root"], TypedFunctions>();
  written.set(declared.nodes, byRoot);
  const functions = byRoot.get(declared.root) ?? writeFunctions(declared);
  byRoot.set(declared.root, functions);
  return functions;
}

function writeFunctions(declared: TypeIr): TypedFunctions {
  // The layout may depend on nothing that the fingerprint does not know.
  const type = mergeEqualTypes(declared);
  const plan = planTyped(type);
  const ids = [...plan.names.keys()];
  const all = writeThese(ids, type, plan);
  const used = usedOf(all.functions, type.root, plan);
  // Of those that nobody calls, constants go, too.
  const { functions, constants, makers } = used.size === ids.length ? all : writeThese([...used], type, plan);
  const root = plan.names.get(type.root) ?? "";
  const blocks = [...constants.blocks, ...makers.blocks, ...[...functions.values()].flat()];
  return { root, fingerprint: fingerprintOf(type), blocks, makers };
}

interface Functions {
  readonly functions: ReadonlyMap<TypeId, readonly [encode: Code, decode: Code]>;
  readonly constants: CheckConstants;
  readonly makers: ObjectMakers;
}

function writeThese(ids: readonly TypeId[], type: TypeIr, plan: TypedPlan): Functions {
  const constants = new CheckConstants();
  const encoder = new EncoderWriter(type, plan, constants);
  const makers = new ObjectMakers();
  const decoder = new DecoderWriter(type, plan, constants, makers);
  const functionsFor = (id: TypeId): readonly [Code, Code] => [
    flatCode(encoder.encodeFunction(id)),
    flatCode(decoder.decodeFunction(id)),
  ];
  return { functions: new Map(ids.map((id) => [id, functionsFor(id)])), constants, makers };
}

/**
 * Those that the root calls, or one that it calls: what is in every place one of several, as where it may be absent, is
 * written there. In the order in which they were planned.
 */
function usedOf(functions: Functions["functions"], root: TypeId, { names }: TypedPlan): ReadonlySet<TypeId> {
  const used = new Set([root]);
  for (const id of used) {
    const called = new Set<ImportedName | LocalName>();
    collectNames(functions.get(id) ?? [], called);
    for (const [other, name] of names) {
      if (called.has(local(`encode${name}`)) || called.has(local(`decode${name}`))) used.add(other);
    }
  }
  return new Set([...names.keys()].filter((id) => used.has(id)));
}

/** Of the format. What an older one wrote begins with other digits of the same hash, and is refused. */
const formatVersion = 2;
const digits = 6;

/** What cannot be read as this type begins otherwise: one in 16 million times it does not, and is then mostly damaged. */
function fingerprintOf({ root, nodes }: TypeIr): string {
  return (typeFingerprints(nodes)[root] ?? "").slice((formatVersion - 1) * digits, formatVersion * digits);
}
