import { describe, expect, test, vi } from "vitest";
import { emittedLive } from "../../support/emitted-live.ts";
import { recursiveUnions } from "../../support/recursive-unions.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000 });

describe("a value of a union within itself is not tried in every way there is", () => {
  test.each(recursiveUnions(200).filter(({ isOfJson }) => isOfJson))("$text", ({ type, value }) => {
    const live = emittedLive(type, "json", "clone");
    expect(live?.size(value)).toBeGreaterThan(200 * 24);
    expect(live?.keep?.(value)).toStrictEqual(value);
  });
});
