import { expect, test } from "vitest";
import { generatedMarker } from "../../../generator/src/emit/generated-file.ts";
import type { FileSystem } from "../../../generator/src/host.ts";
import { applyPlan, type WriteFailure } from "../../../generator/src/write/apply-plan.ts";
import { planOutput } from "../../../generator/src/write/plan-output.ts";
import { readOutput } from "../../../generator/src/write/read-output.ts";
import { type Fault, failing } from "./failing-files.ts";
import { MemoryFiles } from "./memory-files.ts";

const old = `${generatedMarker}old\n`;
const text = `${generatedMarker}new\n`;

/** One file to create, two to update, two orphans, one that stays, and two that are the user's. */
const before = {
  "/app/out/b.gen.ts": old,
  "/app/out/c.gen.ts": `${old}c`,
  "/app/out/d.gen.ts": text,
  "/app/out/gone.gen.ts": old,
  "/app/out/gone2.gen.ts": old,
  "/app/out/mine.gen.ts": "mine",
  "/app/out/notes.md": `${generatedMarker}`,
};
const after = {
  "/app/out/a.gen.ts": text,
  "/app/out/b.gen.ts": text,
  "/app/out/c.gen.ts": text,
  "/app/out/d.gen.ts": text,
  "/app/out/mine.gen.ts": "mine",
  "/app/out/notes.md": `${generatedMarker}`,
};

test("the disk holds what was planned, and the user's files", () => {
  const files = new MemoryFiles(before);
  expect(write(files)).toBeUndefined();
  expect(files.texts()).toEqual(after);
});

test("what another process has staged stays, and what a process has that is gone does not", () => {
  const others = `/app/out/.cachetory~new~${process.ppid}~a.gen.ts.tmp`;
  const files = new MemoryFiles({
    ...before,
    [others]: text,
    // No system has so many processes.
    "/app/out/.cachetory~new~2000000000~a.gen.ts.tmp": text,
    [`/app/out/.cachetory~old~${process.pid}~a.gen.ts.tmp`]: text,
    "/app/out/.cachetory~old~b.gen.ts.tmp": text,
  });
  expect(write(files)).toBeUndefined();
  expect(files.texts()).toEqual({ ...after, [others]: text });
});

test("what another run writes while it is looked at is not in the way", () => {
  const files = new MemoryFiles(before);
  const entries = files.entries.bind(files);
  files.entries = (folder) => {
    const listed = entries(folder);
    files.write("/app/out/a.gen.ts", Buffer.from(text));
    if (files.kind("/app/out/gone.gen.ts") !== undefined) files.remove("/app/out/gone.gen.ts");
    return listed;
  };
  expect(write(files)).toBeUndefined();
  expect(files.texts()).toEqual(after);
});

test("an orphan that another run removes first is gone all the same", () => {
  const files = new MemoryFiles(before);
  const rename = files.rename.bind(files);
  files.rename = (from, to) => {
    if (from.endsWith("/gone.gen.ts")) files.remove(from);
    rename(from, to);
  };
  expect(write(files)).toBeUndefined();
  expect(files.texts()).toEqual(after);
});

test("what is as it should be is not touched", () => {
  const untouchable = failing(new MemoryFiles(after), { at: 1, lasts: "killed", leaves: "nothing" });
  expect(write(untouchable)).toBeUndefined();
  expect(untouchable.changes).toBe(0);
});

const changes = countChanges();
const everyChange = Array.from({ length: changes }, (_, index) => index + 1);

test("the faults below hit every change that there is", () => {
  // Staging: a folder, 3 new files, 2 old ones. Then 5 renames, and 4 old files to remove.
  expect(changes).toBe(15);
});

test.each(everyChange)("when change %i of the disk fails, all is as it was, or all is done", (at) => {
  for (const leaves of ["nothing", "part", "all"] as const) {
    const files = new MemoryFiles(before);
    const failure = write(failing(files, { at, lasts: "once", leaves, code: "ENOSPC" }));
    if (failure === undefined) expect(withoutLeftovers(files)).toEqual(after);
    else expect(files.texts()).toEqual(before);
    expect(failure?.notRestored ?? []).toEqual([]);
    expect(write(files)).toBeUndefined();
    expect(files.texts()).toEqual(after);
  }
});

test.each(everyChange)("killed at change %i, every file is whole, and the next run mends", (at) => {
  for (const leaves of ["nothing", "part", "all"] as const) {
    const files = new MemoryFiles(before);
    write(failing(files, { at, lasts: "killed", leaves }));
    for (const [file, content] of Object.entries(withoutLeftovers(files))) {
      expect([file, content]).toBeOneOf([...Object.entries(before), ...Object.entries(after)]);
    }
    for (const kept of ["b", "c", "d", "mine"]) expect(files.kind(`/app/out/${kept}.gen.ts`)).toBe("file");
    expect(write(files)).toBeUndefined();
    expect(files.texts()).toEqual(after);
  }
});

test("what cannot be put back is named", () => {
  const files = new MemoryFiles(before);
  // The 7th change is the first rename, of an orphan; from the 8th on nothing works, undoing included.
  const failure = write(failing(files, { at: 8, lasts: "killed", leaves: "nothing" }));
  expect(failure?.notRestored).toEqual(["gone.gen.ts"]);
});

test("a file that is a link, a folder or the user's own is in the way, and what it leads to stays", () => {
  const files = new MemoryFiles({ "/app/out/a.gen.ts": "mine", "/elsewhere/b.gen.ts": old });
  files.links.set("/app/out/b.gen.ts", "/elsewhere/b.gen.ts");
  files.links.set("/app/out/c.gen.ts", "/nowhere");
  files.makeFolder("/app/out/d.gen.ts");
  const plan = planFor(files);
  expect(plan.inTheWay).toEqual(["a.gen.ts", "b.gen.ts", "c.gen.ts", "d.gen.ts"]);
  expect(() => applyPlan(plan, files)).toThrow("must not be applied");
  expect(files.texts()).toEqual({ "/app/out/a.gen.ts": "mine", "/elsewhere/b.gen.ts": old });
});

test("a link to a generated file is no orphan", () => {
  const files = new MemoryFiles({ ...after, "/elsewhere/old.gen.ts": old });
  files.links.set("/app/out/old.gen.ts", "/elsewhere/old.gen.ts");
  expect(planFor(files).files.map((file) => file.kind)).toEqual(["same", "same", "same", "same"]);
});

test("where letter case does not part names, a renamed cache's file takes the other's place", () => {
  const files = new CaseBlindFiles({ "/app/out/A.gen.ts": old });
  expect(write(files)).toBeUndefined();
  expect(files.texts()).toMatchObject({ "/app/out/a.gen.ts": text });
  expect(Object.keys(files.texts())).not.toContain("/app/out/A.gen.ts");
});

test("where letter case does not part names, the user's file of the other case is in the way", () => {
  expect(planFor(new CaseBlindFiles({ "/app/out/A.gen.ts": "mine" })).inTheWay).toEqual(["a.gen.ts"]);
});

function planFor(files: FileSystem): ReturnType<typeof planOutput> {
  const wanted = ["a.gen.ts", "b.gen.ts", "c.gen.ts", "d.gen.ts"].map((name) => ({ name, text }));
  return planOutput(
    "/app/out",
    wanted,
    readOutput(
      "/app/out",
      wanted.map((file) => file.name),
      files,
    ),
  );
}

function write(files: FileSystem): WriteFailure | undefined {
  return applyPlan(planFor(files), files);
}

function countChanges(): number {
  const never: Fault = { at: Number.POSITIVE_INFINITY, lasts: "once", leaves: "nothing" };
  const files = failing(new MemoryFiles(before), never);
  write(files);
  return files.changes;
}

/** The files but those that are only there until the next run. */
function withoutLeftovers(files: MemoryFiles): Record<string, string> {
  return Object.fromEntries(Object.entries(files.texts()).filter(([file]) => !file.endsWith(".tmp")));
}

/** As on macOS and Windows: names keep their letter case, but are found by any. */
class CaseBlindFiles extends MemoryFiles {
  override read(file: string): Uint8Array | undefined {
    return super.read(this.#known(file));
  }

  override kind(file: string): "file" | "folder" | undefined {
    return super.kind(this.#known(file));
  }

  override remove(file: string): void {
    super.remove(this.#known(file));
  }

  override rename(from: string, to: string): void {
    const taken = this.#known(to);
    if (taken !== to && taken !== from) super.remove(taken);
    super.rename(this.#known(from), to);
  }

  #known(file: string): string {
    return [...this.contents.keys()].find((each) => each.toLowerCase() === file.toLowerCase()) ?? file;
  }
}
