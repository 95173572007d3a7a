import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { initialYaml } from "../../generator/src/cli/commands/initial-yaml.ts";
import { LanguageServer } from "./language-server.ts";

let server: LanguageServer;
let opened = 0;

beforeAll(async () => {
  server = await LanguageServer.start(new URL("../../schemas/caches.schema.json", import.meta.url).href);
});

afterAll(() => server.stop());

/** Opens a text in which `¦` marks the cursor, as a file of its own. */
async function openAt(marked: string): Promise<readonly [name: string, position: { line: number; character: number }]> {
  opened += 1;
  const name = `file${opened}.yaml`;
  const before = marked.slice(0, marked.indexOf("¦"));
  await server.open(name, marked.replace("¦", ""));
  const lines = before.split("\n");
  return [name, { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }];
}

async function complete(marked: string): Promise<readonly string[]> {
  return server.complete(...(await openAt(marked)));
}

async function hover(marked: string): Promise<string> {
  return server.hover(...(await openAt(marked)));
}

async function diagnose(text: string): Promise<readonly string[]> {
  opened += 1;
  const found = await server.open(`file${opened}.yaml`, text);
  return found.map(({ message, range }) => `${range.start.line + 1}:${range.start.character + 1} ${message}`);
}

const head = "version: 1\noutput: src/caches\nbackends:\n  local: memory://\n";

describe("an editor completes", () => {
  it("sections", async () => {
    expect(await complete("version: 1\n¦")).toEqual(
      expect.arrayContaining(["output", "backends", "defaults", "caches"]),
    );
  });

  it("properties of a cache", async () => {
    const labels = await complete(`${head}caches:\n  user:\n    key: c\n    ¦`);
    expect(labels).toEqual(
      expect.arrayContaining([
        "value",
        "ttl",
        "max-ttl",
        "backend",
        "serializer",
        "revision",
        "mode",
        "blocking",
        "description",
      ]),
    );
    expect(labels).not.toContain("key");
  });

  it("properties of a backend", async () => {
    expect(await complete(`${head}  shared:\n    url: redis://localhost\n    ¦`)).toEqual(
      expect.arrayContaining(["development", "prefix", "description"]),
    );
  });

  it("values, by example", async () => {
    expect(await complete(`${head}caches:\n  user:\n    ttl: ¦`)).toEqual(expect.arrayContaining(["10m", "forever"]));
    expect(await complete(`${head}caches:\n  user:\n    serializer: ¦`)).toEqual(
      expect.arrayContaining(["json", "v8", "json+zlib"]),
    );
  });

  it("a whole cache", async () => {
    expect(await complete(`${head}caches:\n  ¦`)).toContain("a cache");
  });
});

describe("an editor inserts", () => {
  async function inserted(marked: string, label: string): Promise<string | undefined> {
    const text = await server.insertion(...(await openAt(marked)), label);
    // What the user gets who takes every proposal: the marks of the snippet are gone.
    return text?.replace(/\$\{\d:((?:\\.|[^}\\])*)\}/g, "$1").replace(/\\([$}\\])/g, "$1");
  }

  it("a cache that is valid", async () => {
    const text = await inserted(`${head}defaults: { backend: local }\ncaches:\n  ¦`, "a cache");
    expect(text).toBe("userProfile:\n  key: user:{userId:uuid}\n  value: ./src/models.ts#UserProfile\n  ttl: 10m");
  });

  it("a backend that is valid", async () => {
    const text = await inserted("version: 1\nbackends:\n  ¦", "a Redis backend");
    expect(text).toBe('shared:\n  url: ${REDIS_URL}\n  development: memory://\n  prefix: "app:"');
  });
});

describe("an editor explains", () => {
  it("a property, with an example", async () => {
    const shown = await hover(`${head}caches:\n  user:\n    t¦tl: 1h\n`);
    expect(shown).toContain("How long an entry may live: 500ms, 30s, 10m, 1h, 7d");
    expect(shown).toContain("```yaml\n10m\n```");
  });

  it("a section", async () => {
    expect(await hover("out¦put: src/caches\n")).toContain("Folder that the generator owns");
  });
});

describe("an editor finds", () => {
  it("nothing in what init writes", async () => {
    // Without its first line, which names a schema in a folder that is not here.
    expect(await diagnose(initialYaml("").split("\n").slice(1).join("\n"))).toEqual([]);
  });

  it("unknown properties and wrong values, where they stand", async () => {
    const found = await diagnose(`${head}caches:\n  user:\n    key: c\n    value: string\n    ttl: soon\n    tll: 1\n`);
    expect(found).toEqual([
      "9:10 A duration such as 500ms, 30s, 10m, 1h, 7d or PT5M, or forever",
      "10:5 Property tll is not allowed.",
    ]);
  });

  it("missing properties", async () => {
    expect(await diagnose(`${head}caches:\n  user:\n    key: c\n`)).toEqual(['6:3 Missing property "value".']);
  });

  it("bare numbers for durations", async () => {
    const found = await diagnose(`${head}caches:\n  user: { key: c, value: string, ttl: 30 }\n`);
    expect(found).toEqual([expect.stringMatching(/^6:39 .*string/)]);
  });
});
