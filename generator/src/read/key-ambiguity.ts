import { clip, quote } from "@cachetory/runtime/schemes";
import { divergentText } from "../keys/common-text.ts";
import { fieldLanguage } from "../keys/field-language.ts";
import { fieldOf, type KeyField, keyTextOf } from "../keys/key-text.ts";
import { showValues } from "../keys/show-values.ts";
import type { KeySegment } from "../model/declaration.ts";
import type { ParsedPattern, PatternProblem } from "./key-pattern.ts";

/**
 * Where two different sets of parameters give the same key, or `clear` would take a part of one parameter for another's;
 * one place for each stretch without a separator. There is none exactly where every key tells its parameters.
 */
export function findAmbiguities({ pattern, placed }: ParsedPattern): readonly PatternProblem[] {
  const { fields } = keyTextOf({ prefix: "", pattern, revision: undefined });
  return fields.flatMap((field): readonly PatternProblem[] => {
    const core = withoutLiteralEnds(field);
    const found = ambiguityOf(core);
    const name = found && core.parameters[found.parameter]?.name;
    const index = placed.findIndex(({ segment }) => segment.kind === "parameter" && segment.name === name);
    const [place, next] = [placed[index], placed[index + 1]];
    if (found === undefined || name === undefined || place === undefined || next === undefined) return [];
    const reason = `where ${quote(name)} ends cannot be told: ${describe(next.segment)} could be part of it`;
    const [first, second] = found.readings.map((parts) => showValues(core, parts));
    const other = found.isKeyOfBoth ? `and ${second}` : `but clear would take it for ${second}`;
    const message = `${reason}; ${quote(found.text)} is ${first} ${other}`;
    return [{ start: place.start, end: next.end, message, hint: `Put a : after {${clip(name)}}` }];
  });
}

interface Ambiguity {
  readonly text: string;
  /** The parts of the parameters, read in two ways. */
  readonly readings: readonly [readonly string[], readonly string[]];
  /** Whether both are parameters that have the key; else the second is what `clear` would read. */
  readonly isKeyOfBoth: boolean;
  /** The first parameter that is not the same in both: it ends in two places. */
  readonly parameter: number;
}

/** What is literal before the first parameter and after the last one makes nothing ambiguous, nor clear. */
function withoutLiteralEnds({ segments }: KeyField): KeyField {
  const kinds = segments.map(({ kind }) => kind);
  return fieldOf(segments.slice(Math.max(kinds.indexOf("parameter"), 0), kinds.lastIndexOf("parameter") + 1));
}

// Many caches of a project have fields of one shape.
const known = new Map<string, Ambiguity | undefined>();

function ambiguityOf(field: KeyField): Ambiguity | undefined {
  if (field.parameters.length < 2) return undefined;
  if (!known.has(field.shape)) known.set(field.shape, findAmbiguity(field));
  return known.get(field.shape);
}

function findAmbiguity(field: KeyField): Ambiguity | undefined {
  const written = fieldLanguage(field, "written");
  const keys = divergentText(written, written);
  const isKeyOfBoth = keys?.isCertain === true;
  const found = isKeyOfBoth ? keys : divergentText(written, fieldLanguage(field, "cleared"));
  if (found === undefined) return undefined;
  const [first, second] = found.parts;
  const parameter = first.findIndex((part, index) => part !== second[index]);
  return { text: found.text, readings: found.parts, isKeyOfBoth, parameter };
}

function describe(segment: KeySegment): string {
  return segment.kind === "parameter" ? `{${clip(segment.name)}}` : quote(segment.text);
}
