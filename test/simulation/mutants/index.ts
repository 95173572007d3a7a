import { failuresMutants } from "./failures.ts";
import { guardsMutants } from "./guards.ts";
import { leasesMutants } from "./leases.ts";
import { lifetimesMutants } from "./lifetimes.ts";
import { loadsMutants } from "./loads.ts";
import type { Mutant } from "./mutant.ts";
import { nearLayersMutants } from "./near-layers.ts";
import { tagsMutants } from "./tags.ts";

/** Every guard that the simulation must find missing. */
export const mutants: readonly Mutant[] = [
  ...loadsMutants,
  ...guardsMutants,
  ...leasesMutants,
  ...lifetimesMutants,
  ...tagsMutants,
  ...nearLayersMutants,
  ...failuresMutants,
];
