/** How often it is tried; longer than that nobody waits for a shorter input. */
const maxTries = 2000;

/** A shorter input that fails alike, with pieces left out, ever smaller ones. */
export async function minimise(
  input: Uint8Array,
  failsAlike: (input: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let shortest = input;
  let tries = 0;
  for (let piece = Math.ceil(input.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    for (let at = 0; at < shortest.length && tries < maxTries; tries++) {
      const shorter = Buffer.concat([shortest.subarray(0, at), shortest.subarray(at + piece)]);
      if (await failsAlike(new Uint8Array(shorter))) shortest = new Uint8Array(shorter);
      else at += piece;
    }
  }
  return shortest;
}
