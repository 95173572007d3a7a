import { setTimeout as wait } from "node:timers/promises";
import { askEach, type Deployment } from "../faults/deployment.ts";
import type { TcpProxy } from "../support/proxy.ts";
import { between } from "./random.ts";

/** What happens to a deployment, and ends again. */
export interface Fault {
  readonly name: string;
  happen(deployment: Deployment, random: () => number): Promise<void>;
}

/** A key of any of its masters is at home there. */
const anyKey = (random: () => number): string => `key ${between(0, 1000, random)}`;

const killed: Fault = {
  name: "killed and restarted",
  async happen(deployment, random) {
    const server = await deployment.masterOf(anyKey(random));
    await server.kill();
    await wait(between(50, 1500, random));
    await server.restart();
  },
};

const paused: Fault = {
  name: "stopped",
  async happen(deployment, random) {
    const server = await deployment.masterOf(anyKey(random));
    server.pause();
    await wait(between(50, 2500, random));
    server.resume();
  },
};

const cut: Fault = {
  name: "every connection killed",
  async happen({ servers }) {
    for (const type of ["pubsub", "normal"]) await askEach(servers, "CLIENT", "KILL", "TYPE", type);
  },
};

const flushed: Fault = {
  name: "flushed",
  happen: async (deployment) => void (await askEach(await deployment.masters(), "FLUSHALL")),
};

const full: Fault = {
  name: "out of memory",
  async happen({ servers }, random) {
    await askEach(servers, "CONFIG", "SET", "maxmemory", 1);
    await wait(between(100, 1000, random));
    await askEach(servers, "CONFIG", "SET", "maxmemory", 0);
  },
};

const demoted: Fault = {
  name: "master made a replica",
  async happen(deployment, random) {
    const { end } = await deployment.demote(anyKey(random));
    await wait(between(100, 1000, random));
    await end();
  },
};

const blocked: Fault = {
  name: "blocked by a script",
  async happen(deployment, random) {
    const script = `local function now() local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000 end
      local begun = now()
      while now() < begun + ${between(50, 800, random)} do end`;
    await askEach(await deployment.masters(), "EVAL", script, 0);
  },
};

/** Of servers. */
export const serverFaults: readonly Fault[] = [killed, paused, cut, flushed, full, demoted, blocked];

/** Of the network before them. */
export function networkFaults(proxies: readonly TcpProxy[]): readonly Fault[] {
  const each = (act: (proxy: TcpProxy) => void): void => {
    for (const proxy of proxies) act(proxy);
  };
  return [
    {
      name: "half-open",
      async happen(_, random) {
        each((proxy) => proxy.stopForwarding());
        await wait(between(50, 2500, random));
        each((proxy) => proxy.resumeForwarding());
      },
    },
    {
      name: "half-open, then cut",
      async happen(_, random) {
        each((proxy) => proxy.stopForwarding());
        await wait(between(50, 1500, random));
        each((proxy) => proxy.cutAll());
        each((proxy) => proxy.resumeForwarding());
      },
    },
    { name: "cut", happen: async () => each((proxy) => proxy.cutAll()) },
    {
      name: "slow",
      async happen(_, random) {
        each((proxy) => {
          proxy.delayMs = between(5, 100, random);
        });
        await wait(between(200, 1500, random));
        each((proxy) => {
          proxy.delayMs = 0;
        });
      },
    },
  ];
}
