/** The part of what generated code stands on that is for pipelines of other steps than `json` and `typed`, see `core.ts`. */
export { brotli } from "../../compressors/brotli.ts";
export { gzip } from "../../compressors/gzip.ts";
export { zlib } from "../../compressors/zlib.ts";
export { zstd } from "../../compressors/zstd.ts";
export { offload } from "../../offload/offload.ts";
export { aesGcm } from "../../secrets/aes-gcm.ts";
export { hmac } from "../../secrets/hmac.ts";
export { chain } from "../../serializers/chain.ts";
export { msgpack } from "../../serializers/msgpack.ts";
export { pickle } from "../../serializers/pickle/pickle.ts";
export { v8 } from "../../serializers/v8.ts";
