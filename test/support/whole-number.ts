/** A number that a command is given. With one that is none it ends: it would do nothing, and say that nothing was wrong. */
export function wholeNumber(option: string, text: string, least = 1): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  console.error(`--${option} is a whole number from ${least}, not "${text}".`);
  return process.exit(2);
}
