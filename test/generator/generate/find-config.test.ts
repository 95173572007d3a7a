import { describe, expect, it } from "vitest";
import { findConfig, initialConfig } from "../../../generator/src/generate/find-config.ts";
import { readOnlyFiles } from "../read/memory-files.ts";

function hostWith(...files: readonly string[]): Parameters<typeof findConfig>[0] {
  return { cwd: "/home/app/packages/web", files: readOnlyFiles(Object.fromEntries(files.map((file) => [file, ""]))) };
}

describe("the YAML file that is not named", () => {
  it("is the nearest one upwards, of either name", () => {
    expect(findConfig(hostWith("/home/app/cachetory.yaml", "/home/app/packages/cachetory.yml"))).toEqual({
      file: "/home/app/packages/cachetory.yml",
    });
  });

  it("is of the same repository", () => {
    const outside = "/home/cachetory.yaml";
    expect(findConfig(hostWith(outside, "/home/app/.git"))).toEqual({ file: "/home/app/packages/web/cachetory.yaml" });
    expect(findConfig(hostWith(outside))).toEqual({ file: outside });
    expect(findConfig(hostWith("/home/app/cachetory.yml", "/home/app/.git"))).toEqual({
      file: "/home/app/cachetory.yml",
    });
  });

  it("is none where a folder has two", () => {
    expect(findConfig(hostWith("/home/app/cachetory.yml", "/home/app/cachetory.yaml"))).toMatchObject({
      code: "C1011",
      message: "both cachetory.yaml and cachetory.yml are in /home/app",
    });
  });

  it("is in the working folder itself where it is about to be written", () => {
    expect(initialConfig(undefined, hostWith("/home/app/cachetory.yaml"))).toEqual({
      file: "/home/app/packages/web/cachetory.yaml",
    });
  });
});
