import { clip, quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import { type FunctionParameter, ofInstance } from "../model/memoized-function.ts";

/** Something that a function is given by name: a parameter, or a property of one that is taken apart at once. */
export interface GivenValue {
  readonly name: string;
  /** Of the parameter, from 0. */
  readonly index: number;
  /** The way to it inside of the parameter. */
  readonly properties: readonly string[];
  readonly type: ts.Type;
  /** Whether a call may leave the parameter out. */
  readonly isOptional: boolean;
  /** Whether a key can be made of it: not of `this`, and not of what is taken apart without a name. */
  readonly isReadable: boolean;
  /** Where it is declared; `undefined` for what only a type knows. */
  readonly place: ts.Node | undefined;
}

/** What the parameters of one signature are given. */
export function givenValues(signature: ts.Signature, checker: ts.TypeChecker): readonly GivenValue[] {
  return signature.getParameters().flatMap((symbol, index): readonly GivenValue[] => {
    const declaration = parameterOf(symbol);
    const parameter: GivenValue = {
      name: declaration?.name.getText() ?? symbol.name,
      index,
      properties: [],
      type: checker.getTypeOfSymbol(symbol),
      isOptional: isOptional(declaration),
      isReadable: declaration === undefined || ts.isIdentifier(declaration.name),
      place: declaration,
    };
    const isTakenApart = declaration !== undefined && ts.isObjectBindingPattern(declaration.name);
    return isTakenApart ? propertiesOf(declaration.name, parameter, checker) : [parameter];
  });
}

/** The `this` of a function that says what it is: it is given as parameters are, and no key can be made of it. */
export function givenThis(signature: ts.Signature, checker: ts.TypeChecker): GivenValue | undefined {
  const [place] = signature.declaration?.parameters ?? [];
  if (place === undefined || !ts.isParameter(place) || place.name.getText() !== "this") return undefined;
  const type = checker.getTypeAtLocation(place);
  if (type.flags & ts.TypeFlags.Void) return undefined;
  return { name: "this", index: ofInstance, properties: [], type, isOptional: false, isReadable: false, place };
}

/** The instance of which a method is called: given by who asks for the wrapper, and no part of the key unless mapped. */
export function givenInstance(type: ts.Type): GivenValue {
  return {
    name: "this",
    index: ofInstance,
    properties: [],
    type,
    isOptional: false,
    isReadable: true,
    place: undefined,
  };
}

/** The first parameters of a function, as generated code writes them. */
export function parametersOf(signature: ts.Signature, count: number): readonly FunctionParameter[] {
  return signature
    .getParameters()
    .slice(0, count)
    .map((parameter) => ({
      name: parameter.name,
      isRest: parameterOf(parameter)?.dotDotDotToken !== undefined,
    }));
}

/** The declaration of a parameter, where it has one. */
export function parameterOf({ valueDeclaration }: ts.Symbol): ts.ParameterDeclaration | undefined {
  return valueDeclaration !== undefined && ts.isParameter(valueDeclaration) ? valueDeclaration : undefined;
}

function isOptional(declaration: ts.ParameterDeclaration | undefined): boolean {
  return declaration?.questionToken !== undefined || declaration?.initializer !== undefined;
}

/** Of `{ id, locale: language }`, by the names that a caller writes: `id`, `locale`. */
function propertiesOf(
  pattern: ts.ObjectBindingPattern,
  parameter: GivenValue,
  checker: ts.TypeChecker,
): readonly GivenValue[] {
  return pattern.elements.map((element): GivenValue => {
    const written = element.propertyName ?? element.name;
    const name = written.getText();
    const isNamed = element.dotDotDotToken === undefined && ts.isIdentifier(written);
    const type = isNamed ? propertyType(parameter.type, name, checker) : undefined;
    if (type === undefined) return { ...parameter, name, place: element };
    return { ...parameter, name, properties: [name], type, isReadable: true, place: element };
  });
}

/** `undefined` where values of the type do not all have such a property for everybody to read. */
export function propertyType(type: ts.Type, name: string, checker: ts.TypeChecker): ts.Type | undefined {
  const symbol = checker.getPropertyOfType(checker.getApparentType(type), name);
  if (symbol === undefined) return undefined;
  return isHidden(symbol) ? undefined : checker.getTypeOfSymbol(symbol);
}

/** Whether only a class itself, or those that extend it, may read such a property. */
export function isHidden({ declarations }: ts.Symbol): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return declarations?.some((node) => (ts.getCombinedModifierFlags(node) & hidden) !== 0) === true;
}

/** The type at the end of a way into a value, or why there is none. */
export function readProperties(
  value: GivenValue,
  properties: readonly string[],
  checker: ts.TypeChecker,
): { readonly type: ts.Type } | { readonly problem: string } {
  let { type } = value;
  for (const name of properties) {
    if (value.isOptional || checker.getNonNullableType(type) !== type) {
      return { problem: "cannot be read in every call: what it is a property of may be missing" };
    }
    const next = propertyType(type, name, checker);
    if (next === undefined) return { problem: `is not there: ${textOf(type, checker)} has no property ${quote(name)}` };
    type = next;
  }
  return { type };
}

/** A type for a message. */
export function textOf(type: ts.Type, checker: ts.TypeChecker): string {
  // Not by the name of an alias of the probe.
  return clip(checker.typeToString(type, undefined, ts.TypeFormatFlags.InTypeAlias));
}
