import { createHash } from "node:crypto";
import { strongComponents } from "./strong-components.ts";
import type { TypeId, TypeNode } from "./type-ir.ts";

/**
 * For each node a fingerprint of the values that it allows, 32 hexadecimal digits: the same on every machine, for every
 * order of declarations and of members, whatever types are called.
 *
 * Types that lead to one another are told apart in rounds, each of which sees one step further; when a round tells no
 * more of them apart than the one before, what is equal is equal for good. Among themselves: of what lies further than the
 * rounds went, types of another such group may differ, so the fingerprints of all of them become part of each.
 *
 * A type may be written out before it comes to such a group, which says the same once more: it is then one of the group.
 */
export function typeFingerprints(nodes: readonly TypeNode[]): readonly string[] {
  const fingerprints = nodes.map(() => "");
  const of = (id: TypeId): string => fingerprints[id] ?? "";
  const graph = nodes.map(childrenOf);
  const groups = new Map<string, Group>();
  for (const component of strongComponents(graph)) {
    const [first = 0] = component;
    const isCycle = component.length > 1 || graph[first]?.includes(first) === true;
    // What is in the component has no fingerprint yet.
    const next = new Set(component.flatMap((id) => graph[id] ?? []).flatMap((id) => groups.get(of(id)) ?? []));
    if (!isCycle) {
      const content = fingerprintOf(nodes[first] as TypeNode, of);
      const same = [...next].flatMap((group) => group.byContent.get(content) ?? []);
      fingerprints[first] = same[0] ?? content;
      continue;
    }
    const written = [...next].flatMap((group) => writtenOut(component, group, nodes, of) ?? []);
    const found = written[0] ?? fingerprintsOfCycle(component, nodes, of);
    for (const [id, fingerprint] of found) fingerprints[id] = fingerprint;
    if (written.length > 0) continue;
    const group = groupOf(component, nodes, of);
    for (const fingerprint of group.members.keys()) groups.set(fingerprint, group);
  }
  return fingerprints;
}

/** Types that lead to one another, each once. */
interface Group {
  readonly members: ReadonlyMap<string, TypeId>;
  /** Fingerprints by what the types say themselves, with fingerprints for the types inside. */
  readonly byContent: ReadonlyMap<string, string>;
  /** What the types say without the types inside. */
  readonly outlines: ReadonlySet<string>;
}

type Fingerprints = ReadonlyMap<TypeId, string>;

function groupOf(component: readonly TypeId[], nodes: readonly TypeNode[], of: (id: TypeId) => string): Group {
  // What comes later counts: a union of one shape does not stand for it.
  const unionsFirst = [...component].sort(
    (a, b) => Number(nodes[a]?.kind !== "union") - Number(nodes[b]?.kind !== "union"),
  );
  const members = new Map(unionsFirst.map((id) => [of(id), id]));
  const contents = [...members].map(
    ([fingerprint, id]) => [fingerprintOf(nodes[id] as TypeNode, of), fingerprint] as const,
  );
  const outlines = new Set(component.map((id) => outlineOf(nodes[id] as TypeNode)));
  return { members, byContent: new Map(contents), outlines };
}

function outlineOf(node: TypeNode): string {
  return fingerprintOf(node, () => "");
}

function fingerprintsOfCycle(
  component: readonly TypeId[],
  nodes: readonly TypeNode[],
  of: (id: TypeId) => string,
): Fingerprints {
  const told = toldApart(component, nodes, of, (id) => id);
  const group = [...new Set(told.values())].sort();
  return new Map([...told].map(([id, fingerprint]) => [id, hash([fingerprint, group])]));
}

/** The fingerprints of the types of a group that those of a component say once more; `undefined` where they do not. */
function writtenOut(
  component: readonly TypeId[],
  { members, outlines }: Group,
  nodes: readonly TypeNode[],
  of: (id: TypeId) => string,
): Fingerprints | undefined {
  // A union may be of one shape only, and then says nothing of its own.
  const isInside = (id: TypeId): boolean =>
    nodes[id]?.kind === "union" || outlines.has(outlineOf(nodes[id] as TypeNode));
  if (!component.every(isInside)) return undefined;
  const told = toldApart([...component, ...members.values()], nodes, of, (id) => members.get(of(id)) ?? id);
  const ofGroup = new Map([...members].map(([fingerprint, id]) => [told.get(id), fingerprint]));
  const found = new Map<TypeId, string>();
  for (const id of component) {
    const fingerprint = ofGroup.get(told.get(id));
    if (fingerprint === undefined) return undefined;
    found.set(id, fingerprint);
  }
  return found;
}

/** What tells these types apart, in rounds; for all others that they lead to, their fingerprints stand. */
function toldApart(
  ids: readonly TypeId[],
  nodes: readonly TypeNode[],
  of: (id: TypeId) => string,
  standFor: (id: TypeId) => TypeId,
): Fingerprints {
  const isUnion = (id: TypeId): boolean => nodes[id]?.kind === "union";
  const [unions, others] = [ids.filter(isUnion), ids.filter((id) => !isUnion(id))];
  const toldIn = (some: readonly TypeId[], last: Fingerprints): Fingerprints => {
    const seen = (id: TypeId): string => last.get(standFor(id)) ?? of(id);
    return new Map(some.map((id) => [id, fingerprintOf(nodes[id] as TypeNode, seen)]));
  };
  let told: Fingerprints = new Map(ids.map((id) => [id, ""]));
  let before = 0;
  // Each round but the last tells at least one more apart, so there are no more rounds than types.
  for (let rounds = 0; rounds <= ids.length; rounds++) {
    const ofOthers = toldIn(others, told);
    // A union sees no further than its members: one of a single shape is that shape, in every round.
    told = new Map([...ofOthers, ...toldIn(unions, ofOthers)]);
    const distinct = new Set(told.values()).size;
    if (distinct === before) break;
    before = distinct;
  }
  return told;
}

const known = new WeakMap<readonly TypeNode[], readonly string[]>();

/** The same, found once for all types of a resolution, which share their nodes. */
export function knownFingerprints(nodes: readonly TypeNode[]): readonly string[] {
  const found = known.get(nodes) ?? typeFingerprints(nodes);
  known.set(nodes, found);
  return found;
}

function fingerprintOf(node: TypeNode, of: (id: TypeId) => string): string {
  const content = contentOf(node, of);
  if (node.kind !== "union") return hash([node.kind, ...content]);
  const members = [...new Set(content)].sort();
  // Two types of one shape are one.
  return members.length === 1 ? String(members[0]) : hash(["union", ...members]);
}

/** All that a node says of values, with fingerprints for the types inside. */
function contentOf(node: TypeNode, of: (id: TypeId) => string): readonly unknown[] {
  switch (node.kind) {
    case "literal":
      return [node.value];
    case "bigint-literal":
      return [node.digits];
    case "template":
      return [node.texts, node.types.map(of)];
    case "array":
    case "set":
      return [of(node.items)];
    case "tuple":
      return node.elements.map(({ type, presence }) => [presence, of(type)]);
    case "object":
      return [
        node.properties.map(({ name, type, isOptional }) => [name, isOptional, of(type)]),
        node.indexes.map(({ key, type }) => `${of(key)} ${of(type)}`).sort(),
      ];
    case "union":
      return node.members.map(of);
    case "map":
      return [of(node.keys), of(node.values)];
    case "builtin":
      return [node.name];
    case "instance":
      return [node.name, node.methods];
    default:
      return [];
  }
}

function childrenOf(node: TypeNode): readonly TypeId[] {
  const children: TypeId[] = [];
  contentOf(node, (id) => {
    children.push(id);
    return "";
  });
  return children;
}

function hash(content: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 32);
}
