import type { CacheDeclaration } from "../model/declaration.ts";
import { type Code, code, type ImportedName, local } from "./code.ts";
import { codeSpan } from "./docstring.ts";
import { integerLiteral, stringLiteral } from "./literal.ts";
import type { OutputModel } from "./output-model.ts";
import { ttlText } from "./ttl-text.ts";

/** The properties of a definition that say how long single values live, and which are stored. */
export function valuePolicyLines(
  { name, values: { ttlFunction, jitter, negative, maxValueSize } }: CacheDeclaration,
  model: OutputModel,
): readonly Code[] {
  const lines: Code[] = [];
  const module = model.ttlFunctions.get(name)?.module;
  if (ttlFunction !== undefined && module !== undefined) {
    const [exported, ...properties] = ttlFunction.path;
    const imported: ImportedName = { kind: "imported", from: module, name: exported, isType: false };
    const callee: Code = [imported, ...properties.map((property) => `.${property}`)];
    // Called through a function: its module may import this one, and be loaded after it.
    const value = local("value");
    lines.push(code`  ttlOf: (${value}) => ${callee}(${value}),\n`);
  }
  if (negative?.kind === "ttl") {
    const ttl = negative.ttl === "forever" ? stringLiteral("forever") : `{ ms: ${integerLiteral(negative.ttl.ms)} }`;
    lines.push(`  negative: { ttl: ${ttl} },\n`);
  }
  if (negative?.kind === "skip") lines.push(`  negative: ${stringLiteral("skip")},\n`);
  if (jitter !== undefined) lines.push(`  jitter: ${jitter.share},\n`);
  if (maxValueSize !== undefined) lines.push(`  maxValueBytes: ${integerLiteral(maxValueSize.bytes)},\n`);
  return lines;
}

/** The lines about them in the docstring of a cache. */
export function valuePolicyTexts({ values }: CacheDeclaration): readonly string[] {
  const { ttlFunction, jitter, negative, maxValueSize } = values;
  return [
    ...(ttlFunction === undefined ? [] : [`- TTL of a value: ${codeSpan(ttlFunction.path.join("."))} says it`]),
    ...(jitter === undefined ? [] : [`- Jitter: ${jitter.text}`]),
    ...(negative === undefined || negative.kind === "store" ? [] : [`- Null: ${nullText(negative)}`]),
    ...(maxValueSize === undefined ? [] : [`- Largest value: ${maxValueSize.text}`]),
  ];
}

function nullText(negative: NonNullable<CacheDeclaration["values"]["negative"]>): string {
  return negative.kind === "ttl" ? `lives ${ttlText(negative.ttl)}` : "not stored";
}
