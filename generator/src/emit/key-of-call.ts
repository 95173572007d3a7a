import {
  type FunctionParameter,
  type KeyArgument,
  type MemoizedFunction,
  ofInstance,
} from "../model/memoized-function.ts";
import { type Code, code, joinCode, type LocalName } from "./code.ts";
import { freeName, parameterName } from "./wrapped-function.ts";

/** The parameters of a function, those that are not used under names that say so. */
export function parameterList(parameters: readonly FunctionParameter[], used: readonly number[]): Code {
  const count = Math.max(0, ...used.map((index) => index + 1));
  const names = parameters.slice(0, count).map(({ isRest }, index) => {
    const name = used.includes(index) ? parameterName(parameters, index) : freeName(`_${index}`, parameters);
    return code`${isRest ? "..." : ""}${name}`;
  });
  return joinCode(names, ", ");
}

/** The key of a call, by the names of its parameters. */
export function keyObject({ key, parameters }: MemoizedFunction, instance: LocalName): Code {
  if (key.length === 0) return "{}";
  const properties = key.map((argument) => property(argument, parameters, instance));
  return code`{ ${joinCode(properties, ", ")} }`;
}

function property(
  { parameter, index, properties }: KeyArgument,
  parameters: readonly FunctionParameter[],
  instance: LocalName,
): Code {
  const name = index === ofInstance ? instance : parameterName(parameters, index);
  if (properties.length > 0) return code`${parameter}: ${name}${properties.map((each) => `.${each}`)}`;
  return { kind: "shorthand", property: parameter, of: name };
}
