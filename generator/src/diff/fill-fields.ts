import type { TypeId } from "../model/type-ir.ts";

/** A value that was looked for; one that is not certain may be none of what was asked for. */
export interface Found {
  readonly value: unknown;
  readonly isCertain: boolean;
}

/** A part of a value: a property, an item. */
export interface Field {
  /** Absent where it never is there. */
  readonly type: TypeId | undefined;
  readonly mayBeAbsent: boolean;
}

/** What a part must be like for a type to refuse the whole. */
export interface Demand {
  /** Its index. */
  readonly field: number;
  /** A value that all of these refuse, where there is one. */
  readonly types: readonly TypeId[];
  /** Whether it may as well be absent. */
  readonly refusesAbsence: boolean;
}

/** In place of a value, where there is none. */
export const absent: unique symbol = Symbol("absent");

/** A value of the first type that all the others refuse. */
export type Ask = (from: TypeId, to: readonly TypeId[]) => Found | undefined;

/**
 * Values for all fields that meet one demand of each refuser, any of which is enough for it; `undefined` where there are none.
 * Each refuser may be met in another field, or several in one with a value that meets them all.
 *
 * @param spend - called for each trial; where it answers `false` the search ends, with an answer that is not certain
 */
export function fillFields(
  fields: readonly Field[],
  refusers: readonly (readonly Demand[])[],
  ask: Ask,
  spend: () => boolean,
): readonly Found[] | undefined {
  const chosen: Demand[][] = fields.map(() => []);
  const fill = (index: number): Found | undefined => fieldValue(fields[index], chosen[index] ?? [], ask);
  if (fields.some((_, index) => fill(index) === undefined)) return undefined;
  let doubtful: readonly Found[] | undefined;

  const meet = (refuser: number): readonly Found[] | undefined => {
    const demands = refusers[refuser];
    if (demands === undefined) {
      const filled = fields.flatMap((_, index) => fill(index) ?? []);
      if (filled.every(({ isCertain }) => isCertain)) return filled;
      doubtful ??= filled;
      return undefined;
    }
    for (const demand of demands) {
      if (!spend()) {
        doubtful ??= fields.map(() => ({ value: absent, isCertain: false }));
        return undefined;
      }
      const met = chosen[demand.field];
      met?.push(demand);
      const found = fill(demand.field) === undefined ? undefined : meet(refuser + 1);
      met?.pop();
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return meet(0) ?? doubtful;
}

function fieldValue(field: Field | undefined, demands: readonly Demand[], ask: Ask): Found | undefined {
  if (field?.mayBeAbsent === true && demands.every(({ refusesAbsence }) => refusesAbsence)) {
    return { value: absent, isCertain: true };
  }
  return field?.type === undefined
    ? undefined
    : ask(
        field.type,
        demands.flatMap(({ types }) => types),
      );
}
