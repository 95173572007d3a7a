/** A client of ioredis, for one server or for a Cluster of them. */
export interface ConnectingClient {
  /** Of one connection. */
  readonly stream?: unknown;
  readonly commandQueue?: unknown;
  on(event: "connect" | "ready", listener: () => void): unknown;
  /** Of a Cluster. */
  on(event: "+node", listener: (node: ConnectingClient) => void): unknown;
}

/** Tells of each connection that the client makes, of a Cluster of those to all servers: when it is there, or when it is ready. */
export function onEachConnection(
  client: ConnectingClient,
  event: "connect" | "ready",
  tell: (connection: ConnectingClient) => void,
): void {
  client.on(event, () => tell(client));
  client.on("+node", (node) => onEachConnection(node, event, tell));
}

/** Whether it is what is expected of a client, of which only its types say so. */
export function hasMethods(object: unknown, methods: readonly string[]): object is object {
  if (typeof object !== "object" || object === null) return false;
  return methods.every((method) => typeof Reflect.get(object, method) === "function");
}
