/** What must change so that the output folder holds exactly what was generated. Sorted by name. */
export interface OutputPlan {
  /** Absolute path of the output folder. */
  readonly folder: string;
  readonly files: readonly PlannedFile[];
  /** Names that are needed but taken by something that cachetory did not make. Nothing may be written while there are any. */
  readonly inTheWay: readonly string[];
  /** Names that an interrupted run left behind. */
  readonly leftovers: readonly string[];
}

export type PlannedFile =
  | { readonly kind: "create"; readonly name: string; readonly text: string }
  | { readonly kind: "update"; readonly name: string; readonly text: string; readonly before: Uint8Array }
  | { readonly kind: "same"; readonly name: string }
  /** Generated once, and no longer. */
  | { readonly kind: "orphan"; readonly name: string; readonly before: Uint8Array };

/** Something in the output folder that a plan must know of. */
export interface ExistingEntry {
  readonly name: string;
  /** `undefined` where it is no plain file of this folder, but a link, a folder, or a name in other letter case. */
  readonly content: Uint8Array | undefined;
}

/** Whether the folder holds what was generated, and nothing else of ours. */
export function isUnchanged({ files, inTheWay, leftovers }: OutputPlan): boolean {
  return files.every(({ kind }) => kind === "same") && inTheWay.length === 0 && leftovers.length === 0;
}
