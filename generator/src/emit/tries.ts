import { type Code, code, joinCode, type LocalName, local, runtimeValue } from "./code.ts";

/** The members of a union that are tried in turn, as a module has them. */
export interface EmittedTry {
  readonly name: LocalName;
  readonly code: Code;
}

/** Unions that lead back to themselves, and of which only trying tells the member: of each, what is tried. */
export class EmittedTries {
  readonly #stem: string;
  readonly #all = new Map<string, EmittedTry>();

  /** @param stem - of what they are called: `triedSizes`, `triedSizes2` */
  constructor(stem: string) {
    this.#stem = stem;
  }

  get all(): readonly EmittedTry[] {
    return [...this.#all.values()];
  }

  /** @param members - the functions of one union */
  of(members: readonly LocalName[]): LocalName {
    const key = members.map(({ name }) => name).join();
    const known = this.#all.get(key);
    if (known !== undefined) return known.name;
    const count = this.#all.size + 1;
    const name = local(count === 1 ? this.#stem : `${this.#stem}${count}`);
    const list = joinCode(members, ", ");
    this.#all.set(key, { name, code: code`const ${name} = new ${runtimeValue("Tries")}([${list}]);` });
    return name;
  }
}
