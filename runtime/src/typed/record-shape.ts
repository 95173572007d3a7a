import { setOwn } from "./input.ts";

type Maker = new (hasAll?: true) => Record<string, unknown>;

/** Fields that have held all of these may hold anything, so no later value makes V8 begin a shape anew. */
const kinds = [undefined, 0, 0.5, ""];
/** V8 watches the first seven objects of a constructor, and takes away the room that none of them used. */
const watched = 8;

/**
 * Makes records that will have certain names. To an object that is written `{}` V8 gives room for four properties. Further ones move to
 * a larger place with every third, and after a dozen the object becomes a table of hashes, which is larger, and slower to fill, read and write.
 * A constructor of their own gives records room for all names, and a shape that they share.
 */
export class RecordShape {
  readonly #Maker: Maker;
  /** A shape that nothing has is forgotten when garbage is collected. */
  readonly example: Record<string, unknown> = {};

  /** @param names - in the order in which records will get them */
  constructor(names: readonly string[]) {
    this.#Maker = newMaker();
    for (let count = 0; count < watched; count++) {
      this.example = this.newRecord();
      for (const name of names) setOwn(this.example, name, kinds[count % kinds.length]);
    }
  }

  /** An object without properties, which may get any. */
  newRecord(): Record<string, unknown> {
    return new this.#Maker();
  }
}

/** A constructor of plain objects. V8 gives them room for as many properties as it sees assigned, which nobody calls for. */
function newMaker(): Maker {
  function Record(this: { p?: number }, hasAll?: true): void {
    // biome-ignore format: a line for each would say no more
    if (hasAll) {
      this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0;
      this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0;
      this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0;
      this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0;
      this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0;
      this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0;
      this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0;
      this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0; this.p = 0;
    }
  }
  Record.prototype = Object.prototype;
  return Record as unknown as Maker;
}
