import type { ts } from "ts-morph";
import type { DeclaredAt, TypeId } from "../model/type-ir.ts";

/** What describing a type asks for the types inside of it. */
export interface Surroundings {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /**
   * @param step - from the type that is described to the one inside: `.lines`, `[]`
   * @param place - where the step is declared
   */
  idOf(type: ts.Type, step: string, place?: ts.Node): TypeId;
  /** The same for what may be absent: without the `undefined` that `?` adds. */
  idOfOptional(type: ts.Type, step: string, place?: ts.Node): TypeId;
  /** `undefined` for what no file of the project or a package declares. */
  placeOf(node: ts.Node | undefined): DeclaredAt | undefined;
}
