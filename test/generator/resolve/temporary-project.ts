import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Diagnostic } from "../../../generator/src/model/diagnostic.ts";
import type { RequestedType, Resolution, ResolveRequest } from "../../../generator/src/resolve/resolution.ts";
import { resolveTypes } from "../../../generator/src/resolve/resolve-types.ts";
import { diskFiles } from "./disk-files.ts";

/** A project in a folder of its own under the system's temporary folder, gone when disposed. */
export class TemporaryProject implements Disposable {
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), "cachetory-resolve-")));

  /** @param files - text by path; an object is written as JSON */
  constructor(files: Readonly<Record<string, string | object>> = {}) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  path(path: string): string {
    return join(this.folder, path);
  }

  write(path: string, content: string | object): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), typeof content === "string" ? content : JSON.stringify(content));
  }

  writeBytes(path: string, content: Uint8Array): void {
    writeFileSync(this.path(path), content);
  }

  remove(path: string): void {
    rmSync(this.path(path), { recursive: true });
  }

  link(path: string, target: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    symlinkSync(target, this.path(path));
  }

  /** A request for values as the YAML writes them, `./module.ts#Expression` or a bare expression; each is its own id. */
  request(values: readonly string[], folder = "."): ResolveRequest {
    const types = values.map((value, index): RequestedType => {
      const [first = "", ...rest] = value.split("#");
      const span = { file: this.path(join(folder, "cachetory.yaml")), start: index * 100, end: index * 100 + 10 };
      return rest.length === 0
        ? { id: value, expression: value, module: undefined, span }
        : { id: value, expression: rest.join("#"), module: first, span };
    });
    return { folder: join(this.folder, folder), types, memoized: [], mutations: [], ttlFunctions: [] };
  }

  resolve(values: readonly string[], folder = "."): Resolution {
    return resolveTypes(this.request(values, folder), diskFiles);
  }

  /** The findings about each value, of one resolution of all. */
  diagnostics(values: readonly string[], folder = "."): ReadonlyMap<string, readonly Diagnostic[]> {
    const { diagnostics } = this.resolve(values, folder);
    return new Map(
      values.map((value, index) => [value, diagnostics.filter(({ span }) => span?.start === index * 100)]),
    );
  }

  /** The same as `code message`. */
  findings(values: readonly string[], folder = "."): Readonly<Record<string, readonly string[]>> {
    const found = [...this.diagnostics(values, folder)];
    return Object.fromEntries(
      found.map(([value, diagnostics]) => [value, diagnostics.map(({ code, message }) => `${code} ${message}`)]),
    );
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
