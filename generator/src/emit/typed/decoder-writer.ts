import type { TypeId, TypeIr, TypeNode } from "../../model/type-ir.ts";
import { indent, type Lines } from "../check-lines.ts";
import { isComplex, nodeOf } from "../checked-type.ts";
import { type Code, code, joinCode, type LocalName, local, mentions, property, runtimeType } from "../code.ts";
import type { CheckConstants } from "../misfit-condition.ts";
import type { ObjectMakers } from "../object-makers.ts";
import { alternativesOf, type Presence } from "./alternatives.ts";
import { decodeChoice } from "./decode-choice.ts";
import { decodeArray, decodeMap, decodeSet, decodeTuple } from "./decode-list.ts";
import { decodeObject } from "./decode-object.ts";
import { decodeSimple } from "./decode-simple.ts";
import { bytes, cursor, type Decoding, input, position, type Read, text } from "./decoding.ts";
import { type BitField, FunctionScope } from "./function-scope.ts";
import type { TypedPlan } from "./typed-plan.ts";

/** Writes the functions that read values of one type, each the twin of one of `EncoderWriter`. */
export class DecoderWriter implements Decoding {
  readonly nodes: readonly TypeNode[];
  readonly plan: TypedPlan;
  readonly constants: CheckConstants;
  readonly makers: ObjectMakers;
  /** Of the function that is being written. */
  scope: FunctionScope = new FunctionScope();
  #hasCalls = false;
  #hasText = false;

  constructor(ir: TypeIr, plan: TypedPlan, constants: CheckConstants, makers: ObjectMakers) {
    this.nodes = ir.nodes;
    this.plan = plan;
    this.constants = constants;
    this.makers = makers;
  }

  /** The function of a type that has one. */
  decodeFunction(id: TypeId): Code {
    this.scope = new FunctionScope();
    this.#hasCalls = false;
    this.#hasText = false;
    const { nodes } = this;
    const isOfParts = isComplex(id, nodes) && nodeOf(id, nodes).kind !== "union";
    const { lines, value } = isOfParts
      ? this.#inner(id, "value")
      : decodeChoice(this, alternativesOf(id, nodes), "value", undefined);
    const fixed = [bytes, text].filter((name) => mentions(lines, name));
    const moving = this.#hasText || this.#hasCalls ? [position, cursor] : [position];
    const body: Lines = [
      ...(fixed.length === 0 ? [] : [code`const { ${joinCode(fixed.map(property), ", ")} } = ${input};`]),
      code`let { ${joinCode(moving.map(property), ", ")} } = ${input};`,
      ...lines,
      ...this.#leave(),
      code`return ${value};`,
    ];
    return joinCode(
      [code`function ${this.#function(id)}(${input}: ${runtimeType("Input")}): unknown {`, ...indent(body), "}"],
      "\n",
    );
  }

  #function(id: TypeId): LocalName {
    return local(`decode${this.plan.names.get(id) ?? ""}`);
  }

  place(id: TypeId, presence: Presence, stem: string, bits: BitField | undefined): Read {
    if (this.plan.names.has(id) && presence === "required") return this.#call(id, stem);
    return decodeChoice(this, alternativesOf(id, this.nodes, presence), stem, bits);
  }

  #call(id: TypeId, stem: string): Read {
    this.#hasCalls = true;
    const value = this.scope.variable(stem);
    const lines = [...this.#leave(), code`const ${value} = ${this.#function(id)}(${input});`, ...this.#enter()];
    return { lines, value };
  }

  #leave(): Lines {
    const both = this.#hasText || this.#hasCalls;
    return [code`${input}.position = ${position};`, ...(both ? [code`${input}.cursor = ${cursor};`] : [])];
  }

  #enter(): Lines {
    return [code`${position} = ${input}.position;`, code`${cursor} = ${input}.cursor;`];
  }

  one(id: TypeId, stem: string, bits: BitField | undefined): Read {
    const { nodes } = this;
    if (isComplex(id, nodes)) {
      return this.plan.names.has(id) ? this.#call(id, stem) : this.#inner(id, stem, bits);
    }
    return decodeSimple(this, id, stem);
  }

  #inner(id: TypeId, stem: string, bits?: BitField): Read {
    const node = nodeOf(id, this.nodes);
    switch (node.kind) {
      case "object":
        return decodeObject(this, node, stem, bits);
      case "array":
        return decodeArray(this, node, stem);
      case "tuple":
        return decodeTuple(this, node, stem);
      case "map":
        return decodeMap(this, node, stem);
      case "set":
        return decodeSet(this, node, stem);
      default:
        throw new Error(`There are no parts of ${node.kind}.`);
    }
  }

  usesText(): void {
    this.#hasText = true;
  }
}
