/** Who sends what is asked of it. */
interface Gathering {
  /** What was asked for together is complete. */
  allAsked(): void;
}

/** There while somebody asks for several things: who has been asked. */
let asked: Set<Gathering> | undefined;

/**
 * Lets what `ask` asks for, before it first waits for something, leave in as few commands as it can: whoever gathers reads would
 * else send the first of them at once.
 */
export function askTogether<T>(ask: () => T): T {
  if (asked !== undefined) return ask();
  const all = new Set<Gathering>();
  asked = all;
  try {
    return ask();
  } finally {
    asked = undefined;
    for (const gathering of all) gathering.allAsked();
  }
}

/** Whether more is about to be asked for; then `allAsked` tells when that is over. */
export function expectsMore(gathering: Gathering): boolean {
  asked?.add(gathering);
  return asked !== undefined;
}
