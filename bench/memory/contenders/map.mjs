/** A bare Map with the text of the key ready: the yardstick of all rows. */
export function map({ entries }) {
  const stored = new Map(entries.map(({ text, value }) => [text, value]));
  const texts = entries.map(({ text }) => text);
  const get = async (text) => stored.get(text);
  const getOrSet = async (text, load) => {
    const found = stored.get(text);
    if (found !== undefined) return found;
    const loaded = await load();
    stored.set(text, loaded);
    return loaded;
  };
  return {
    name: "Map",
    peek: (index) => stored.get(texts[index]),
    get: (index) => get(texts[index]),
    getOrSet: (index, load) => getOrSet(texts[index], load),
    set: (index, value) => stored.set(texts[index], value),
  };
}
