import type { BatchDeclaration } from "../model/declaration.ts";
import type { BatchFunction, MemoizedFunction } from "../model/memoized-function.ts";
import { type Code, code, type ImportedName, joinCode, type LocalName, local } from "./code.ts";
import { keyObject, parameterList } from "./key-of-call.ts";
import { stringLiteral } from "./literal.ts";
import { parameterName } from "./wrapped-function.ts";

/** What `memoizeBatch` is told of the calls of a function: an object, whose properties stand in lines of their own. */
export function batchedCalls(
  declaration: BatchDeclaration,
  batch: BatchFunction,
  found: MemoizedFunction,
  instance: LocalName,
  indent: string,
): Code {
  const properties: readonly Code[] = [
    code`itemOf: ${itemOf(batch)}`,
    code`keyOf: (${itemPattern(batch, found)}) => (${keyObject(found, instance)})`,
    code`load: (${local("items")}) => ${functionOf(declaration, batch, instance)}(${local("items")})`,
    ...(batch.answers === undefined ? [] : [code`answers: ${stringLiteral(batch.answers)}`]),
    ...(declaration.maxCalls === undefined ? [] : [`maxBatch: ${declaration.maxCalls}`]),
    ...(batch.isRequired ? ["isRequired: true"] : []),
  ];
  return code`{\n${properties.map((property) => code`${indent}  ${property},\n`)}${indent}}`;
}

/** What the batch function is given for a call. */
function itemOf(batch: BatchFunction): Code {
  const { item, parameters, given } = batch;
  switch (item) {
    case "argument": {
      const name = parameterName(parameters, 0);
      return code`(${name}) => ${name}`;
    }
    case "named":
      return code`(${parameterList(parameters, given)}) => (${objectOf(batch, given)})`;
    case "tuple":
      return code`(...${local("call")}) => ${local("call")}`;
  }
}

/** The same, taken apart for the key. */
function itemPattern(batch: BatchFunction, { key, parameters }: MemoizedFunction): Code {
  const used = [...new Set(key.map(({ index }) => index))].filter((index) => index >= 0);
  if (used.length === 0) return "";
  switch (batch.item) {
    case "argument":
      return parameterName(parameters, 0);
    case "named":
      return objectOf(batch, used);
    case "tuple":
      return code`[${parameterList(parameters, used)}]`;
  }
}

function objectOf({ parameters }: BatchFunction, indexes: readonly number[]): Code {
  const properties = indexes.map((index): Code => {
    return { kind: "shorthand", property: parameters[index]?.name ?? "", of: parameterName(parameters, index) };
  });
  return code`{ ${joinCode(properties, ", ")} }`;
}

function functionOf({ path, isOfInstance }: BatchDeclaration, { module }: BatchFunction, instance: LocalName): Code {
  const [exported, ...properties] = path;
  if (isOfInstance) return code`${instance}.${properties.at(-1) ?? ""}`;
  const imported: ImportedName = { kind: "imported", from: module, name: exported, isType: false };
  return [imported, ...properties.map((property) => `.${property}`)];
}
