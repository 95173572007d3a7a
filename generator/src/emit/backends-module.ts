import type { BackendDeclaration, UrlPart, UrlTemplate } from "../model/declaration.ts";
import { type Code, code, runtimeType, runtimeValue } from "./code.ts";
import { codeSpan, docstring, prose } from "./docstring.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { stringLiteral } from "./literal.ts";
import type { OutputModel } from "./output-model.ts";
import { redactUrl } from "./redact-url.ts";
import { relativePath } from "./relative-path.ts";
import { printSourceFile } from "./source-file.ts";
import { trackedHeads } from "./tracked-heads.ts";

/** `backends.gen.ts`: where entries live. Nothing is opened and no variable read before a backend is first used. */
export function backendsModule({ declarations, importExtension }: OutputModel): GeneratedFile {
  const text = printSourceFile({
    source: relativePath(declarations.output, declarations.file),
    folder: declarations.output,
    importExtension,
    exports: declarations.backends.map((backend) => backend.name),
    globals: [],
    blocks: declarations.backends.map((backend) =>
      backendConstant(backend, trackedHeads(backend, declarations.caches)),
    ),
  });
  return { name: "backends.gen.ts", text };
}

function backendConstant(backend: BackendDeclaration, heads: readonly string[]): Code {
  const properties = [
    `name: ${stringLiteral(backend.name)}`,
    `url: ${urlLiteral(backend.url)}`,
    ...(backend.development === undefined ? [] : [`development: ${urlLiteral(backend.development)}`]),
    ...(backend.schemes === undefined ? [] : [`schemes: [${backend.schemes.map(stringLiteral).join(", ")}]`]),
    ...(heads.length === 0 ? [] : [`heads: [${heads.map(stringLiteral).join(", ")}]`]),
    ...(backend.prefix === "" ? [] : [`prefix: ${stringLiteral(backend.prefix)}`]),
  ];
  return code`${docstring(backendText(backend))}
export const ${backend.name}: ${runtimeType("DeclaredBackend")} = /* @__PURE__ */ ${runtimeValue("declareBackend")}({
${properties.map((property) => `  ${property},\n`).join("")}});`;
}

function backendText({ description, url, development }: BackendDeclaration): string {
  const intro = description === undefined || description.trim() === "" ? [] : [prose(description.trim()), ""];
  const address = `URL: ${codeSpan(redactUrl(url.text))}`;
  if (development === undefined) return [...intro, address].join("\n");
  return [...intro, `- ${address}`, `- Outside production: ${codeSpan(redactUrl(development.text))}`].join("\n");
}

function urlLiteral(url: UrlTemplate): string {
  return `[${url.parts.map(partLiteral).join(", ")}]`;
}

function partLiteral(part: UrlPart): string {
  if (part.kind === "literal") return stringLiteral(part.text);
  const properties = [
    `variable: ${stringLiteral(part.name)}`,
    ...(part.fallback === undefined ? [] : [`fallback: ${stringLiteral(part.fallback)}`]),
    ...(part.message === undefined ? [] : [`message: ${stringLiteral(part.message)}`]),
  ];
  return `{ ${properties.join(", ")} }`;
}
