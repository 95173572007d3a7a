import type { Contest } from "./contest.ts";

/**
 * For what does nothing but compute, in a few milliseconds at a time: the memory of a process that has run for a while. To touch a
 * page for the first time takes many microseconds in a virtual machine, which would be most of what is measured of whoever
 * comes to new pages by chance. So what V8 makes new values in has its full size from the start, what is freed stays with
 * the process, and all of it has been touched when the warm-up is over.
 */
export const withSettledMemory: Required<Pick<Contest, "nodeFlags" | "environment">> = {
  nodeFlags: ["--min-semi-space-size=16"],
  // Of glibc; others do not know them.
  environment: {
    MALLOC_TRIM_THRESHOLD_: "4000000000",
    MALLOC_TOP_PAD_: "268435456",
    MALLOC_MMAP_THRESHOLD_: "1000000000",
  },
};
