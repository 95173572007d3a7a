import { ts } from "ts-morph";
import type { DeclaredAt, TypeId, TypeNode } from "../model/type-ir.ts";
import { describeObject } from "./describe-object.ts";
import { describeSimple } from "./describe-simple.ts";
import { nameOrNode } from "./finding.ts";
import type { Surroundings } from "./surroundings.ts";
import { TypeGrowth } from "./type-growth.ts";
import { unionMembers } from "./union-members.ts";
import { isUnresolved } from "./unresolved-reference.ts";
import type { UnresolvedPart } from "./unresolved-types.ts";

/** More types than these inside of one are not looked through: nobody caches such a thing as data. */
const maxParts = 50_000;

/** A type inside of another, and how it is reached. */
interface Visit {
  readonly type: ts.Type;
  readonly parent: Visit | undefined;
  /** From the parent, such as `.lines` or `[]`; the name of the whole type at the root. */
  readonly step: string;
  /** Where the step is declared; where the type is written at the root. */
  readonly place: ts.Node | undefined;
}

/** What describing one type finds on its way. */
interface Walk {
  readonly queue: (Visit & { readonly id: TypeId })[];
  readonly unresolved: UnresolvedPart[];
}

/** The types of one program as nodes. What is met again has been described already. */
export class TypeGraph {
  readonly nodes: TypeNode[] = [];
  readonly files: string[] = [];
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #probe: ts.SourceFile;
  readonly #growth: TypeGrowth;
  readonly #ids = new Map<ts.Type, TypeId>();
  readonly #unions = new Map<string, TypeId>();
  readonly #fileIds = new Map<string, number>();

  constructor(program: ts.Program, probe: ts.SourceFile) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#probe = probe;
    this.#growth = new TypeGrowth(this.#checker);
  }

  /**
   * Describes a type with all that it leads to.
   *
   * @param name - what its path begins with
   * @param node - where it is written
   * @returns its id, and the parts that are not resolved: those it has as `any`
   */
  add(type: ts.Type, name: string, node: ts.Node): { readonly id: TypeId; readonly parts: readonly UnresolvedPart[] } {
    const walk: Walk = { queue: [], unresolved: [] };
    const id = this.#idOf({ type, parent: undefined, step: name, place: node }, none, walk);
    // In breadth: no stack is deep enough for every web of types, and the shortest way to a type is the one to show.
    for (const [index, visit] of walk.queue.entries()) {
      const isTooMuch = index >= maxParts || this.#growth.isEndless(visit);
      this.nodes[visit.id] = isTooMuch ? { kind: "endless" } : this.#describe(visit, walk);
    }
    return { id, parts: walk.unresolved };
  }

  #describe(visit: Visit, walk: Walk): TypeNode {
    const idOf = (type: ts.Type, step: string, place: ts.Node | undefined, isAbsence: IsAbsence): TypeId =>
      this.#idOf({ type, parent: visit, step, place }, isAbsence, walk);
    const surroundings: Surroundings = {
      program: this.#program,
      checker: this.#checker,
      idOf: (type, step, place) => idOf(type, step, place, none),
      idOfOptional: (type, step, place) => idOf(type, step, place, this.#isAbsence),
      placeOf: (node) => this.#placeOf(node),
    };
    return describeSimple(visit.type, surroundings) ?? describeObject(visit.type, surroundings);
  }

  #idOf(visit: Visit, isAbsence: IsAbsence, { queue, unresolved }: Walk): TypeId {
    const ids = unionMembers(visit.type, this.#checker, isAbsence).map((type) => {
      if (isUnresolved(type)) unresolved.push(partAt(visit));
      const known = this.#ids.get(type);
      if (known !== undefined) return known;
      const id = this.#reserve();
      this.#ids.set(type, id);
      queue.push({ ...visit, type, id });
      return id;
    });
    const members = [...new Set(ids)].sort((a, b) => a - b);
    const [only] = members;
    if (only !== undefined && members.length === 1) return only;
    const key = members.join();
    const known = this.#unions.get(key);
    if (known !== undefined) return known;
    const id = this.#reserve(members.length === 0 ? { kind: "never" } : { kind: "union", members });
    this.#unions.set(key, id);
    return id;
  }

  /** A node for now; what it is comes later, for it may lead back to itself. */
  #reserve(node: TypeNode = { kind: "endless" }): TypeId {
    return this.nodes.push(node) - 1;
  }

  /** Without `exactOptionalPropertyTypes` the `undefined` of `?` cannot be told from one that is written. */
  readonly #isAbsence: IsAbsence = (member) => {
    const isUndefined = (member.flags & ts.TypeFlags.Undefined) !== 0;
    const isExact = this.#program.getCompilerOptions().exactOptionalPropertyTypes === true;
    return isUndefined && !(isExact && member === this.#checker.getUndefinedType());
  };

  #placeOf(node: ts.Node | undefined): DeclaredAt | undefined {
    const source = node?.getSourceFile();
    if (node === undefined || source === undefined || source === this.#probe) return undefined;
    if (this.#program.isSourceFileDefaultLibrary(source)) return undefined;
    const name = nameOrNode(node);
    return [this.#fileId(source.fileName), name.getStart(source), name.getEnd()];
  }

  #fileId(path: string): number {
    const known = this.#fileIds.get(path);
    if (known !== undefined) return known;
    const id = this.files.push(path) - 1;
    this.#fileIds.set(path, id);
    return id;
  }
}

type IsAbsence = (member: ts.Type) => boolean;

const none: IsAbsence = () => false;

function partAt(visit: Visit): UnresolvedPart {
  let path = "";
  let place: ts.Node | undefined;
  for (let at: Visit | undefined = visit; at !== undefined; at = at.parent) {
    path = at.step + path;
    place ??= at.place;
  }
  // The root has a place.
  return { path, place: place as ts.Node };
}
