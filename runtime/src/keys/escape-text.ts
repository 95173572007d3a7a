// White space is spelt out instead of `\s`, and controls instead of `\p{Cc}`: the encoding is a wire contract, and must
// not change with the Unicode tables of an engine.
const unsafe =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it is about
  /[\u0000-\u0020%:{}~\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\ud800-\udfff]/;

const utf8 = new TextEncoder();

/**
 * Text as a part of a key: ordinary text stays as it is; `%`, `:`, `{`, `}`, `~`, white space and controls become `%XX`
 * of their UTF-8 bytes, a lone surrogate `%uXXXX`, the empty string `%e`. Two different texts never give the same part.
 *
 * @example
 * ```ts
 * escapeText("a:b"); // "a%3Ab"
 * ```
 */
export function escapeText(text: string): string {
  if (text === "") return "%e";
  return unsafe.test(text) ? escapeUnsafe(text) : text;
}

function escapeUnsafe(text: string): string {
  let escaped = "";
  for (const character of text) {
    if (!unsafe.test(character)) escaped += character;
    else if (character.length === 2) escaped += character;
    else escaped += isSurrogate(character) ? `%u${hex(character.charCodeAt(0))}` : percent(character);
  }
  return escaped;
}

function isSurrogate(character: string): boolean {
  const unit = character.charCodeAt(0);
  return unit >= 0xd800 && unit <= 0xdfff;
}

function percent(character: string): string {
  let escaped = "";
  for (const byte of utf8.encode(character)) escaped += `%${hex(byte).padStart(2, "0")}`;
  return escaped;
}

function hex(number: number): string {
  return number.toString(16).toUpperCase();
}
