import { describe, expect, it } from "vitest";
import { readDeclarations } from "../../../generator/src/read/read-declarations.ts";
import { readOnlyFiles } from "./memory-files.ts";
import { findingsIn, yamlPath } from "./read-text.ts";

const withCaches = (...names: readonly string[]): string =>
  [
    "version: 1",
    "output: src/caches",
    "backends: { local: memory:// }",
    "defaults: { backend: local, ttl: 1h }",
    "caches:",
    ...names.map((name, index) => `  ${name}: { key: c${index}, value: string }`),
    "",
  ].join("\n");

const unusable: readonly (readonly [name: string, message: string, hint: string])[] = [
  ["user-profile", "", 'Did you mean "userProfile"? Names are camelCase, of ASCII letters and digits'],
  ["UserProfile", "", 'Did you mean "userProfile"? Names are camelCase, of ASCII letters and digits'],
  ["user_profile", "", 'Did you mean "userProfile"? Names are camelCase, of ASCII letters and digits'],
  ["2fa", "", "Names are camelCase, of ASCII letters and digits"],
  ["größe", "", 'Did you mean "grE"? Names are camelCase, of ASCII letters and digits'],
  ["class", ": it is a reserved word", "Write classCache, for one"],
  ["await", ": it is a reserved word", "Write awaitCache, for one"],
  ["require", ": it is a reserved word", "Write requireCache, for one"],
  ["caches", ": generated code has a use of its own for it", "Write mainCache, for one"],
  ["then", ": generated code has a use of its own for it", "Write thenCache, for one"],
  ["toString", ": generated code has a use of its own for it", "Write toStringCache, for one"],
  ["nul", ": Windows allows no file of that name", "Write nulCache, for one"],
  ["com1", ": Windows allows no file of that name", "Write com1Cache, for one"],
];

describe("a name that cannot be used", () => {
  for (const [name, why, hint] of unusable) {
    it(`is found: ${name}`, () => {
      expect(findingsIn(withCaches(name))).toEqual([
        { at: "6:3", text: name, code: "C1301", message: `"${name}" cannot be the name of a cache${why}`, hint },
      ]);
    });
  }

  it("is found for backends too", () => {
    expect(findingsIn(withCaches("c").replace("{ local:", "{ Main: memory://, local:"))).toMatchObject([
      { at: "3:13", text: "Main", code: "C1301", message: '"Main" cannot be the name of a backend' },
    ]);
  });
});

describe("names that collide", () => {
  it("are equal but for case", () => {
    const yaml = withCaches("userProfile", "userprofile");
    expect(findingsIn(yaml)).toEqual([
      {
        at: "7:3",
        text: "userprofile",
        code: "C1302",
        message: 'cache "userprofile" and cache "userProfile" have names that are equal but for case',
        hint: "Rename one of them",
      },
    ]);
    const { diagnostics } = readDeclarations(yamlPath, readOnlyFiles({ [yamlPath]: yaml }));
    expect(diagnostics[0]?.related).toMatchObject([
      { message: 'cache "userProfile" is declared here', span: { start: yaml.indexOf("userProfile") } },
    ]);
  });

  it("are a cache's and a backend's", () => {
    expect(findingsIn(withCaches("local"))).toMatchObject([
      { at: "6:3", code: "C1302", message: 'cache "local" and backend "local" would make exports of one name' },
    ]);
  });

  it("are those of what is generated beside a cache", () => {
    expect(findingsIn(withCaches("user", "memoizeUser"))).toMatchObject([
      { at: "7:3", code: "C1302", message: 'cache "memoizeUser" and cache "user" would make exports of one name' },
    ]);
    expect(findingsIn(withCaches("userDefinition", "user"))).toMatchObject([{ at: "7:3", code: "C1302" }]);
  });

  it("are not those that only begin alike", () => {
    expect(findingsIn(withCaches("user", "userKey", "userValue", "users"))).toEqual([]);
  });
});
