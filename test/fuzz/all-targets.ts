import type { NamedTarget } from "./fuzz-target.ts";
import { commandTargets } from "./targets/command-line.ts";
import { compressors } from "./targets/compressors.ts";
import { decoders } from "./targets/decoders.ts";
import { entryTargets } from "./targets/entries.ts";
import { keyTargets } from "./targets/keys.ts";
import { sealedTargets } from "./targets/sealed.ts";
import { typedTargets } from "./targets/typed.ts";
import { urlTargets } from "./targets/urls.ts";
import { yamlTargets } from "./targets/yaml.ts";

/** Everything that reads what others have written. */
export const allTargets: readonly NamedTarget[] = [
  ...decoders,
  ...typedTargets,
  ...compressors,
  ...sealedTargets,
  ...entryTargets,
  ...keyTargets,
  ...urlTargets,
  ...yamlTargets,
  ...commandTargets,
];
