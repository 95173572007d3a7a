import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import type { PackedPackages } from "./packed-package.ts";

/** Both packages as they would be published. */
interface Installable {
  readonly packed: PackedPackages;
  /** Where npm finds them. */
  readonly registryUrl: string;
}

// Not by a declaration that adds to vitest's: it would count in all that tests resolve types of, with all that vitest declares.
const name = "installable" as never;

export function provideInstallable({ provide }: TestProject, installable: Installable): void {
  provide(name, installable as never);
}

/** What the set-up of these tests has made. */
export function installable(): Installable {
  return inject(name);
}
