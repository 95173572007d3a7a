import type { RedisCommands } from "./redis-commands.ts";

/** A Cluster spreads keys over so many slots. */
const slotCount = 16_384;

/**
 * The slot of a key in a Redis Cluster: CRC16 of it, or of what stands between its first `{` and the next `}` where that
 * is not empty.
 */
export function slotOf(key: string): number {
  const open = key.indexOf("{");
  const close = open === -1 ? -1 : key.indexOf("}", open + 1);
  return crc16(close > open + 1 ? key.slice(open + 1, close) : key) % slotCount;
}

/** The addresses that a client of a Cluster knows for each slot. */
type Slots = RedisCommands["slots"];

/** The address of the server that a client asks for the key, as far as it knows one: its master, or a replica. */
export function serverFor(key: string, slots: Slots, isOfReplicas = false): string | undefined {
  return askedOf(slots?.[slotOf(key)], isOfReplicas);
}

/** Whether it asks this server for any key, or knows of none. */
export function asksServer(address: string, slots: Slots = [], isOfReplicas = false): boolean {
  return slots.length === 0 || slots.some((servers) => askedOf(servers, isOfReplicas) === address);
}

function askedOf(servers: readonly string[] | undefined, isOfReplicas: boolean): string | undefined {
  return (isOfReplicas ? servers?.[1] : undefined) ?? servers?.[0];
}

/** The client's own connection to a server of a Cluster; `undefined` where it has none. */
export function masterAt(client: RedisCommands, address: string | undefined): RedisCommands | undefined {
  return client.nodes?.("master").find((node) => isAt(node, address));
}

/** The same of a master or a replica. */
export function nodeAt(client: RedisCommands, address: string | undefined): RedisCommands | undefined {
  return client.nodes?.("all").find((node) => isAt(node, address));
}

function isAt({ options }: RedisCommands, address: string | undefined): boolean {
  return `${options?.host}:${options?.port}` === address;
}

/** How much goes together. */
export interface GroupLimit {
  readonly maxKeys: number;
  /** Of all together; what is larger is alone. */
  readonly maxSize: number;
  sizeOf(index: number): number;
}

/** For keys whose values have no sizes that count. A larger batch would keep the server from everybody else. */
export const unsized: GroupLimit = { maxKeys: 500, maxSize: Number.POSITIVE_INFINITY, sizeOf: () => 0 };

/**
 * The indexes of keys in groups that keep within the limit, in order; on a Cluster the keys of a group are of one slot.
 */
export function groupKeys(
  keys: readonly string[],
  { maxKeys, maxSize, sizeOf }: GroupLimit,
  isCluster: boolean,
): readonly (readonly number[])[] {
  const groups: number[][] = [];
  const open = new Map<number, { readonly indexes: number[]; size: number }>();
  // By index: an entry for each of thousands of keys is garbage that takes longer than the rest.
  for (let index = 0; index < keys.length; index += 1) {
    const slot = isCluster ? slotOf(keys[index] as string) : 0;
    const size = sizeOf(index);
    let group = open.get(slot);
    if (group === undefined || group.indexes.length === maxKeys || group.size + size > maxSize) {
      group = { indexes: [], size: 0 };
      open.set(slot, group);
      groups.push(group.indexes);
    }
    group.indexes.push(index);
    group.size += size;
  }
  return groups;
}

/** Another key of the same slot, which is no entry: entries have no `~w` in theirs. */
export function besideKey(key: string): string {
  const slot = slotOf(key);
  const simple = [`${key}~w`, `{${key}}~w`].find((beside) => slotOf(beside) === slot);
  if (simple !== undefined) return simple;
  // Only a key with braces that are no hash tag comes here.
  for (let number = 0; ; number++) if (slotOf(`${key}~w${number}`) === slot) return `${key}~w${number}`;
}

/** Some key of one of these slots. */
export function keyBetween(first: number, last: number): string {
  for (let number = 0; ; number++) {
    const slot = slotOf(`${number}`);
    if (slot >= first && slot <= last) return `${number}`;
  }
}

/** By the first byte of a state: what is left of it. Filled with the first key, for only a Cluster has slots. */
let crcTable: Uint16Array | undefined;

/** CRC-16/XMODEM: polynomial 0x1021, beginning with 0. */
function crc16(text: string): number {
  crcTable ??= Uint16Array.from({ length: 256 }, (_, byte) => crcOf(byte));
  let crc = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return crc16Bytes(Buffer.from(text), crcTable);
    crc = ((crc << 8) & 0xffff) ^ (crcTable[(crc >> 8) ^ unit] ?? 0);
  }
  return crc;
}

function crc16Bytes(bytes: Uint8Array, table: Uint16Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ (table[(crc >> 8) ^ byte] ?? 0);
  return crc;
}

function crcOf(byte: number): number {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
}
