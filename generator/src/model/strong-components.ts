/**
 * The groups of a graph in which every node leads to every other one, each after the groups that it leads to (Tarjan's
 * algorithm, with a stack of its own: no thread's is deep enough for every graph).
 *
 * @param graph - for each node the nodes that it leads to
 */
export function strongComponents(graph: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const components: (readonly number[])[] = [];
  /** When a node was first met, and the earliest node that is open and can be reached from it. */
  const met = new Map<number, number>();
  const earliest = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  const reach = (from: number, order: number): void => {
    earliest.set(from, Math.min(earliest.get(from) ?? order, order));
  };

  for (const start of graph.keys()) {
    if (met.has(start)) continue;
    const work = [{ node: start, next: 0 }];
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const { node } = frame;
      const order = met.get(node) ?? met.size;
      if (!met.has(node)) {
        met.set(node, order);
        reach(node, order);
        open.push(node);
        isOpen.add(node);
      }
      const child = graph[node]?.[frame.next];
      frame.next += 1;
      if (child !== undefined) {
        if (!met.has(child)) work.push({ node: child, next: 0 });
        else if (isOpen.has(child)) reach(node, met.get(child) ?? order);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) reach(parent.node, earliest.get(node) ?? order);
      if (earliest.get(node) !== order) continue;
      const component = open.splice(open.lastIndexOf(node));
      for (const member of component) isOpen.delete(member);
      components.push(component);
    }
  }
  return components;
}
