import { type BackendScheme, checkPipeline, fits, quote, type SerializerScheme } from "@cachetory/runtime/schemes";
import type { ValueDeclaration } from "../model/declaration.ts";
import type { ReadPipeline } from "./read-pipeline.ts";

export interface MisfitStep {
  readonly step: number;
  readonly message: string;
  readonly hint: string;
}

/** Why a cache's value cannot go through its pipeline into its backend; `undefined` where it can. */
export function findMisfit(
  { pipeline, schemes }: Pick<ReadPipeline, "pipeline" | "schemes">,
  value: ValueDeclaration | undefined,
  backend: { readonly name: string; readonly schemes: readonly BackendScheme[] } | undefined,
): MisfitStep | undefined {
  const order = checkPipeline(schemes);
  if (order !== undefined) return { hint: "Write json, for one", ...order };
  const seal = misfitOfSeals(schemes);
  if (seal !== undefined) return seal;
  const first = schemes[0];
  const last = schemes[schemes.length - 1];
  if (first === undefined || last === undefined) return undefined;
  const valueMisfit = value === undefined ? undefined : misfitOfValue(first, value);
  if (valueMisfit !== undefined) return { step: 0, ...valueMisfit };
  const refusing = backend?.schemes.find(
    ({ holds }) => !holds.some((kind) => kind === last.out || fits(last.out, kind)),
  );
  if (backend === undefined || refusing === undefined) return undefined;
  const name = pipeline.map(({ scheme }) => scheme).join("+");
  const gives = last.out === "value" ? "a value as it is" : last.out;
  return {
    step: schemes.length - 1,
    message: `${quote(name)} gives ${gives}, which backend ${quote(backend.name)} (${refusing.scheme}://) cannot hold`,
    hint: `It holds ${refusing.holds.join(" and ")}: write json, or use a memory:// backend`,
  };
}

/** What is encrypted gets no smaller, and what is signed is to be known as such before anything is unpacked. */
function misfitOfSeals(schemes: readonly SerializerScheme[]): MisfitStep | undefined {
  for (const [index, { scheme, work }] of schemes.entries()) {
    const seal = schemes.slice(0, index).find((before) => before.work !== undefined);
    if (seal === undefined) continue;
    if (work === undefined) {
      const reason = seal.work === "encrypt" ? "encrypted, which gets no smaller" : "signed, which is to come last";
      const right = [...schemes.filter((each) => each.work === undefined), ...schemes.filter((each) => each.work)];
      return {
        step: index,
        message: `step ${index + 1} ("${scheme}") compresses what "${seal.scheme}" has ${reason}`,
        hint: `Write ${right.map((each) => each.scheme).join("+")}`,
      };
    }
    if (schemes.slice(0, index).some((before) => before.work === work)) {
      const what = work === "encrypt" ? "encrypts what is encrypted" : "signs what is signed";
      return { step: index, message: `step ${index + 1} ("${scheme}") ${what} already`, hint: "Keep one of them" };
    }
  }
  return undefined;
}

function misfitOfValue(
  { scheme: step, in: takes, work }: SerializerScheme,
  value: ValueDeclaration,
): Omit<MisfitStep, "step"> | undefined {
  const isBytes = value.kind === "bytes";
  const scalar = value.kind === "type" && value.module === undefined ? scalarTypes[value.expression] : undefined;
  if (takes === "bytes" && !isBytes) {
    const verb = work === undefined ? "compresses" : `${work}s`;
    return {
      message: `"${step}" ${verb} bytes, which the value is not`,
      hint: `Write json+${step}, or value: bytes`,
    };
  }
  if (step === "json" && isBytes) {
    return { message: '"json" cannot carry bytes', hint: "Leave the serializer out, or write bytes, bytes+zlib or v8" };
  }
  if (step === "typed" && isBytes) {
    return {
      message: '"typed" is made for a type, which bytes are not',
      hint: "Leave the serializer out, or write bytes",
    };
  }
  if (step === "text" && (isBytes || (scalar !== undefined && scalar !== "string"))) {
    return {
      message: `"text" carries strings alone, not ${isBytes ? "bytes" : scalar}`,
      hint: isBytes ? "Write bytes" : "Write json",
    };
  }
  if (step === "bytes" && scalar !== undefined) {
    return { message: `"bytes" carries a Uint8Array alone, not ${scalar}`, hint: "Write json, or value: bytes" };
  }
  return undefined;
}

const scalarTypes: Readonly<Record<string, string>> = { string: "string", number: "number", boolean: "boolean" };
