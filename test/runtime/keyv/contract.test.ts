import { KeyvBackend } from "@cachetory/runtime";
import { Keyv } from "keyv";
import { afterAll, beforeAll, vi } from "vitest";
import { backendContract } from "../../contract/backend.ts";
import { keyvOfLiveValues, TextStore } from "../../support/keyv-stores.ts";

// Keyv looks at the clock itself.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterAll(() => {
  vi.useRealTimers();
});

const clock = {
  now: () => Date.now(),
  passTime: async (ms: number) => {
    vi.setSystemTime(Date.now() + ms);
  },
};

backendContract("keyv, over a Map", {
  ...clock,
  make: () => new KeyvBackend(new Keyv()),
});

backendContract("keyv, over a Map of live values", {
  ...clock,
  make: () => new KeyvBackend(keyvOfLiveValues()),
});

backendContract("keyv, over a store of text, shared with other namespaces", {
  ...clock,
  make: async () => {
    const store = new TextStore();
    await new Keyv({ store, namespace: "contract-of-others" }).set("contract:1", "x");
    // Every key of the contract begins with this namespace, which Keyv takes for a prefix that is there already.
    return new KeyvBackend(new Keyv({ store, namespace: "contract" }));
  },
});

backendContract("keyv, over a store without batches, with JSON's own serializer", {
  ...clock,
  make: () => {
    const store = new TextStore();
    Object.assign(store, { getMany: undefined, setMany: undefined, deleteMany: undefined });
    return new KeyvBackend(new Keyv({ store, serialize: JSON.stringify, deserialize: JSON.parse }));
  },
});
