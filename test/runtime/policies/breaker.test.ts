import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Breaker, type BreakerState } from "../../../runtime/src/policies/breaker.ts";

/** A breaker whose time and chance a test sets, and what it tells. */
function breakerOf(failures = 3): {
  breaker: Breaker;
  world: { nowMs: number; chance: number };
  told: BreakerState[];
} {
  const world = { nowMs: 0, chance: 1 };
  const told: BreakerState[] = [];
  const breaker = new Breaker(
    { failures, pauseMs: 100 },
    { nowMs: () => world.nowMs, random: () => world.chance, tell: (state) => told.push(state) },
  );
  return { breaker, world, told };
}

function opened(): ReturnType<typeof breakerOf> {
  const made = breakerOf();
  for (let count = 0; count < 3; count++) made.breaker.failed({}, new Error("late"));
  return made;
}

describe("a breaker", () => {
  test("opens after so many failures in a row, which an answer between them ends", () => {
    const { breaker, told } = breakerOf();
    breaker.failed({}, undefined);
    breaker.failed({}, undefined);
    breaker.answered();
    breaker.failed({}, undefined);
    breaker.failed({}, undefined);
    expect(breaker.state).toBe("closed");
    breaker.failed({}, undefined);
    expect([breaker.state, told]).toEqual(["open", ["open"]]);
    expect(breaker.admits()).toBe(false);
  });

  test("counts what was sent together once", () => {
    const { breaker } = breakerOf();
    const batch = {};
    for (let count = 0; count < 100; count++) breaker.failed(batch, undefined);
    breaker.failed({}, undefined);
    expect(breaker.isClosed).toBe(true);
  });

  test("never opens where no failures are too many", () => {
    const { breaker } = breakerOf(0);
    for (let count = 0; count < 100; count++) breaker.failed({}, undefined);
    expect(breaker.isClosed).toBe(true);
  });

  test.each([
    [1, 100],
    [0, 50],
  ])("pauses for a time that chance (%d) says: %d ms, and lets one alone try then", (chance, pauseMs) => {
    const { breaker, world } = breakerOf();
    world.chance = chance;
    for (let count = 0; count < 3; count++) breaker.failed({}, undefined);
    world.nowMs = pauseMs - 1;
    expect(breaker.admits()).toBe(false);
    world.nowMs = pauseMs;
    expect([breaker.admits(), breaker.admits(), breaker.isShut]).toEqual([true, false, true]);
  });

  test("pauses again where that one fails, and lets another try where it has told nothing", () => {
    const { breaker, world, told } = opened();
    world.nowMs = 100;
    breaker.admits();
    breaker.failed({}, undefined);
    world.nowMs = 199;
    expect(breaker.admits()).toBe(false);
    world.nowMs = 200;
    expect(breaker.admits()).toBe(true);
    breaker.toldNothing();
    expect(breaker.admits()).toBe(true);
    expect(told).toEqual(["open"]);
  });

  test("lets one try at once where there is hope", () => {
    const { breaker } = opened();
    breaker.hope();
    expect(breaker.admits()).toBe(true);
  });

  test("is closed at once where another has taken the place", () => {
    const { breaker, told } = opened();
    breaker.hope();
    breaker.admits();
    breaker.reset();
    expect([breaker.state, breaker.admits()]).toEqual(["closed", true]);
    // That one has three of his own.
    breaker.failed(1, undefined);
    breaker.failed(2, undefined);
    breaker.reset();
    breaker.failed(3, undefined);
    breaker.failed(4, undefined);
    expect(breaker.state).toBe("closed");
    expect(told).toEqual(["open", "closed"]);
  });

  test("closes little by little, as chance has it", () => {
    const { breaker, world, told } = opened();
    breaker.hope();
    breaker.admits();
    breaker.answered();
    const goesThrough = (chance: number): boolean => {
      world.chance = chance;
      return breaker.admits();
    };
    expect([goesThrough(0.09), goesThrough(0.11)]).toEqual([true, false]);
    world.nowMs = 60;
    expect([goesThrough(0.59), goesThrough(0.61)]).toEqual([true, false]);
    expect(told).toEqual(["open", "half-open"]);
    world.nowMs = 100;
    expect([goesThrough(0.999), breaker.state]).toEqual([true, "closed"]);
    expect(told).toEqual(["open", "half-open", "closed"]);
  });

  test("opens at the first failure while it closes, and after three once it has", () => {
    const { breaker, world } = opened();
    breaker.hope();
    breaker.admits();
    breaker.answered();
    breaker.failed({}, undefined);
    expect(breaker.state).toBe("open");
    breaker.hope();
    breaker.admits();
    breaker.answered();
    world.nowMs = 1000;
    breaker.admits();
    breaker.failed({}, undefined);
    breaker.failed({}, undefined);
    expect(breaker.state).toBe("closed");
  });

  test("is closed again within two pauses of answers, whatever came before", () => {
    const step = fc.constantFrom("fail", "answer", "nothing", "hope", "admit", "wait");
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (steps, chance) => {
          const { breaker, world } = breakerOf();
          world.chance = chance;
          for (const one of steps) {
            if (one === "fail") breaker.failed({}, undefined);
            if (one === "answer") breaker.answered();
            if (one === "nothing") breaker.toldNothing();
            if (one === "hope") breaker.hope();
            if (one === "admit") breaker.admits();
            if (one === "wait") world.nowMs += 30;
          }
          // Whoever was let through is answered from now on.
          breaker.toldNothing();
          for (let ms = 0; ms <= 200; ms += 10) {
            if (breaker.admits()) breaker.answered();
            world.nowMs += 10;
          }
          expect([breaker.admits(), breaker.state]).toEqual([true, "closed"]);
        },
      ),
    );
  });
});
