import type { Backend } from "../../backends/backend.ts";
import { backendFromUrl } from "../../backends/from-url.ts";
import { CachetoryError } from "../../errors.ts";
import { Unmade } from "../../observe/health.ts";

/** A URL in pieces: literal text, and variables of the environment. */
export type UrlPieces = readonly (string | UrlVariable)[];

/** `${variable}`, `${variable:-fallback}`, `${variable:?message}` */
export interface UrlVariable {
  readonly variable: string;
  readonly fallback?: string;
  readonly message?: string;
}

/** A backend as declared in the YAML. */
export interface BackendDeclaration {
  readonly name: string;
  readonly url: UrlPieces;
  /** Serves where a variable of `url` is unset and `NODE_ENV` is not `production`. */
  readonly development?: UrlPieces;
  /** What `url` may name where its scheme comes from the environment. */
  readonly schemes?: readonly string[];
  readonly prefix?: string;
  /** What the keys begin with of which its server tells near layers. */
  readonly heads?: readonly string[];
}

/** A backend that reads the environment and is made when it is first used, not when its module is imported. */
export interface DeclaredBackend {
  readonly name: string;
  readonly prefix: string;
  /** What the keys begin with of which its server tells near layers. Default: of all. */
  readonly heads?: readonly string[] | undefined;
  /** The one that the exported caches share. */
  shared(): Backend;
  /** Another one, for a set of caches of its own. */
  make(): Backend;
  /** The shared one if it has been made. */
  readonly opened: Backend | undefined;
  /** Why it could not be made the last time. */
  readonly unmade?: Unmade | undefined;
}

/** Declares a backend without opening it. */
export function declareBackend(declaration: BackendDeclaration): DeclaredBackend {
  let opened: Backend | undefined;
  let unmade: Unmade | undefined;
  const make = (): Backend => backendFromUrl(urlOf(declaration));
  return {
    name: declaration.name,
    prefix: declaration.prefix ?? "",
    heads: declaration.heads,
    make,
    shared() {
      try {
        opened ??= make();
        return opened;
      } catch (cause) {
        unmade = new Unmade(cause);
        throw cause;
      }
    },
    get opened() {
      return opened;
    },
    get unmade() {
      return opened === undefined ? unmade : undefined;
    },
  };
}

function urlOf(declaration: BackendDeclaration): string {
  const { name, development } = declaration;
  const missing = declaration.url.find((piece) => typeof piece !== "string" && isUnset(piece));
  if (missing === undefined || typeof missing === "string") return ofScheme(fill(declaration.url), declaration);
  if (development !== undefined && process.env["NODE_ENV"] !== "production") {
    const url = fill(development);
    process.emitWarning(`${missing.variable} is not set, so the backend ${name} uses its development URL.`, {
      type: "CachetoryWarning",
      code: "CACHETORY_DEVELOPMENT",
    });
    return url;
  }
  const whatItIs = declaration.url.length === 1 ? "set it to its URL" : "set it to its part of the URL";
  throw new CachetoryError(
    "MISSING_ENVIRONMENT",
    `The backend ${name} needs the environment variable ${missing.variable}: ${missing.message ?? whatItIs}.` +
      (development === undefined ? "" : " Its development URL is not used, for NODE_ENV is production."),
  );
}

/** The generator has checked the file for these schemes alone; another one could not hold what it is given. */
function ofScheme(url: string, { name, schemes }: BackendDeclaration): string {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined || schemes === undefined || schemes.includes(scheme)) return url;
  const allowed = schemes.map((each) => `${each}://`).join(" or ");
  throw new CachetoryError(
    "INVALID_URL",
    `The URL of the backend ${name} begins with ${scheme}://, but its schemes allow ${allowed} alone.`,
  );
}

// As in a shell, `:-` and `:?` take an empty variable for an unset one.
function isUnset(piece: UrlVariable): boolean {
  return (process.env[piece.variable] ?? "") === "" && piece.fallback === undefined;
}

function fill(pieces: UrlPieces): string {
  return pieces
    .map((piece) => (typeof piece === "string" ? piece : process.env[piece.variable] || (piece.fallback ?? "")))
    .join("");
}
