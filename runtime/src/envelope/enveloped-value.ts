import { LiveValue, type ValueKeeper } from "../backends/live-value.ts";
import type { LocalEntry } from "../backends/local-entries.ts";
import type { Header } from "./header.ts";

/** A record of this process, and what it held when an entry was held against it. */
export interface HeldRecord {
  readonly record: LocalEntry;
  readonly token: unknown;
}

/** An entry with its envelope, kept in this process as it is, so that nothing of it is parsed. */
export class EnvelopedValue implements LocalEntry, Header {
  /** Moved in place where the expiry of the entry moves. */
  freshUntilMs: number;
  readonly aheadMs: number | undefined;
  readonly loadMs: number | undefined;
  readonly versions: readonly string[];
  readonly stored: unknown;
  readonly keeper: ValueKeeper | undefined;
  /** The records that it held by when it was last read: while they are the same ones, it holds. */
  heldBy: readonly HeldRecord[] | undefined;

  /** @param payload - what a pipeline made, or a `LiveValue` */
  constructor({ freshUntilMs, aheadMs, loadMs, versions }: Header, payload: unknown) {
    const isLive = payload instanceof LiveValue;
    this.freshUntilMs = freshUntilMs;
    this.aheadMs = aheadMs;
    this.loadMs = loadMs;
    this.versions = versions;
    this.stored = isLive ? payload.value : payload;
    this.keeper = isLive ? payload.keeper : undefined;
  }
}
