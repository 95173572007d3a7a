/** A timer that is later than this was held up by the loop: what was waited for may be on its way. */
const heldUpMs = 10;
/** How long is waited for it then, each time, and how often. */
const graceMs = 20;
const maxGraces = 3;

/**
 * Tells once when a time is over, in which something takes several turns: a loop that was held up has more turns first.
 *
 * @returns what ends it; afterwards nothing is told
 */
export function timeLimit(limitMs: number, over: () => void): () => void {
  let isEnded = false;
  let timer: NodeJS.Timeout | undefined;
  const wakeAfter = (ms: number, graces: number): void => {
    const dueMs = performance.now() + ms;
    timer = setTimeout(() => {
      const isHeldUp = performance.now() - dueMs > heldUpMs;
      // The timer runs before the socket is looked at.
      setImmediate(() => {
        if (isEnded) return;
        if (isHeldUp && graces < maxGraces) wakeAfter(graceMs, graces + 1);
        else over();
      });
    }, ms);
  };
  wakeAfter(limitMs, 0);
  return () => {
    isEnded = true;
    clearTimeout(timer);
  };
}
