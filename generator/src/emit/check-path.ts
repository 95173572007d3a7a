import { type Code, code, runtimeValue } from "./code.ts";
import { stringLiteral, templateText } from "./literal.ts";

/** The way from a function's value to a part of it: text, and what only the value tells. */
export type CheckPath = readonly CheckStep[];

type CheckStep = string | { readonly expression: Code; readonly call?: Code };

/** An item of an array, by code for its index. */
export function indexStep(index: Code): CheckStep {
  return { expression: code`[\${${index}}]` };
}

/** A property, by code for its name. */
export function nameStep(name: Code): CheckStep {
  const call = code`${runtimeValue("nameStep")}(${name})`;
  return { expression: code`\${${call}}`, call };
}

/** The path as a string literal, or as a template that is filled in where something is wrong. */
export function pathCode(path: CheckPath): Code {
  const texts = path.filter((step) => typeof step === "string");
  if (texts.length === path.length) return stringLiteral(texts.join(""));
  const [only] = path;
  if (path.length === 1 && typeof only === "object" && only.call !== undefined) return only.call;
  return code`\`${path.map((step) => (typeof step === "string" ? templateText(step) : step.expression))}\``;
}
