import { MemoryBackend } from "@cachetory/runtime";
import { backendContract } from "../../contract/backend.ts";
import { syncBackendContract } from "../../contract/sync-backend.ts";

let now = 1_800_000_000_000;

const fakeTime = {
  now: () => now,
  passTime: async (ms: number) => {
    now += ms;
  },
};

backendContract("memory", { ...fakeTime, make: () => new MemoryBackend({ now: () => now }) });

syncBackendContract("memory, sync", { ...fakeTime, make: () => new MemoryBackend({ now: () => now }).sync() });
