import { describe, expect, test } from "vitest";
import { backendsWith, cacheWith, findingsIn } from "./read-text.ts";

const url = "redis://user:hunter2@host:1/0";
const long = `redis://user:${"hunter2".repeat(20)}@host:1/0`;

describe.each([url, long])("no finding shows the password of a URL where something else belongs, as in %s", (text) => {
  test.each([
    ["the name of a backend", cacheWith("key: c", "value: string", `backend: "${text}"`), "C1106"],
    [
      "a file to include",
      cacheWith("key: c", "value: string").replace("defaults", `include: ["${text}"]\ndefaults`),
      "C1013",
    ],
    ["a duration", cacheWith("key: c", "value: string", `ttl: "${text}"`), "C1101"],
    ["a serializer", cacheWith("key: c", "value: string", `serializer: "${text}"`), "C1105"],
    ["a key", cacheWith(`key: "${text}{"`, "value: string"), "C1201"],
    ["a backend that is not known", backendsWith(`a: "${text.replace("redis", "redis2")}"`), "C1103"],
    ["a property", cacheWith("key: c", "value: string", `"${text}": 1`), "C1006"],
    ["the name of a variable", `environment: "${text}"\n${cacheWith("key: c", "value: string")}`, "C1008"],
    [
      "a property of the whole",
      `"${text}": 1
${cacheWith("key: c", "value: string")}`,
      "C1006",
    ],
  ])("%s", (_, yaml, code) => {
    const found = findingsIn(yaml);
    expect(found.map((each) => each.code)).toContain(code);
    expect(found.map(({ message, hint }) => `${message} ${hint}`).join("\n")).not.toContain("hunter2");
  });
});

test.each([
  "redis://user:hunter2?tail@host/0",
  "redis://user:hunter2?tail=1@host/0",
  "redis://user:12?tail&tls@host/0?connect-timeout=2s",
  "${URL:-redis://user:hunter2?tail@host/0}",
])("nor that of a URL in which a ? should be encoded: %s", (text) => {
  const [found, ...others] = findingsIn(backendsWith(`a: "${text}"`));
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    code: "C1102",
    message: 'a "?" stands before an "@"',
    hint: "Write %3F where it is part of a password",
  });
});

test("an @ may stand in the value of an option", () => {
  expect(findingsIn(backendsWith('a: "rediss://host?tls-ca=/etc/me@home/ca.pem"'))).toEqual([]);
});
