/** What is used of a client with a connection of its own to hear of changes; clients of ioredis' shape have it. */
export interface FeedClient {
  /** The socket that it has at the moment. */
  readonly stream?: Partial<SocketAddress> | null | undefined;
  connect(): Promise<void>;
  disconnect(reconnect?: boolean): void;
  call(command: string, ...args: readonly string[]): Promise<unknown>;
  subscribe(channel: string): Promise<unknown>;
  ping(): Promise<unknown>;
  on(event: "connecting" | "ready" | "close" | "end", listener: () => void): unknown;
  on(event: "error", listener: (cause: unknown) => void): unknown;
  on(event: "messageBuffer", listener: (channel: unknown, payload: unknown) => void): unknown;
}

/** The server's end of a socket. */
interface SocketAddress {
  readonly remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
}

/** Options by which a connection is fit to hear of changes, over those of the client that it is made of. */
export const feedClientOptions = {
  // With RESP3 these clients drop what the server pushes.
  protocol: 2,
  // Tracking has to be switched on before the connection subscribes, which it then does itself.
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  lazyConnect: true,
  enableOfflineQueue: false,
  enableReadyCheck: false,
  maxRetriesPerRequest: null,
  commandTimeout: undefined,
  keyPrefix: undefined,
  readOnly: false,
  retryStrategy: (attempt: number): number => Math.min(50 * attempt, 1000),
  disconnectTimeout: 50,
};

/** Which server a client is connected to, as far as its socket tells. */
export function addressOf({ stream }: Pick<FeedClient, "stream">): string | undefined {
  if (stream?.remoteAddress === undefined) return undefined;
  return `${stream.remoteAddress}:${stream.remotePort}`;
}
