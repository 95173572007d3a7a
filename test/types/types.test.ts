import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// The *.test-d.ts files hold what must compile and, behind @ts-expect-error, what must not.
test("the types say what is allowed, and refuse what is not", { timeout: 60_000 }, () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
  expect(
    errorsOf(() => execFileSync(process.execPath, [tsc, "-p", "test/types", "--pretty", "false"], { cwd: root })),
  ).toBe("");
});

function errorsOf(run: () => void): string {
  try {
    run();
    return "";
  } catch (error) {
    return String((error as { readonly stdout: Buffer }).stdout);
  }
}
