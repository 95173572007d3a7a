import { MemoryBackend } from "@cachetory/runtime";
import { backendContract } from "../../contract/backend.ts";

let now = 1_800_000_000_000;

backendContract("memory", {
  make: () => new MemoryBackend({ now: () => now }),
  now: () => now,
  passTime: async (ms) => {
    now += ms;
  },
});
