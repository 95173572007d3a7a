import type { CacheDeclaration, KeyParameter, KeySegment, KeyType } from "../model/declaration.ts";
import type { GeneratedNames } from "../model/generated-names.ts";
import { type Code, code, joinCode, local, runtimeType, runtimeValue } from "./code.ts";
import { codeSpan, docstring } from "./docstring.ts";
import { stringLiteral, templateText } from "./literal.ts";

/** The key's type, the pattern as data, and the function that fills it in: one template, made for this pattern. */
export function keyBuilder(cache: CacheDeclaration, names: GeneratedNames): readonly Code[] {
  const parameters = cache.key.segments.filter((segment) => segment.kind === "parameter");
  return [keyType(cache, names, parameters), patternConstant(cache), keyFunction(cache, names, parameters)];
}

function keyType(cache: CacheDeclaration, names: GeneratedNames, parameters: readonly KeyParameter[]): Code {
  const comment = docstring(`Key of ${codeSpan(cache.name)}: ${codeSpan(cache.key.text)}.`);
  if (parameters.length === 0) return code`${comment}\nexport type ${names.key} = Readonly<Record<string, never>>;`;
  const properties = parameters.map(({ name, type }) => code`  readonly ${name}: ${parameterType(type)};\n`);
  return code`${comment}\nexport interface ${names.key} {\n${properties}}`;
}

function parameterType(type: KeyType): Code {
  switch (type.kind) {
    case "string":
    case "uuid":
    case "secret":
      return "string";
    case "int":
    case "number":
      return "number";
    case "bigint":
      return "bigint";
    case "bool":
      return "boolean";
    case "date":
      return "Date";
    case "hash":
      return runtimeType("HashInput");
    case "union":
      return type.members.map(stringLiteral).join(" | ");
  }
}

function patternConstant(cache: CacheDeclaration): Code {
  const segments = cache.key.segments.map((segment) => `    ${segmentLiteral(segment)},\n`).join("");
  const revision = cache.revision === undefined ? "" : `  revision: ${cache.revision},\n`;
  const secret = cache.keySecret === undefined ? "" : `  secret: ${stringLiteral(cache.keySecret.variable)},\n`;
  return code`const ${local("pattern")}: ${runtimeType("KeyPattern")} = {\n  segments: [\n${segments}  ],\n${revision}${secret}};`;
}

function segmentLiteral(segment: KeySegment): string {
  if (segment.kind === "literal") return stringLiteral(segment.text);
  const { name, type } = segment;
  const typeLiteral =
    type.kind === "union" ? `[${type.members.map(stringLiteral).join(", ")}]` : stringLiteral(type.kind);
  return `{ name: ${stringLiteral(name)}, type: ${typeLiteral} }`;
}

function keyFunction(cache: CacheDeclaration, names: GeneratedNames, parameters: readonly KeyParameter[]): Code {
  const segments = cache.key.segments.map((segment, index) =>
    segment.kind === "literal" ? templateText(segment.text) : code`\${${keyPart(cache.name, segment, index)}}`,
  );
  const revision = cache.revision === undefined ? "" : `~r${cache.revision}`;
  const parameter = parameters.length === 0 ? "" : code`${local("key")}: ${names.key}`;
  return code`function ${local("keyText")}(${parameter}): string {
  return ${runtimeValue("fitKey")}(\`${segments}${revision}\`, ${local("pattern")});
}`;
}

function keyPart(cacheName: string, { name, type }: KeyParameter, index: number): Code {
  const value = code`${local("key")}.${name}`;
  const label = stringLiteral(`${cacheName}.${name}`);
  if (type.kind === "secret") {
    return code`${runtimeValue("secretPart")}(${value}, ${label}, ${local("pattern")}, ${index.toString()})`;
  }
  if (type.kind !== "union") return code`${runtimeValue(`${type.kind}Part`)}(${value}, ${label})`;
  const members = type.members.map(stringLiteral);
  const isMember = joinCode(
    members.map((member) => code`${value} === ${member}`),
    " || ",
  );
  return code`${isMember} ? ${value} : ${runtimeValue("badPart")}(${label}, ${stringLiteral(orList(members))}, ${value})`;
}

/** `"a", "b" or "c"` */
function orList(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} or ${last}`;
}
