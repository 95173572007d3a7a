/** A text that nobody else has. */
export function randomId(): string {
  // Loaded with the first: importing the runtime shall not wait for it.
  return process.getBuiltinModule("node:crypto").randomUUID();
}
