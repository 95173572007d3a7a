// Puts the schemas into the generator's package, where editors of its users find them. Part of `npm run build`.
import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../schemas", import.meta.url));
const target = fileURLToPath(new URL("../generator/schemas", import.meta.url));

rmSync(target, { recursive: true, force: true });
cpSync(source, target, { recursive: true });
