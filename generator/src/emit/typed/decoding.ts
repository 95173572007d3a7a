import type { TypeId, TypeNode } from "../../model/type-ir.ts";
import type { Lines } from "../check-lines.ts";
import { type Code, type LocalName, local } from "../code.ts";
import type { CheckConstants } from "../misfit-condition.ts";
import type { ObjectMakers } from "../object-makers.ts";
import type { Presence } from "./alternatives.ts";
import type { BitField, FunctionScope } from "./function-scope.ts";
import type { TypedPlan } from "./typed-plan.ts";

/** Lines, and what holds the value after them. */
export interface Read {
  readonly lines: Lines;
  readonly value: Code;
}

export const position: LocalName = local("position");
export const text: LocalName = local("text");
export const bytes: LocalName = local("bytes");
export const cursor: LocalName = local("cursor");
export const input: LocalName = local("input");

/** What those who write one decoder share: each reads one form of values, and leaves their parts to the others. */
export interface Decoding {
  readonly nodes: readonly TypeNode[];
  readonly plan: TypedPlan;
  readonly constants: CheckConstants;
  readonly makers: ObjectMakers;
  readonly scope: FunctionScope;
  /** What a part holds, whose choice may be bits of the object around it. */
  place(id: TypeId, presence: Presence, stem: string, bits: BitField | undefined): Read;
  /** A value of one type. */
  one(id: TypeId, stem: string, bits: BitField | undefined): Read;
  usesText(): void;
}
