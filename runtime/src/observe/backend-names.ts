/** The names of backends as caches have declared them; one that no cache names calls itself something. */
const declared = new WeakMap<object, string>();

/** Lets a backend have a name in what is told of it, and what it keeps in this process too. */
export function nameBackend(
  backend: { readonly local?: object | undefined; readonly behind?: object | undefined },
  name: string,
): void {
  declared.set(backend.behind ?? backend, name);
  if (backend.local !== undefined) declared.set(backend.local, name);
}

export function nameOfBackend(backend: { readonly name: string }): string {
  return declared.get(backend) ?? backend.name;
}
