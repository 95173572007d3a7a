/** The part of what generated code stands on that is for `typed`, see `core.ts`. */
export { builtinOfText, builtinText } from "../../typed/builtin-text.ts";
export {
  type Input,
  readBigint,
  readBuffer,
  readCount,
  readDate,
  readLength,
  readNumber,
  setOwn,
  unreadable,
} from "../../typed/input.ts";
export { joinNames, newRecord, readNames, valuesOf, writeNames } from "../../typed/names.ts";
export { readIntegers, readNumbers } from "../../typed/number-list-reader.ts";
export { writeIntegers, writeNumbers } from "../../typed/number-list-writer.ts";
export {
  fitsOf,
  type Output,
  writeBigint,
  writeBytes,
  writeDate,
  writeLength,
  writeNumber,
} from "../../typed/output.ts";
export { type TypedCodec, type TypedOptions, typed } from "../../typed/typed.ts";
