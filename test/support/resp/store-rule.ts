import { positive } from "./arguments.ts";

/** What SET and MSETEX are told beside keys and values. */
export interface StoreRule {
  /** Store only where nothing is, or only where something is. */
  readonly condition: "NX" | "XX" | undefined;
  /** Milliseconds since 1970; infinite for ever. */
  readonly expiresAtMs: number;
  readonly keepTtl: boolean;
}

/** @throws Error for what Redis refuses */
export function storeRule(options: readonly Buffer[]): StoreRule {
  let condition: StoreRule["condition"];
  let expiresAtMs = Number.POSITIVE_INFINITY;
  let keepTtl = false;
  const left = [...options];
  for (let option = left.shift(); option !== undefined; option = left.shift()) {
    const word = String(option).toUpperCase();
    switch (word) {
      case "NX":
      case "XX":
        condition = word;
        break;
      case "KEEPTTL":
        keepTtl = true;
        break;
      case "EX":
        expiresAtMs = Date.now() + positive(left.shift()) * 1000;
        break;
      case "PX":
        expiresAtMs = Date.now() + positive(left.shift());
        break;
      case "EXAT":
        expiresAtMs = positive(left.shift()) * 1000;
        break;
      case "PXAT":
        expiresAtMs = positive(left.shift());
        break;
      default:
        throw new Error("syntax error");
    }
  }
  return { condition, expiresAtMs, keepTtl };
}
