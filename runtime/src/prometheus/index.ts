/// <reference lib="esnext.disposable" preserve="true" />
export { PrometheusMetrics } from "./prometheus-metrics.ts";
