// Loaded before everything else in the process of a contender whose clock is wrong: `Date` says what time it is with
// `globalThis.clockShiftMs` added. `performance.now`, and timers with it, are not touched.
globalThis.clockShiftMs = 0;

const TrueDate = Date;

class ShiftedDate extends TrueDate {
  constructor(...args) {
    if (args.length === 0) super(ShiftedDate.now());
    else super(...args);
  }

  static now() {
    return TrueDate.now() + globalThis.clockShiftMs;
  }
}

globalThis.Date = ShiftedDate;
