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
  /** Whether it has but one value, or never any. */
  readonly isFixed: boolean;
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

/** Trials before a search gives up and says that it cannot tell. No type that people write comes near. */
const maxTrials = 20_000;

/**
 * Values for all fields that meet one demand of each refuser, any of which is enough for it; `undefined` where there are none.
 * Each refuser may be met in another field, or several in one with a value that meets them all.
 */
export function fillFields(
  fields: readonly Field[],
  refusers: readonly (readonly Demand[])[],
  ask: Ask,
): readonly Found[] | undefined {
  const chosen: Demand[][] = fields.map(() => []);
  const fill = (index: number): Found | undefined => fieldValue(fields[index], chosen[index] ?? [], ask);
  if (fields.some((_, index) => fill(index) === undefined)) return undefined;
  const open: (readonly Demand[])[] = [];
  for (const demands of refusers) {
    const possible = demands.filter((demand) => fieldValue(fields[demand.field], [demand], ask) !== undefined);
    if (possible.length === 0) return undefined;
    // What a field always is meets it, whatever the others are: so a tag tells objects apart without any search.
    const isMet = possible.some(({ field }) => fields[field]?.isFixed === true);
    if (!isMet) open.push(possible);
  }
  // Those with the fewest ways first: what cannot be met then shows early.
  open.sort((a, b) => a.length - b.length);

  let doubtful: readonly Found[] | undefined;
  let trials = 0;
  const meet = (refuser: number): readonly Found[] | undefined => {
    const demands = open[refuser];
    if (demands === undefined) {
      const filled = fields.flatMap((_, index) => fill(index) ?? []);
      if (filled.every(({ isCertain }) => isCertain)) return filled;
      doubtful ??= filled;
      return undefined;
    }
    for (const demand of demands) {
      trials += 1;
      if (trials > maxTrials) {
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
