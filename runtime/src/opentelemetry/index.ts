export { type InstrumentCachesOptions, instrumentCaches } from "./instrument-caches.ts";
