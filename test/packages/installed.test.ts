import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compilerVersions, repository, tscOf } from "../support/repository.ts";
import { reportImport } from "./import-report.ts";
import { installable } from "./provided.ts";
import { makeUserFolder, type UserFolder } from "./user-folder.ts";

let folder: UserFolder;

beforeAll(async () => {
  folder = makeUserFolder(installable().registryUrl, "app");
  folder.write("package.json", JSON.stringify({ name: "app", private: true, type: "module" }));
  await folder.run("npm", "install", "@cachetory/runtime");
}, 120_000);
afterAll(() => folder.remove());

const subpaths = [
  "@cachetory/runtime",
  "@cachetory/runtime/codegen/v1/core",
  "@cachetory/runtime/codegen/v1/steps",
  "@cachetory/runtime/codegen/v1/typed",
  "@cachetory/runtime/prometheus",
  "@cachetory/runtime/schemes",
  "@cachetory/runtime/testing",
];

describe("the installed runtime", { timeout: 120_000 }, () => {
  it("brings no other package with it", async () => {
    const { stdout } = await folder.run("npm", "ls", "--all", "--parseable");
    const names = stdout
      .trim()
      .split("\n")
      .slice(1)
      .map((path) => path.split("/node_modules/").pop());
    expect(names.sort()).toEqual(["@cachetory/runtime"]);
  });

  it.each(compilerVersions)("has declarations that TypeScript %s takes without any other types", async (version) => {
    folder.write("src/all.ts", subpaths.map((path, index) => `export * as all${index} from "${path}";\n`).join(""));
    const compilerOptions = {
      module: "nodenext",
      target: "es2022",
      lib: ["es2022"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
    };
    folder.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }));
    const { exitCode, output } = await folder.try("node", tscOf(version));
    expect(output).toBe("");
    expect(exitCode).toBe(0);
  });

  it.each(subpaths)("opens, reads and starts nothing when %s is imported", async (subpath) => {
    const report = await reportImport(folder, subpath);
    expect(report.exports.length).toBeGreaterThan(0);
    expect(report).toMatchObject({ environmentReads: [], timers: [], resources: [], commonJs: [], costly: [] });
  });

  it("is watched by a probe that sees all of these", async () => {
    folder.write(
      "busy.js",
      `import { createServer } from "node:net";
       import "zstd-napi";
       process.env.HOME;
       setInterval(() => {}, 1000).unref();
       createServer().listen(0, "127.0.0.1").on("listening", function () { setTimeout(() => this.close(), 50); });`,
    );
    folder.write("node_modules/zstd-napi/index.js", "module.exports = {};");
    const report = await reportImport(folder, join(folder.path, "busy.js"));
    expect(report).toMatchObject({
      environmentReads: ["HOME"],
      timers: ["setInterval", "setTimeout"],
      resources: expect.arrayContaining(["TCPServerWrap"]),
      commonJs: [join(folder.path, "node_modules/zstd-napi/index.js")],
      costly: expect.arrayContaining(["NativeModule net"]),
    });
    rmSync(join(folder.path, "node_modules/zstd-napi"), { recursive: true });
  });

  it("serves a CommonJS program through require()", async () => {
    folder.write(
      "main.cjs",
      `const { Cache, MemoryBackend, json } = require("@cachetory/runtime");
       const cache = new Cache({ serializer: json(), backend: new MemoryBackend() });
       cache.set("a", { b: [1] }).then(() => cache.get("a")).then((value) => console.log(JSON.stringify(value)));`,
    );
    const { stdout } = await folder.run("node", "--no-warnings", "main.cjs");
    expect(stdout).toBe('{"b":[1]}\n');
  });

  it("says how to install ioredis where a Redis is asked for without", async () => {
    folder.write(
      "redis.mjs",
      `import { backendFromUrl } from "@cachetory/runtime";
       try { backendFromUrl("redis://localhost"); } catch ({ code, message }) { console.log(code, message); }`,
    );
    const { output } = await folder.run("node", "redis.mjs");
    expect(output).toBe(
      "MISSING_PACKAGE A redis backend needs the package ioredis, which is not installed. Install it: npm install ioredis\n",
    );
  });

  it("loads ioredis for the first call, behind the promise that it gives", async () => {
    const ioredis = join(folder.path, "node_modules/ioredis");
    symlinkSync(join(repository, "node_modules/ioredis"), ioredis);
    folder.write(
      "first-call.mjs",
      `import { createRequire } from "node:module";
       import { backendFromUrl } from "@cachetory/runtime";
       const { cache } = createRequire(import.meta.url);
       const isLoaded = () => Object.keys(cache).some((path) => path.includes("/ioredis/"));
       // Nobody listens there.
       const backend = backendFromUrl("redis://127.0.0.1:1");
       const asked = backend.set("a", "1", {}).catch(({ code }) => code);
       console.log(isLoaded(), await asked, isLoaded());
       await backend.close();`,
    );
    const { stdout } = await folder.run("node", "first-call.mjs");
    expect(stdout).toBe("false UNAVAILABLE true\n");
    rmSync(ioredis);
  });

  it.each([
    ["main.mjs", 'import { Cache, MemoryBackend, chain, json, offload, pickle, zlib } from "@cachetory/runtime";'],
    ["main.cjs", 'const { Cache, MemoryBackend, chain, json, offload, pickle, zlib } = require("@cachetory/runtime");'],
  ])("finds the file of its worker threads, without a word of its own: %s", async (file, imports) => {
    const piscina = join(folder.path, "node_modules/piscina");
    symlinkSync(join(repository, "node_modules/piscina"), piscina);
    folder.write(
      file,
      `${imports}
       const backend = new MemoryBackend();
       const caches = [chain(json(), zlib()), pickle()].map(
         (serializer) => new Cache({ serializer, backend, offload: offload({ minBytes: 0 }) }),
       );
       (async () => {
         for (const cache of caches) {
           await cache.set("a", { b: [1] });
           console.log(JSON.stringify(await cache.get("a")));
         }
       })();`,
    );
    // Node 20 warns of any program in CommonJS that requires an ES module.
    const flags = file === "main.cjs" ? ["--disable-warning=ExperimentalWarning"] : [];
    const { output } = await folder.run("node", ...flags, file);
    expect(output).toBe('{"b":[1]}\n{"b":[1]}\n');
    rmSync(piscina);
  });
});
