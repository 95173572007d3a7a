import type { Backend } from "../backends/backend.ts";
import type { StoreRule } from "./lifetimes.ts";
import { type LivingEntry, storeEach } from "./store-each.ts";
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
}

/** What is used of the entries of a cache; `Entries` has it. */
interface EntryWriter<V> {
  readonly backend: Backend;
  encode(value: V, key: unknown, stamp: Stamp | undefined): unknown;
  inTurn<M, T>(texts: readonly string[], made: M | Promise<M>, send: (made: M) => Promise<T>): Promise<T>;
  store(text: string, stored: unknown, lifeMs: LifeMs, ifNotExists: boolean): Promise<boolean>;
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
    await writer.inTurn(texts, isMade ? entries : allMade(entries, problems), async (made) => {
      const current = made.filter(({ isVoid }) => !isVoid());
      await send(
        writer,
        current.map(({ text, stored, lifeMs }) => [text, stored, lifeMs]),
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

/** Must send before it waits: the order of calls is the order of commands. */
async function send<V>(writer: EntryWriter<V>, entries: readonly LivingEntry[], ifNotExists: boolean): Promise<void> {
  const [first] = entries;
  if (entries.length !== 1 || first === undefined) return storeEach(writer.backend, entries, ifNotExists);
  await writer.store(...first, ifNotExists);
}
