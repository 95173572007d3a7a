import {
  type CallRecord,
  type Course,
  isChange,
  keysOf,
  type LoadRecord,
  type Moment,
  OriginError,
  throttleMs,
  type Value,
} from "./simulation.ts";

/** What must never be, and was. */
export interface Violation {
  readonly invariant:
    | "no value of another key"
    | "no value that nobody made"
    | "no value after its ttl and stale bound"
    | "no value older than an acknowledged invalidation"
    | "calls of one process take effect in their order"
    | "what was set is stored"
    | "a write-back replaces nothing that is newer"
    | "one load per flight"
    | "one load per lease"
    | "nothing waits for ever"
    | "nobody waits for a lease longer than it can last"
    | "nobody joins a load past its deadline"
    | "a read does not fail"
    | "a healthy server refuses nothing";
  readonly what: string;
}

/** Whose replies, and whose writes, may have been lost or late. */
const connectionFaults = new Set([
  "cut",
  "stall",
  "half-open",
  "stop-server",
  "kill-server",
  "slow-network",
  "kill-process",
]);

/** What is rounded: a ttl in whole milliseconds, of which Redis keeps an entry through the last. */
const roundingMs = 3;

/** The first violation, or `undefined` where all holds. */
export function violationIn(course: Course): Violation | undefined {
  for (const record of course.calls) {
    const violation = settles(course, record) ?? storesWhatIsSet(course, record) ?? answersRightly(course, record);
    if (violation !== undefined) return violation;
  }
  return replacesNothingNewer(course) ?? loadsOnce(course) ?? waitsNoLonger(course);
}

function settles(course: Course, record: CallRecord): Violation | undefined {
  const { call, life, settled, error } = record;
  if (settled === undefined) {
    if (life.isGone && diedEarly(course, record)) return undefined;
    return { invariant: "nothing waits for ever", what: `${call.kind}(${call.keys}) of ${life.name} is not settled` };
  }
  if (error === undefined || error instanceof OriginError) return undefined;
  const isRead = call.kind === "get" || call.kind === "getMany" || call.kind.startsWith("getOrSet");
  if (isRead) return { invariant: "a read does not fail", what: `${call.kind}(${call.keys}) rejects: ${error}` };
  if (isSound(course)) {
    return { invariant: "a healthy server refuses nothing", what: `${call.kind}(${call.keys}) rejects: ${error}` };
  }
  return undefined;
}

function storesWhatIsSet(course: Course, record: CallRecord): Violation | undefined {
  if (record.settled === undefined || record.error !== undefined) return undefined;
  for (const [id, { key, by, call }] of course.origins) {
    if (by !== "set" || call !== record || course.stored.has(id)) continue;
    return {
      invariant: "what was set is stored",
      what: `${record.call.kind} of ${key} is acknowledged, and stored nothing`,
    };
  }
  return undefined;
}

function diedEarly({ lastLives }: Course, { life }: CallRecord): boolean {
  return !lastLives.has(life);
}

function isSound({ faults }: Course): boolean {
  return !faults.some(({ kind }) => connectionFaults.has(kind));
}

function answersRightly(course: Course, record: CallRecord): Violation | undefined {
  // What is taken away is gone for whoever reads later.
  if (record.call.kind === "take") return undefined;
  for (const [key, value] of record.answers) {
    if (value === undefined) continue;
    const violation = value === null ? nullIsRight(course, record, key) : valueIsRight(course, record, key, value);
    if (violation !== undefined) return violation;
  }
  return undefined;
}

function valueIsRight(course: Course, record: CallRecord, key: string, value: Value): Violation | undefined {
  const origin = course.origins.get(value.i);
  if (value.k !== key)
    return { invariant: "no value of another key", what: `${key} is answered with ${JSON.stringify(value)}` };
  if (origin === undefined) return { invariant: "no value that nobody made", what: JSON.stringify(value) };
  return (
    livesLongEnough(course, record, value) ??
    isNewEnough(course, record, key, value) ??
    joinsNothingLate(course, record, value)
  );
}

/** When the read began that may have found what a call answers: its own, or that of a flight that it joined. */
function readSince(course: Course, record: CallRecord, key: string): { readonly step: number; readonly ms: number } {
  let since = record.called;
  if (!record.call.kind.startsWith("getOrSet")) return since;
  for (const other of course.calls) {
    if (other.life !== record.life || isChange(other.call) || !other.call.keys.includes(key)) continue;
    if (!("load" in other.call) || other.called.step >= since.step) continue;
    if (other.settled === undefined || other.settled.step > record.called.step) since = other.called;
  }
  return since;
}

function livesLongEnough(course: Course, record: CallRecord, value: Value): Violation | undefined {
  const stored = course.stored.get(value.i);
  if (stored === undefined || course.origins.get(value.i)?.call === record) return undefined;
  const since = readSince(course, record, value.k);
  const staleMs = staleBoundMs(course, record, value.k, since.ms);
  const keptMs = course.configuration.ttlMs + staleMs + roundingMs;
  // What replaces a load that fails is judged when it does.
  const isOnError = staleMs > course.configuration.staleMs && record.call.kind === "getOrSet";
  const seenMs = isOnError ? (record.settled ?? since).ms - longestBlockMs(course) : since.ms;
  if (Math.max(seenMs, since.ms) <= stored.ms + keptMs || isUnderWay(course, record, value.i, since)) return undefined;
  if (isInGutter(course, record, value)) return undefined;
  const ageMs = Math.round(Math.max(seenMs, since.ms) - stored.ms);
  return {
    invariant: "no value after its ttl and stale bound",
    what: `${record.call.kind}(${record.call.keys}) is answered with ${JSON.stringify(value)}, which was stored ${ageMs} ms before and was to live ${keptMs} ms`,
  };
}

/** Whether a value may be what the process keeps of its own loads while the server does not answer. */
function isInGutter(course: Course, { called, life }: CallRecord, value: Value): boolean {
  const origin = course.origins.get(value.i);
  if (origin?.by !== "load" || origin.call.life !== life || isSound(course)) return false;
  const load = course.loads.find(({ call, key }) => call === origin.call && key === origin.key);
  const { gutterTtlMs, ttlMs } = course.configuration;
  return load?.ended !== undefined && called.ms <= load.ended.ms + Math.min(gutterTtlMs, ttlMs) + roundingMs;
}

/** For how long after its ttl a value may answer a call. */
function staleBoundMs(course: Course, { call, life, settled }: CallRecord, key: string, sinceMs: number): number {
  const { staleMs, onErrorMs } = course.configuration;
  if (!call.kind.startsWith("getOrSet")) return 0;
  const hasFailed = course.loads.some(
    (load) =>
      load.life === life &&
      // One of many that fails ends the loads of all.
      load.call.call.keys.includes(key) &&
      "load" in load.call.call &&
      load.call.call.load.outcome === "failure" &&
      load.ended !== undefined &&
      load.ended.ms >= sinceMs - throttleMs - roundingMs &&
      load.ended.step <= (settled?.step ?? 0),
  );
  return hasFailed ? Math.max(staleMs, onErrorMs) : staleMs;
}

function longestBlockMs({ faults }: Course): number {
  return Math.max(0, ...faults.map((fault) => (fault.kind === "block" ? fault.forMs : 0)));
}

/**
 * Whether the load that gave a value was under way in the same process, so that the call may have joined it.
 *
 * @param storingMs - for how long it is under way when it has ended: until it is stored, or the time for that is over
 */
function isUnderWay(
  course: Course,
  record: CallRecord,
  id: number,
  at: Moment,
  // Other reads join nothing.
  storingMs: number = record.call.kind.startsWith("getOrSet") ? course.configuration.readTimeoutMs : 0,
): boolean {
  const origin = course.origins.get(id);
  if (origin?.by !== "load" || origin.call.life !== record.life) return false;
  return course.loads.some(
    ({ call, key, ended }) =>
      call === origin.call &&
      key === origin.key &&
      (ended === undefined || ended.step >= at.step || ended.ms + storingMs > at.ms),
  );
}

function nullIsRight(course: Course, record: CallRecord, key: string): Violation | undefined {
  const { ttlMs, nullTtlMs = ttlMs, staleMs, onErrorMs } = course.configuration;
  const servesStale = record.call.kind.startsWith("getOrSet");
  const keptMs = nullTtlMs + (servesStale ? Math.max(staleMs, onErrorMs) : 0) + roundingMs;
  const since = readSince(course, record, key);
  // What is loaded while the server does not answer is kept for a while.
  const gutterMs = isSound(course) ? 0 : Math.min(course.configuration.gutterTtlMs, nullTtlMs) + roundingMs;
  const isLoaded = course.loads.some((load) => isNullOf(load, key) && (load.ended?.ms ?? 0) >= since.ms - gutterMs);
  const isStored = course.nullsStored.get(key)?.some(({ ms }) => ms >= since.ms - keptMs) === true;
  if (isLoaded || isStored) return undefined;
  return {
    invariant: "no value after its ttl and stale bound",
    what: `${record.call.kind}(${key}) is answered with null, which lives ${keptMs} ms`,
  };
}

function isNullOf({ call: { call }, key }: LoadRecord, wanted: string): boolean {
  return key === wanted && "load" in call && call.load.outcome === "null";
}

function isNewEnough(course: Course, record: CallRecord, key: string, value: Value): Violation | undefined {
  for (const change of course.calls) {
    const required = change.versions.get(key);
    if (required === undefined || value.v >= required || change.error !== undefined) continue;
    if (change.settled === undefined || change.settled.step >= record.called.step) {
      if (!precedes(course, change, record)) continue;
      if (change.call.kind === "refresh" || mayBeOlder(course, record, key, value, change)) continue;
      const what = `${record.call.kind}(${record.call.keys}) is answered with ${JSON.stringify(value)}, though ${change.call.kind} was called before`;
      return { invariant: "calls of one process take effect in their order", what };
    }
    if (mayBeOlder(course, record, key, value, change) || mayBeUnstored(course, key, change)) continue;
    return {
      invariant: "no value older than an acknowledged invalidation",
      what:
        `${record.call.kind}(${record.call.keys}) of ${record.life.name} is answered with ${JSON.stringify(value)}, ` +
        `but ${change.call.kind} of ${change.life.name} had made it v${required} before`,
    };
  }
  return undefined;
}

/** Whether a read is sent after a change of the same process, which takes one step of the server. */
function precedes(course: Course, change: CallRecord, record: CallRecord): boolean {
  const isPlainRead = record.call.kind === "get" || record.call.kind === "getMany";
  if (!isPlainRead || change.call.kind === "clear" || record.life !== change.life || !isSound(course)) return false;
  return change.called.step < record.called.step;
}

function joinsNothingLate(course: Course, record: CallRecord, value: Value): Violation | undefined {
  const origin = course.origins.get(value.i);
  // Other reads join nothing: they find what was loaded meanwhile.
  if (origin === undefined || origin.call === record || !record.call.kind.startsWith("getOrSet")) return undefined;
  // What is being stored may be read by now.
  if (!isUnderWay(course, record, value.i, record.called, 0)) return undefined;
  if (readsBehindLease(course, record, value)) return undefined;
  const load = course.loads.find(({ call, key }) => call === origin.call && key === origin.key);
  const ageMs = record.called.ms - (load?.began.ms ?? record.called.ms);
  if (ageMs < course.configuration.deadlineMs) return undefined;
  const what = `${record.call.kind}(${record.call.keys}) is answered by a load that had been under way for ${Math.round(ageMs)} ms`;
  return { invariant: "nobody joins a load past its deadline", what };
}

/** Whether a call that waited for the lease of another load may have read what that one has stored. */
function readsBehindLease({ configuration, stored }: Course, { settled }: CallRecord, { i }: Value): boolean {
  const storedStep = stored.get(i)?.step ?? Number.POSITIVE_INFINITY;
  return configuration.singleFlight === "cluster" && storedStep < (settled?.step ?? 0);
}

/** Where entries depend on records, one that is fresh by its time may be untrue. */
function replacesNothingNewer({ configuration, replacements, faults }: Course): Violation | undefined {
  const { policy, near, latencyMs } = configuration;
  if (policy === "tags" || (policy === "stale" && near === "none")) return undefined;
  // The clock of a server is known no better than it answers; an entry that may be over is taken for one that is.
  if (policy === "stale" && faults.length > 0) return undefined;
  const uncertainMs = 2 * latencyMs + roundingMs;
  for (const { key, by, replaced, leftMs } of replacements) {
    if (by.by !== "load" || by.call.call.kind === "refresh" || leftMs <= uncertainMs) continue;
    const what = `v${by.version} of ${key}, loaded for ${by.call.call.kind}, is stored in the place of v${replaced.version}`;
    return { invariant: "a write-back replaces nothing that is newer", what };
  }
  return undefined;
}

/** Whether the configuration declares that such a value may be seen after such a change. */
function mayBeOlder(course: Course, record: CallRecord, key: string, value: Value, change: CallRecord): boolean {
  const { configuration } = course;
  const isSameProcess = record.life === change.life;
  const origin = course.origins.get(value.i);
  const stored = course.stored.get(value.i);
  if (origin === undefined) return false;
  if (!isSameProcess) {
    if (change.settled === undefined) return true;
    // It joined a flight that had begun before.
    const since = readSince(course, record, key);
    if (since.step < change.settled.step || isUnderWay(course, record, value.i, record.called)) return true;
    if (isWithinNearBound(course, since, change) || isInGutter(course, record, value)) return true;
    // The invalidation waits in its process, and others may see what is old until the server answers.
    if (configuration.recovery && !isSound(course)) return true;
  }
  const isStoredSince = stored !== undefined && stored.step >= change.called.step;
  if (!isStoredSince) return false;
  if (origin.call.life === change.life && isRefreshedAfter(course, origin.call, key, change)) return true;
  if (isStoredDuringClear(course, value, change)) return true;
  // A set stores what it is given, whatever happens meanwhile.
  if (origin.by === "set") return !isSameOrder(course, origin.call, change);
  if (configuration.writeBack === "guarded") return false;
  // A tag, and the record of a cache, is asked for before the load.
  if (isByRecord(course, change)) return false;
  // Without a guard, a load of another process may store what it has read before; and one whose write was late or lost.
  return origin.call.life !== change.life || !isSound(course);
}

/** Whether a slow origin gave what was sent before a clear was over: what is stored meanwhile may stay or go. */
function isStoredDuringClear({ configuration, loads, origins }: Course, { i }: Value, change: CallRecord): boolean {
  const { call, called, settled } = change;
  const origin = origins.get(i);
  if (!configuration.isSlowOrigin || call.kind !== "clear" || settled === undefined || origin?.by !== "load")
    return false;
  return loads.some(
    (load) =>
      load.call === origin.call &&
      load.key === origin.key &&
      load.life === change.life &&
      load.began.step >= called.step &&
      load.ended !== undefined &&
      load.ended.step <= settled.step,
  );
}

/** Whether a refresh may have stored nothing: it took too long, or another change came upon it. */
function mayBeUnstored(course: Course, key: string, refresh: CallRecord): boolean {
  if (refresh.call.kind !== "refresh" || refresh.settled === undefined) return false;
  // A load past its deadline answers, and does not store.
  if (refresh.settled.ms - refresh.called.ms >= course.configuration.deadlineMs) return true;
  return course.calls.some(({ call, called, settled }) => {
    if (call === refresh.call || (!isChange(call) && call.kind !== "refresh")) return false;
    if (call.kind !== "invalidateTags" && !call.keys.includes(key)) return false;
    const isBefore = settled !== undefined && settled.step < refresh.called.step;
    return !isBefore && called.step <= (refresh.settled?.step ?? 0);
  });
}

/** Whether a refresh was called after a change, and has sent what it loaded before that was over: then it comes later. */
function isRefreshedAfter(course: Course, refresh: CallRecord, key: string, change: CallRecord): boolean {
  if (refresh.call.kind !== "refresh" || refresh.called.step < change.called.step) return false;
  const load = course.loads.find(({ call, key: loaded }) => call === refresh && loaded === key);
  return load?.ended !== undefined && load.ended.step <= (change.settled?.step ?? Number.POSITIVE_INFINITY);
}

/** Whether two calls leave on one connection, in this order. */
function isSameOrder(course: Course, one: CallRecord, other: CallRecord): boolean {
  return one.life === other.life && one.called.step < other.called.step && isSound(course);
}

function isByRecord({ configuration: { policy, near } }: Course, { call }: CallRecord): boolean {
  return call.kind === "invalidateTags" || (call.kind === "clear" && policy !== "plain" && near === "none");
}

function isWithinNearBound({ configuration, faults }: Course, since: { ms: number }, change: CallRecord): boolean {
  const { near, nearTtlMs, heartbeatMs, latencyMs, commandTimeoutMs } = configuration;
  if (near === "none" || change.settled === undefined) return false;
  const blockedMs = faults.some(({ kind }) => kind === "block") ? 4 * commandTimeoutMs : 0;
  // The news takes its time; where the connection is lost, that is noticed by a heartbeat that is not answered.
  const boundMs = near === "tracking" ? 2 * heartbeatMs + 4 * commandTimeoutMs + 2 * latencyMs : nearTtlMs;
  return since.ms <= change.settled.ms + boundMs + blockedMs + roundingMs;
}

function loadsOnce(course: Course): Violation | undefined {
  const loads = course.loads.filter(({ call }) => call.call.kind !== "refresh");
  for (const [index, later] of loads.entries()) {
    for (const earlier of loads.slice(0, index)) {
      if (earlier.key !== later.key) continue;
      if (earlier.ended !== undefined && earlier.ended.step <= later.began.step) continue;
      if (earlier.life === later.life) {
        if (!mayLoadBeside(course, earlier, later)) return loadedTwice("one load per flight", earlier, later);
      } else if (!mayLoadElsewhere(course, earlier, later)) return loadedTwice("one load per lease", earlier, later);
    }
  }
  return undefined;
}

function loadedTwice(invariant: Violation["invariant"], earlier: LoadRecord, later: LoadRecord): Violation {
  const what = `${later.life.name} begins to load ${later.key} while ${earlier.life.name} loads it since ${later.began.ms - earlier.began.ms} ms`;
  return { invariant, what };
}

/** Whether a second load of one process is right: after a change, and after the deadline. */
function mayLoadBeside(course: Course, earlier: LoadRecord, later: LoadRecord): boolean {
  const { deadlineMs, singleFlight, policy } = course.configuration;
  if (later.began.ms - Math.min(earlier.call.called.ms, later.call.called.ms) >= deadlineMs) return true;
  // With leases, a load behind keeps others of its own process from it by its lease alone, which may be lost.
  if (singleFlight === "cluster" && policy === "stale" && course.faults.length > 0) return true;
  // A change parts callers: those of before have a load of their own, which may begin after that of those who come later.
  const since = Math.min(earlier.call.called.step, later.call.called.step);
  return course.calls.some(({ call, life, called, settled }) => {
    if (life !== later.life || called.step > later.began.step) return false;
    if (!isChange(call) && call.kind !== "refresh") return false;
    // Of a value that is still to come nobody knows the tags: any of the same family may be its own.
    const isOfFamily = call.kind === "invalidateTags";
    if (!isOfFamily && !keysOf(call, course.configuration).includes(later.key)) return false;
    return settled === undefined || settled.step >= since;
  });
}

/** Whether a second process may load: without a lease, or where it has ended before its load. */
function mayLoadElsewhere(course: Course, earlier: LoadRecord, later: LoadRecord): boolean {
  const { singleFlight, deadlineMs } = course.configuration;
  // Leases are lost with what holds them.
  if (singleFlight === "process" || course.faults.length > 0) return true;
  if (later.began.ms - earlier.began.ms >= deadlineMs) return true;
  // Who has waited so long loads without a lease.
  return [earlier, later].some(({ began, call }) => began.ms - call.called.ms >= deadlineMs);
}

/** How long it may take until one who waits looks again, and is answered. */
function longestPauseMs({ near, latencyMs }: Course["configuration"]): number {
  return (near === "none" || near === "ttl" ? 40 : 250) + 20 * latencyMs + 10;
}

/**
 * Whoever waits with a lease waits for a load of another process: while it runs, but not beyond its deadline, and until the lease
 * of one that has ended without a word is over.
 */
function waitsNoLonger(course: Course): Violation | undefined {
  const { configuration, faults } = course;
  if (configuration.singleFlight === "process" || faults.some(({ kind }) => kind !== "kill-process")) return undefined;
  for (const record of course.calls) {
    if (!record.call.kind.startsWith("getOrSet") || record.settled === undefined) continue;
    const idleMs = idleWithin(course, record, record.settled.ms);
    if (idleMs <= longestPauseMs(configuration)) continue;
    const what = `${record.call.kind}(${record.call.keys}) of ${record.life.name} waits ${Math.round(idleMs)} ms while nobody loads`;
    return { invariant: "nobody waits for a lease longer than it can last", what };
  }
  return undefined;
}

/** The longest time in which no lease of the keys of a call can be held. */
function idleWithin(course: Course, { call: { keys }, called, life: own }: CallRecord, untilMs: number): number {
  const { deadlineMs, leaseMs } = course.configuration;
  // A process may end before it has begun to load.
  const left = [...course.endsMs.values()].map((endMs) => ({ fromMs: endMs - deadlineMs, untilMs: endMs + leaseMs }));
  const loading = course.loads
    .filter((load) => keys.includes(load.key) || load.call.call.kind === "getOrSetMany")
    .map(({ began, ended, life }) => {
      // Who has joined a load of the own process waits for its end.
      if (life === own) return { fromMs: began.ms, untilMs: ended?.ms ?? Number.POSITIVE_INFINITY };
      const lostMs = Math.min(began.ms + deadlineMs, course.endsMs.get(life) ?? Number.POSITIVE_INFINITY) + leaseMs;
      return { fromMs: began.ms, untilMs: Math.min(ended?.ms ?? Number.POSITIVE_INFINITY, lostMs) };
    });
  const held = [...loading, ...left].sort((one, other) => one.fromMs - other.fromMs);
  let longestMs = 0;
  let idleSinceMs = called.ms;
  for (const hold of held) {
    if (hold.fromMs > untilMs) break;
    longestMs = Math.max(longestMs, hold.fromMs - idleSinceMs);
    idleSinceMs = Math.max(idleSinceMs, hold.untilMs);
  }
  return Math.max(longestMs, untilMs - idleSinceMs);
}
