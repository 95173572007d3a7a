import { clip, nearest, quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import type { ValuePath, ValueStep } from "../model/declaration.ts";
import { showPath } from "../model/show-path.ts";
import { type GivenValue, propertyType, textOf } from "./function-parameters.ts";

type Followed = { readonly type: ts.Type } | { readonly problem: string; readonly hint?: string };

/** The type at the end of a path, of which `value` is the root; without what is passed over as missing. */
export function followPath(value: GivenValue, path: ValuePath, checker: ts.TypeChecker): Followed {
  const [root, ...steps] = path;
  if (hasDefault(value)) {
    const hint = "Make it required, or leave this parameter of the key open, so that all of its values are meant";
    return { problem: "has a default, which is not known from outside", hint };
  }
  let type = passOver(value.type, root, checker);
  for (const [index, step] of steps.entries()) {
    const sofar = showPath([root, ...steps.slice(0, index)]);
    if (checker.getNonNullableType(type) !== type) {
      const hint = `Write ${clip(sofar)}? if nothing is to be deleted without it`;
      return { problem: `cannot be read in every call: ${quote(sofar)} is ${textOf(type, checker)}`, hint };
    }
    if (isAny(type)) return { problem: `is of something that is any: ${quote(sofar)}` };
    const next = step.kind === "each" ? itemType(type, checker) : propertyType(type, step.name, checker);
    if (next === undefined) {
      return step.kind === "each"
        ? { problem: `cannot be gone through: ${textOf(type, checker)} is no array` }
        : missingProperty(type, step.name, sofar, checker);
    }
    type = passOver(next, step, checker);
  }
  return isAny(type) ? { problem: "is any, which says nothing of what it holds" } : { type };
}

function missingProperty(type: ts.Type, name: string, sofar: string, checker: ts.TypeChecker): Followed {
  const problem = `is not there: ${textOf(type, checker)} has no property ${quote(name)}`;
  const item = itemType(type, checker);
  if (item !== undefined && propertyType(item, name, checker) !== undefined) {
    return { problem, hint: `Write ${clip(sofar)}[].${clip(name)} for that of each item` };
  }
  const names = checker.getPropertiesOfType(checker.getApparentType(type)).map((property) => property.name);
  const near = nearest(
    name,
    names.filter((each) => propertyType(type, each, checker) !== undefined),
  );
  return near === undefined ? { problem } : { problem, hint: `Did you mean ${quote(near)}?` };
}

function passOver(type: ts.Type, { isOptional }: ValueStep, checker: ts.TypeChecker): ts.Type {
  return isOptional ? checker.getNonNullableType(type) : type;
}

function isAny(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Any) !== 0;
}

/** `undefined` for what is no array; strings are none. */
function itemType(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  const apparent = checker.getBaseConstraintOfType(type) ?? type;
  const members = apparent.isUnion() ? apparent.types : [apparent];
  if (!members.every((member) => checker.isArrayLikeType(member))) return undefined;
  return checker.getIndexTypeOfType(apparent, ts.IndexKind.Number);
}

/** Whether the function itself says what it is where a call leaves it out. */
function hasDefault({ place, isOptional }: GivenValue): boolean {
  if (place === undefined || !ts.isBindingElement(place)) return place !== undefined && hasInitializer(place);
  // What is taken apart at once may be missing as a whole.
  return isOptional || hasInitializer(place);
}

function hasInitializer(place: ts.Node): boolean {
  return (ts.isParameter(place) || ts.isBindingElement(place)) && place.initializer !== undefined;
}
