/** What a loop took for one call. */
export interface LoopTimes {
  readonly wallUs: number;
  /** Of the whole process, all threads. */
  readonly cpuUs: number;
}

/**
 * Keeps `inFlight` calls under way for `forMs`: each is followed by the next as soon as it has its answer. The clock is
 * looked at every `stride` calls, so that reading it does not become what is measured.
 */
export async function closedLoop(
  inFlight: number,
  forMs: number,
  stride: number,
  call: (turn: number) => Promise<void>,
): Promise<LoopTimes> {
  let turns = 0;
  let isOver = false;
  const cpu = process.cpuUsage();
  const startedAtMs = performance.now();
  const runner = async (): Promise<void> => {
    while (!isOver) {
      turns += 1;
      const turn = turns;
      await call(turn);
      if (turn % stride === 0 && performance.now() - startedAtMs >= forMs) isOver = true;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, runner));
  const wallUs = (performance.now() - startedAtMs) * 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { wallUs: wallUs / turns, cpuUs: (user + system) / turns };
}
