import type { CallOrder } from "./call-order.ts";
import type { StoreRule } from "./lifetimes.ts";
import type { StorableEntry } from "./store-each.ts";
import type { LifeMs } from "./ttl.ts";
import type { Stamp } from "./versions.ts";

/** A value that was loaded, on its way into the backend. */
export interface LoadedEntry<V> {
  readonly text: string;
  readonly key: unknown;
  readonly value: V;
  /** What it remembers of what it depends on, as it was before the load; `undefined` where that is nothing. */
  readonly stamp: Stamp | undefined;
  readonly ifNotExists: boolean;
  /** Whether a change of the key has overtaken it. */
  readonly isVoid: () => boolean;
  /** What the read before the load has left, where storing is guarded. */
  readonly guard: string | undefined;
}

/** What is used of the entries of a cache; `Entries` has it. */
interface EntryWriter<V> {
  encode(value: V, key: unknown, stamp: Stamp | undefined): unknown;
  readonly order: Pick<CallOrder, "inTurn">;
  /** Must send before it waits: the order of calls is the order of commands. */
  storeLoaded(entries: readonly StorableEntry[], ifNotExists: boolean): Promise<unknown>;
}

/** What one write can store. */
interface Writing<V> {
  readonly ifNotExists: boolean;
  readonly entries: EncodedEntry<V>[];
}

interface EncodedEntry<V> extends LoadedEntry<V> {
  readonly lifeMs: LifeMs;
  /** A promise where it is offloaded. */
  readonly stored: unknown;
}

/**
 * Stores what was loaded in one write, without what a change overtakes meanwhile. Never
 * rejects; the answer is what is against storing some of them, by the text of their keys.
 */
export async function storeMany<V>(
  writer: EntryWriter<V>,
  loaded: readonly LoadedEntry<V>[],
  rule: StoreRule<V>,
): Promise<ReadonlyMap<string, unknown>> {
  const problems = new Map<string, unknown>();
  const writings = new Map<boolean, Writing<V>>();
  for (const entry of loaded) {
    const { text, key, value, stamp, ifNotExists } = entry;
    try {
      const lifeMs = rule.lifeMs(value, text);
      const writing = writings.get(ifNotExists) ?? { ifNotExists, entries: [] };
      writing.entries.push({ ...entry, lifeMs, stored: writer.encode(value, key, stamp) });
      writings.set(ifNotExists, writing);
    } catch (cause) {
      problems.set(text, cause);
    }
  }
  await Promise.all([...writings.values()].map((writing) => write(writer, writing, problems)));
  return problems;
}

async function write<V>(
  writer: EntryWriter<V>,
  { ifNotExists, entries }: Writing<V>,
  problems: Map<string, unknown>,
): Promise<void> {
  const texts = entries.map(({ text }) => text);
  const isMade = !entries.some(({ stored }) => stored instanceof Promise);
  try {
    await writer.order.inTurn(texts, isMade ? entries : allMade(entries, problems), async (made) => {
      const current = made.filter(({ isVoid }) => !isVoid());
      await writer.storeLoaded(
        current.map(({ text, stored, lifeMs, guard }) => [text, stored, lifeMs, guard]),
        ifNotExists,
      );
    });
  } catch (cause) {
    for (const text of texts) problems.set(text, cause);
  }
}

/** Those that could be made. */
async function allMade<V>(
  entries: readonly EncodedEntry<V>[],
  problems: Map<string, unknown>,
): Promise<readonly EncodedEntry<V>[]> {
  const made = entries.map(async (entry) => {
    try {
      return [{ ...entry, stored: await entry.stored }];
    } catch (cause) {
      problems.set(entry.text, cause);
      return [];
    }
  });
  return (await Promise.all(made)).flat();
}
