/** What a run is busy with; a run enters them in any order, and some more than once. */
export type Phase = "look" | "read" | "resolve" | "check" | "emit" | "compare" | "write" | "fetch";

/** Told when a run enters a phase, with which the one before ends. */
export type EnterPhase = (phase: Phase) => void;

/** Where nobody wants to know. */
export const ignorePhases: EnterPhase = () => {};

/** Each phase for people who wait. */
export const phaseLabels: Readonly<Record<Phase, string>> = {
  look: "Looking for changes",
  read: "Reading the YAML",
  resolve: "Resolving types",
  check: "Checking",
  emit: "Emitting code",
  compare: "Comparing",
  write: "Writing files",
  fetch: "Asking the backend",
};
