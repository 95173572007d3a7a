import { type Tag, type TagPart, tag } from "./tag.ts";

/** A part of tags that come of one value: one, none, or several, which are a tag each. */
export type TagParts = TagPart | null | undefined | readonly TagParts[];

/** The tags of a family that a value has: one for each choice of its parts, none where one of them has nothing. */
export function tagsOf(family: string, ...parts: readonly TagParts[]): readonly Tag[] {
  const choices = parts.reduce<readonly (readonly TagPart[])[]>(
    (chosen, part) => chosen.flatMap((before) => flat(part).map((one) => [...before, one])),
    [[]],
  );
  return choices.map((chosen) => tag(family, ...chosen));
}

function flat(part: TagParts): readonly TagPart[] {
  if (part === null || part === undefined) return [];
  return isList(part) ? part.flatMap(flat) : [part];
}

function isList(part: TagParts): part is readonly TagParts[] {
  return Array.isArray(part);
}
