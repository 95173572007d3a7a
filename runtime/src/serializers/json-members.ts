import { closeBrace, closeBracket, isBlank, openBrace, openBracket } from "./json-bytes.ts";

/** A list of which some has been parsed. */
export class OpenList {
  readonly opener: number = openBracket;
  readonly closer: number = closeBracket;
  readonly key: string;
  #members: unknown[] = [];

  /** @param key - its own, where it is in an object */
  constructor(key: string) {
    this.key = key;
  }

  get members(): readonly unknown[] {
    return this.#members;
  }

  /** @param text - a list of members that follow */
  add(text: string): void {
    const members = JSON.parse(text) as unknown[];
    if (this.#members.length === 0) this.#members = members;
    else for (const member of members) this.#members.push(member);
  }

  put(_key: string, member: unknown): void {
    this.#members.push(member);
  }

  keyIn(before: string): string {
    if (!isBlank(before)) throw new Undivided();
    return "";
  }
}

/** An object of which some has been parsed. */
export class OpenObject {
  readonly opener: number = openBrace;
  readonly closer: number = closeBrace;
  readonly key: string;
  #members: Record<string, unknown> = {};
  #isEmpty = true;

  constructor(key: string) {
    this.key = key;
  }

  get members(): Readonly<Record<string, unknown>> {
    return this.#members;
  }

  /** @param text - an object of members that follow */
  add(text: string): void {
    const members = JSON.parse(text) as Record<string, unknown>;
    if (this.#isEmpty) this.#members = members;
    else if (!Object.hasOwn(members, "__proto__")) Object.assign(this.#members, members);
    else for (const [key, member] of Object.entries(members)) this.put(key, member);
    this.#isEmpty = false;
  }

  put(key: string, member: unknown): void {
    this.#isEmpty = false;
    // To assign that one would set the prototype.
    if (key !== "__proto__") this.#members[key] = member;
    else
      Object.defineProperty(this.#members, key, {
        value: member,
        writable: true,
        enumerable: true,
        configurable: true,
      });
  }

  /** The key of a member, of what is before that. */
  keyIn(before: string): string {
    const [key, ...others] = Object.keys(JSON.parse(`{${before}[]}`));
    if (key === undefined || others.length > 0) throw new Undivided();
    return key;
  }
}

/** To be parsed as a whole, for what comes of it. */
export class Undivided extends Error {}
