import type { Declarations } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { distinct } from "../model/distinct.ts";
import type { Usage } from "../model/usage.ts";
import { findEndlessCaches } from "./find-endless-caches.ts";
import { findIdleCompressors } from "./find-idle-compressors.ts";
import { findIdleSignatures } from "./find-idle-signatures.ts";
import { findMemoryBounds } from "./find-memory-bounds.ts";
import { findUnknownVariables } from "./find-unknown-variables.ts";
import { findUnused } from "./find-unused.ts";
import { secretVariables } from "./secret-variables.ts";

/** What breaks rules about a file as a whole, where it has no error. */
export function checkCoherence(declarations: Declarations, usage: Usage): readonly Diagnostic[] {
  const all = { ...usage, variables: [...usage.variables, ...secretVariables(declarations.caches)] };
  return distinct([
    ...findUnused(declarations, all),
    ...findUnknownVariables(all),
    ...findMemoryBounds(declarations.backends),
    ...findEndlessCaches(declarations.caches, declarations.backends),
    ...findIdleCompressors(declarations.caches),
    ...findIdleSignatures(declarations.caches),
  ]);
}
