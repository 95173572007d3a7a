import type { Contest } from "./contest.ts";

/**
 * For what does nothing but compute, in a few milliseconds at a time: the memory of a process that has run for a while. To touch a
 * page for the first time takes many microseconds in a virtual machine, which would be most of what is measured of whoever
 * comes to new pages by chance. So what V8 makes new values in has its full size from the start, and what is freed stays with
 * the process.
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

const slabCount = 2048;
const slabLength = 0x1_0000;
const objectCount = 100_000;

/** What was made last: else the compiler would see that nobody needs it. */
let made: unknown[] = [];

/** Touches what V8 makes new values in, and as much outside of it as encoders come to before something is collected. */
export function settleMemory(): void {
  makeGarbage();
  made = Array.from({ length: slabCount }, () => Buffer.alloc(slabLength, 1));
  made = [];
  makeGarbage();
}

/** Until V8 has been through all of its memory for new values a few times, of a kilobyte each. */
function makeGarbage(): void {
  for (let count = 0; count < objectCount; count += 1) made = new Array(128);
  if (made.length !== 128) throw new Error("Nothing was made.");
}
