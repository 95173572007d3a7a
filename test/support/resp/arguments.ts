// What commands make of their arguments. The errors are those that a Redis gives.

/** A key as text of one character for each byte. */
export function keyText(key: Buffer | undefined): string {
  return given(key).toString("latin1");
}

/** @throws Error where there is none */
export function given(arg: Buffer | undefined): Buffer {
  if (arg === undefined) throw new Error("wrong number of arguments");
  return arg;
}

/** @throws Error where it is none */
export function integer(arg: Buffer | undefined): number {
  const text = String(given(arg));
  if (!/^-?\d+$/.test(text)) throw new Error("value is not an integer or out of range");
  return Number(text);
}

/** @throws Error for zero, too, which Redis refuses as a lifetime */
export function positive(arg: Buffer | undefined): number {
  const value = integer(arg);
  if (value <= 0) throw new Error("invalid expire time");
  return value;
}

/** @throws Error where one is left over */
export function pairsOf(args: readonly Buffer[]): (readonly [Buffer, Buffer])[] {
  if (args.length % 2 === 1) throw new Error("wrong number of arguments");
  return args.flatMap((first, index) => (index % 2 === 0 ? [[first, given(args[index + 1])] as const] : []));
}
