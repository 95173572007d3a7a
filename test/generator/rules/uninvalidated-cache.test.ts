import { expect, it } from "vitest";
import { brokenRules } from "./broken-rules.ts";

/** Caches that live for an hour, a day and ever, and one that is made for a function, in lines 6 to 10. */
function yaml(mutate: string, defaults = ""): string {
  return `version: 1
output: src/caches
backends: { local: memory:// }
defaults: { backend: local${defaults} }
caches:
  hour: { key: hour, value: string, ttl: 23h }
  day: { key: day, value: string, ttl: 1d }
  ever: { key: ever, value: string, ttl: forever }
memoize:
  made: { function: ./a.ts#make, ttl: 7d }
${mutate}`;
}

const mutating = (...targets: readonly string[]): string =>
  `mutate:\n  save: { function: ./a.ts#save, invalidates: ${JSON.stringify(targets)} }\n`;

it("is a cache that lives for a day or longer, and that no mutation names", () => {
  expect(brokenRules(yaml(mutating("hour")))).toEqual([
    "7:3 warning C1604 day",
    "8:3 warning C1604 ever",
    "10:3 warning C1604 made",
  ]);
  expect(brokenRules(yaml(mutating("day", "ever(*)", "made(*)")))).toEqual([]);
});

it("is, where there are no mutations, a cache that a function fills", () => {
  expect(brokenRules(yaml(""))).toEqual(["10:3 warning C1604 made"]);
  expect(brokenRules(yaml("").replace("ttl: 7d", "cache: ever"))).toEqual(["8:3 warning C1604 ever"]);
});

it("lives as long as the defaults say, forever alone where they say that", () => {
  const longLived = (text: string): readonly string[] => brokenRules(yaml(mutating("day"), `, long-lived: ${text}`));
  expect(longLived("20h")).toEqual(["6:3 warning C1604 hour", "8:3 warning C1604 ever", "10:3 warning C1604 made"]);
  expect(longLived("8d")).toEqual(["8:3 warning C1604 ever"]);
  expect(longLived("forever")).toEqual(["8:3 warning C1604 ever"]);
  expect(longLived("3600")).toEqual(["4:41 error C1101 3600"]);
});

it("is held against the defaults of its own file, and against the mutations of all", () => {
  const included = "version: 1\ncaches:\n  week: { key: week, value: string, ttl: 7d, backend: local }\n";
  const main = yaml(mutating("day", "ever", "made(*)"), ", long-lived: 8d").replace(
    "backends:",
    "include: [b.yaml]\nbackends:",
  );
  const files = { "/project/b.yaml": included };
  expect(brokenRules(main, files)).toEqual(["b.yaml:3:3 warning C1604 week"]);
  expect(brokenRules(main.replace('"day"', '"week"'), files)).toEqual([]);
});

it("is suppressed as any other, and turned off", () => {
  const suppressed = yaml("").replace(
    "  made:",
    "  # cachetory-ignore uninvalidated-cache what it makes never changes\n  made:",
  );
  expect(brokenRules(suppressed)).toEqual([]);
  expect(brokenRules(`rules: { uninvalidated-cache: off }\n${yaml(mutating("day"))}`)).toEqual([]);
});
