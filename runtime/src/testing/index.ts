/// <reference lib="esnext.disposable" preserve="true" />
export { type BackendOperation, ControlledBackend, type ControlledBackendOptions } from "./controlled-backend.ts";
export { FakeClock } from "./fake-clock.ts";
export { type IsolatedCaches, isolateCaches } from "./isolate-caches.ts";
