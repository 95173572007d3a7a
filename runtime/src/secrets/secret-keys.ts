import { CachetoryError } from "../errors.ts";
import { isVariableName } from "../schemes/variable-name.ts";
import { minSecretBytes, readSecret, readVariable } from "./secret-variable.ts";

/** A secret key, and the name under which entries say that they were made with it. */
export interface SecretKey {
  /** 1 to 64 letters, digits, `_`, `.` and `-`. Stands in entries as it is, so it is no secret. */
  readonly id: string;
  /** At least 32 random bytes. */
  readonly key: Uint8Array;
}

/**
 * Where keys come from: the name of an environment variable that holds `id:base64,id2:base64`, the keys themselves, or a
 * function that gives them, which is called for each entry, and gives another list where they have changed. The first key
 * writes, all of them read.
 */
export type SecretKeys = string | readonly SecretKey[] | (() => readonly SecretKey[]);

/** A key as a step uses it: with what the step makes of it, once. */
export interface PreparedKey<P> {
  readonly id: string;
  readonly prepared: P;
}

/** The keys of one step. What is in the environment is read when a key is first needed. */
export class KeyRing<P> {
  readonly #step: string;
  readonly #source: SecretKeys;
  readonly #prepare: (key: SecretKey) => P;
  #given: readonly SecretKey[] | undefined;
  #keys: ReadonlyMap<string, PreparedKey<P>> = new Map();
  #current: PreparedKey<P> | undefined;

  /**
   * @param step - its name, for messages
   * @throws CachetoryError `INVALID_OPTION` where it is no source of keys, `INVALID_SECRET` where keys are no good
   */
  constructor(step: string, source: SecretKeys, prepare: (key: SecretKey) => P) {
    this.#step = step;
    this.#source = source;
    this.#prepare = prepare;
    if (typeof source === "string" && !isVariableName(source)) throw notFrom(step);
    if (Array.isArray(source)) this.#take(source);
    else if (typeof source !== "string" && typeof source !== "function") throw notFrom(step);
  }

  /**
   * What writes.
   *
   * @throws CachetoryError `MISSING_ENVIRONMENT`, `INVALID_SECRET`
   */
  get current(): PreparedKey<P> {
    this.#refresh();
    // There is at least one key, or it has thrown.
    return this.#current as PreparedKey<P>;
  }

  /** @throws CachetoryError `MISSING_ENVIRONMENT`, `INVALID_SECRET` */
  find(id: string): P | undefined {
    this.#refresh();
    return this.#keys.get(id)?.prepared;
  }

  /** Where the keys are, for messages: `CACHE_KEYS`. */
  get place(): string {
    return typeof this.#source === "string" ? this.#source : "its keys";
  }

  #refresh(): void {
    if (typeof this.#source === "function") this.#take(this.#ask(this.#source));
    else if (typeof this.#source === "string" && this.#given === undefined) {
      this.#take(keysOfVariable(this.#step, this.#source));
    }
  }

  #ask(source: () => readonly SecretKey[]): readonly SecretKey[] {
    try {
      return source();
    } catch (cause) {
      throw new CachetoryError("INVALID_SECRET", `${this.#step} was given no keys: the function of its keys failed.`, {
        cause,
      });
    }
  }

  #take(given: readonly SecretKey[]): void {
    // A function that gives the same list every time costs no more than the list.
    if (this.#current !== undefined && given === this.#given) return;
    const keys = new Map<string, PreparedKey<P>>();
    for (const [index, key] of checkedKeys(this.#step, given).entries()) {
      if (keys.has(key.id)) throw unusable(this.#step, `key ${index + 1} has the id of another one`);
      keys.set(key.id, { id: key.id, prepared: this.#prepare(key) });
    }
    const [current] = keys.values();
    if (current === undefined) throw unusable(this.#step, "there is no key in the list");
    this.#given = given;
    this.#keys = keys;
    this.#current = current;
  }
}

const idForm = /^[A-Za-z0-9_.-]{1,64}$/;

/** @throws CachetoryError of which no message holds anything of the variable */
function keysOfVariable(step: string, variable: string): readonly SecretKey[] {
  const parts = readVariable(step, variable, "set it to its keys: id:base64, and more after commas").split(",");
  return parts.map((part, index) => {
    const [, id, text] = /^\s*([^:]*):(.*?)\s*$/s.exec(part) ?? [];
    const place = `key ${index + 1} in ${variable}`;
    if (id === undefined || text === undefined) throw unusable(step, `${place} is not of the form id:base64`);
    if (!idForm.test(id)) throw unusable(step, `the id of ${place} ${idRule}`);
    return { id, key: readSecret(step, place, text) };
  });
}

function checkedKeys(step: string, given: unknown): readonly SecretKey[] {
  if (!Array.isArray(given)) throw unusable(step, "its keys are no list of { id, key }");
  return given.map((each: Partial<SecretKey> | null | undefined, index) => {
    const { id, key } = each ?? {};
    if (typeof id !== "string" || !idForm.test(id)) throw unusable(step, `the id of key ${index + 1} ${idRule}`);
    if (!(key instanceof Uint8Array) || key.byteLength < minSecretBytes) {
      throw unusable(step, `key ${index + 1} is no Uint8Array of ${minSecretBytes} bytes or more`);
    }
    return { id, key };
  });
}

const idRule = "is not 1 to 64 letters, digits, _, . and -";

function unusable(step: string, what: string): CachetoryError {
  return new CachetoryError("INVALID_SECRET", `${step} cannot use its keys: ${what}.`);
}

/** Says nothing of what was given instead: it may well be a key. */
function notFrom(step: string): CachetoryError {
  return new CachetoryError(
    "INVALID_OPTION",
    `${step}: keys must be the name of an environment variable, such as CACHE_KEYS, a list of { id, key }, or a function ` +
      "that gives one.",
  );
}
