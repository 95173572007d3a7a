/** So many calls show whether it pays to look for others. */
const trial = 64;
/** So many calls do without, before it is tried again. */
const rest = 1024;

/**
 * Whether a call for a small entry is to look for others that read the same key. That takes a tenth of a read, so it pays where
 * an eighth of the calls find one: it is tried now and then.
 */
export class ReadSharing {
  #isOn = true;
  #callCount = 0;
  #joinCount = 0;

  /** Whether the next call is to. */
  looksForOthers(): boolean {
    if (this.#callCount === (this.#isOn ? trial : rest)) {
      this.#isOn = !this.#isOn || this.#joinCount * 8 >= trial;
      this.#callCount = 0;
      this.#joinCount = 0;
    }
    this.#callCount += 1;
    return this.#isOn;
  }

  /** A call has found another. */
  noteJoined(): void {
    this.#joinCount += 1;
  }
}
