/**
 * ECMAScript's reserved words, those of strict mode and of modules, what strict code may not bind, and what CommonJS wraps
 * every module in.
 */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export exports " +
    "extends false finally for function if implements import in instanceof interface let module new null package " +
    "private protected public require return static super switch this throw true try typeof undefined var void while " +
    "with yield globalThis"
  ).split(" "),
);
