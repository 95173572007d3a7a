import type { Contest } from "../harness/contest.ts";
import { withSettledMemory } from "../harness/settled-memory.ts";
import { payloads } from "../payloads/payloads.ts";
import type { CodecSetup } from "./codec-stand.ts";
import { codecEntrants } from "./entrants.ts";

/** One for each payload, in processes of their own: an encoder that has seen one type only is as fast as it can be. */
export function codecContests(times: Omit<CodecSetup, "payload">): readonly Contest[] {
  return payloads.map(({ name, title }) => ({
    title: `Codecs, ${title}`,
    stand: new URL("./codec-stand.js", import.meta.url),
    contenders: codecEntrants.map((entrant) => entrant.name),
    cells: [name],
    ...withSettledMemory,
    setup: (): CodecSetup => ({ ...times, payload: name }),
  }));
}
