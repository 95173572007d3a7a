import { createRequire } from "node:module";
import { CachetoryError } from "./errors.ts";

/**
 * Loads a package that is needed only by those who use `feature`, when it is first used and without waiting.
 *
 * @throws CachetoryError `MISSING_PACKAGE`
 */
export function requireOptional(packageName: string, feature: string, subpath = ""): unknown {
  refuseBundled(packageName, feature);
  try {
    return createRequire(import.meta.url)(`${packageName}${subpath}`);
  } catch (cause) {
    throw missingPackage(packageName, feature, cause);
  }
}

/**
 * Makes sure that a package can be found, without loading it: for one that is imported later.
 *
 * @throws CachetoryError `MISSING_PACKAGE`
 */
export function expectOptional(packageName: string, feature: string): void {
  refuseBundled(packageName, feature);
  try {
    createRequire(import.meta.url).resolve(packageName);
  } catch (cause) {
    throw missingPackage(packageName, feature, cause);
  }
}

/** A bundler that makes CommonJS leaves nothing by which other packages could be found. */
function refuseBundled(packageName: string, feature: string): void {
  // It says of itself that it is a string always.
  if ((import.meta.url as string | undefined) !== undefined) return;
  throw new CachetoryError(
    "MISSING_PACKAGE",
    `${feature} needs the package ${packageName}, which cannot be found from within a CommonJS bundle. Leave @cachetory/runtime out of ` +
      "it (with esbuild: --external:@cachetory/runtime), or make it an ES module.",
  );
}

/** The error for an optional package that cannot be loaded: not installed, or not built for this machine. */
function missingPackage(packageName: string, feature: string, cause: unknown): CachetoryError {
  const isInstalled = cause instanceof Error && !isMissing(cause, packageName);
  const message = isInstalled
    ? `${feature} needs the package ${packageName}, which is installed but does not load here (${firstLine(cause)}). Reinstall it: npm install ${packageName}`
    : `${feature} needs the package ${packageName}, which is not installed. Install it: npm install ${packageName}`;
  return new CachetoryError("MISSING_PACKAGE", message, { cause });
}

function isMissing(cause: Error, packageName: string): boolean {
  const { code } = cause as NodeJS.ErrnoException;
  const isNotFound = code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND";
  return isNotFound && new RegExp(`'${packageName}(?:/[^']*)?'`).test(cause.message);
}

function firstLine(cause: Error): string {
  return cause.message.split("\n", 1)[0] ?? "";
}
