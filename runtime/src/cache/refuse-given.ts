import { CachetoryError } from "../errors.ts";

// What only code without types can give.

/** @throws CachetoryError `INVALID_OPTION` for what is no function */
export function refuseNoLoader(cacheName: string, loader: unknown): void {
  if (typeof loader === "function") return;
  throw new CachetoryError(
    "INVALID_OPTION",
    `${cacheName} needs a function that loads what it has not, not ${typeof loader}.`,
  );
}

/** @throws CachetoryError `INVALID_OPTION` for what is no object, such as a ttl by itself */
export function refuseNoOptions(cacheName: string, options: unknown): void {
  if (typeof options === "object" && options !== null) return;
  throw new CachetoryError(
    "INVALID_OPTION",
    `The options of a call of ${cacheName} are an object, such as { ttl: "10m" }, not ${options === null ? "null" : typeof options}.`,
  );
}
