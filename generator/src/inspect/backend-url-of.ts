import type { Host } from "../host.ts";
import type { BackendDeclaration, UrlTemplate } from "../model/declaration.ts";

/** The URL that a process with this environment would use; else why there is none. */
export function backendUrlOf(
  backend: BackendDeclaration,
  env: Host["env"],
): { readonly url: string } | { readonly problem: string } {
  const missing = unsetVariable(backend.url, env);
  if (missing === undefined) return ofScheme(filled(backend.url, env), backend);
  const { development } = backend;
  const whatItIs = backend.url.parts.length === 1 ? "set it to its URL" : "set it to its part of the URL";
  const problem = `the URL of "${backend.name}" needs the variable ${missing.name}: ${missing.message ?? whatItIs}`;
  if (development === undefined || env["NODE_ENV"] === "production") return { problem };
  return unsetVariable(development, env) === undefined ? { url: filled(development, env) } : { problem };
}

/** The file has been checked for these schemes alone. */
function ofScheme(url: string, { name, schemes }: BackendDeclaration): ReturnType<typeof backendUrlOf> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined || schemes === undefined || schemes.includes(scheme)) return { url };
  return {
    problem: `the URL of "${name}" begins with ${scheme}://, but its schemes allow ${schemes.join(", ")} alone`,
  };
}

type Variable = Extract<UrlTemplate["parts"][number], { readonly kind: "variable" }>;

// As in a shell, and in generated code, an empty variable counts as one that is not set.
function unsetVariable({ parts }: UrlTemplate, env: Host["env"]): Variable | undefined {
  return parts.find(
    (part): part is Variable =>
      part.kind === "variable" && part.fallback === undefined && (env[part.name] ?? "") === "",
  );
}

function filled({ parts }: UrlTemplate, env: Host["env"]): string {
  return parts.map((part) => (part.kind === "literal" ? part.text : env[part.name] || (part.fallback ?? ""))).join("");
}
