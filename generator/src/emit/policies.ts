import type { CacheDeclaration } from "../model/declaration.ts";
import { codeSpan } from "./docstring.ts";
import { integerLiteral, stringLiteral } from "./literal.ts";

/** The properties of a definition for the policies that are declared, each in a line. */
export function policyLines({ reads, recovery }: CacheDeclaration): string {
  const readsLine = reads === undefined ? "" : `  reads: ${stringLiteral(reads)},\n`;
  const recoveryLine = recovery === undefined ? "" : `  recovery: { maxKeys: ${integerLiteral(recovery.maxKeys)} },\n`;
  return `${readsLine}${recoveryLine}`;
}

/** The same for people. */
export function policyTexts({ reads, recovery, tags }: CacheDeclaration): readonly string[] {
  return [
    ...(reads === undefined ? [] : ["- Reads: replicas"]),
    ...(recovery === undefined ? [] : [`- Recovery: up to ${recovery.maxKeys} invalidations`]),
    ...(tags.length === 0 ? [] : [`- Tags: ${tags.map(({ text }) => codeSpan(text)).join(", ")}`]),
  ];
}
