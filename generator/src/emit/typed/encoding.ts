import type { TypeId, TypeNode } from "../../model/type-ir.ts";
import type { Lines } from "../check-lines.ts";
import type { CheckPath } from "../check-path.ts";
import { type Code, type LocalName, local } from "../code.ts";
import type { CheckConstants } from "../misfit-condition.ts";
import type { Presence } from "./alternatives.ts";
import type { BitField, FunctionScope } from "./function-scope.ts";
import type { TypedPlan } from "./typed-plan.ts";

/** A value within a function: a name, and the way to it. */
export interface Place {
  readonly value: Code;
  readonly path: CheckPath;
  /** Of a property that may be absent: what says that it is there. */
  readonly isOwn?: Code;
}

export const position: LocalName = local("position");
export const text: LocalName = local("text");
export const bytes: LocalName = local("bytes");
export const output: LocalName = local("output");
export const found: LocalName = local("found");

/** What those who write one encoder share: each writes one form of values, and leaves their parts to the others. */
export interface Encoding {
  readonly nodes: readonly TypeNode[];
  readonly plan: TypedPlan;
  readonly constants: CheckConstants;
  readonly scope: FunctionScope;
  /** What a part holds, whose choice may be bits of the object around it. */
  place(id: TypeId, presence: Presence, place: Place, bits: BitField | undefined): Lines;
  /** A value of one type, which is not known to be one. */
  whole(id: TypeId, place: Place, bits?: BitField): Lines;
  /** A value of one type that is of the right kind. */
  parts(id: TypeId, place: Place, bits?: BitField): Lines;
  /** What the function of a type is called. */
  functionOf(id: TypeId): LocalName;
  /** Hands over where to write, before another function writes, and takes it back. */
  leave(): Lines;
  enter(): Lines;
  usesText(): void;
  usesCalls(): void;
  misfit(ids: readonly TypeId[], place: Place): Code;
}
