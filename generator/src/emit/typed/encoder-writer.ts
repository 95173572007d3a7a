import type { TypeId, TypeIr, TypeNode } from "../../model/type-ir.ts";
import { indent, kindTest, type Lines } from "../check-lines.ts";
import { pathCode } from "../check-path.ts";
import { isComplex, nodeOf } from "../checked-type.ts";
import {
  type Code,
  code,
  joinCode,
  type LocalName,
  local,
  mentions,
  property,
  runtimeType,
  runtimeValue,
} from "../code.ts";
import { stringLiteral } from "../literal.ts";
import { type CheckConstants, expectedText } from "../misfit-condition.ts";
import { alternativesOf, type Presence } from "./alternatives.ts";
import { encodeChoice } from "./encode-choice.ts";
import { encodeArray, encodeMap, encodeSet, encodeTuple } from "./encode-list.ts";
import { encodeObject } from "./encode-object.ts";
import { encodeSimple } from "./encode-simple.ts";
import { bytes, type Encoding, found, output, type Place, position, text } from "./encoding.ts";
import { type BitField, FunctionScope } from "./function-scope.ts";
import type { TypedPlan } from "./typed-plan.ts";

/** Writes the functions that write values of one type. */
export class EncoderWriter implements Encoding {
  readonly nodes: readonly TypeNode[];
  readonly plan: TypedPlan;
  readonly constants: CheckConstants;
  /** Of the function that is being written. */
  scope: FunctionScope = new FunctionScope();
  #hasCalls = false;
  #hasText = false;

  constructor(ir: TypeIr, plan: TypedPlan, constants: CheckConstants) {
    this.nodes = ir.nodes;
    this.plan = plan;
    this.constants = constants;
  }

  /** The function of a type that has one. */
  encodeFunction(id: TypeId): Code {
    this.scope = new FunctionScope();
    this.#hasCalls = false;
    this.#hasText = false;
    const value = this.scope.variable("value");
    const place: Place = { value, path: [] };
    const { nodes } = this;
    const isOfParts = isComplex(id, nodes) && nodeOf(id, nodes).kind !== "union";
    const lines = isOfParts
      ? [this.#refuseKind(id, place), ...this.#inner(id, place)]
      : encodeChoice(this, alternativesOf(id, nodes), [id], place, undefined);
    const misfitType = code`${runtimeType("Misfit")} | undefined`;
    const body: Lines = [
      ...(mentions(lines, bytes) ? [code`const { ${property(bytes)} } = ${output};`] : []),
      code`let { ${joinCode((this.#hasText || this.#hasCalls ? [position, text] : [position]).map(property), ", ")} } = ${output};`,
      ...(this.#hasCalls ? [code`let ${found}: ${misfitType};`] : []),
      ...lines,
      ...this.leave(),
      "return undefined;",
    ];
    const head = code`function ${this.functionOf(id)}(${value}: unknown, ${output}: ${runtimeType("Output")}): ${misfitType} {`;
    return joinCode([head, ...indent(body), "}"], "\n");
  }

  functionOf(id: TypeId): LocalName {
    return local(`encode${this.plan.names.get(id) ?? ""}`);
  }

  place(id: TypeId, presence: Presence, place: Place, bits: BitField | undefined): Lines {
    if (this.plan.names.has(id) && presence === "required") return this.#call(id, place);
    return encodeChoice(this, alternativesOf(id, this.nodes, presence), [id], place, bits);
  }

  #call(id: TypeId, { value, path }: Place): Lines {
    this.#hasCalls = true;
    const misfit = path.length === 0 ? found : code`${runtimeValue("within")}(${pathCode(path)}, ${found})`;
    return [
      ...this.leave(),
      code`${found} = ${this.functionOf(id)}(${value}, ${output});`,
      code`if (${found} !== undefined) return ${misfit};`,
      ...this.enter(),
    ];
  }

  leave(): Lines {
    const both = this.#hasText || this.#hasCalls;
    return [code`${output}.position = ${position};`, ...(both ? [code`${output}.text = ${text};`] : [])];
  }

  enter(): Lines {
    return [code`${position} = ${output}.position;`, code`${text} = ${output}.text;`];
  }

  whole(id: TypeId, place: Place, bits?: BitField): Lines {
    const { nodes } = this;
    if (!isComplex(id, nodes)) return encodeSimple(this, id, place, false);
    return [this.#refuseKind(id, place), ...this.parts(id, place, bits)];
  }

  #refuseKind(id: TypeId, place: Place): Code {
    return code`if (!${kindTest([id], this.nodes, place.value)}) return ${this.misfit([id], place)};`;
  }

  parts(id: TypeId, place: Place, bits?: BitField): Lines {
    return this.plan.names.has(id) ? this.#call(id, place) : this.#inner(id, place, bits);
  }

  #inner(id: TypeId, place: Place, bits?: BitField): Lines {
    const node = nodeOf(id, this.nodes);
    switch (node.kind) {
      case "object":
        return encodeObject(this, id, node, place, bits);
      case "array":
        return encodeArray(this, node, place);
      case "tuple":
        return encodeTuple(this, id, node, place);
      case "map":
        return encodeMap(this, node, place);
      case "set":
        return encodeSet(this, node, place);
      default:
        throw new Error(`There are no parts of ${node.kind}.`);
    }
  }

  usesText(): void {
    this.#hasText = true;
  }

  usesCalls(): void {
    this.#hasCalls = true;
  }

  misfit(ids: readonly TypeId[], { value, path }: Place): Code {
    const at = path.length === 0 ? "" : code`, ${pathCode(path)}`;
    return code`${runtimeValue("misfit")}(${stringLiteral(expectedText(ids, this.nodes))}, ${value}${at})`;
  }
}
