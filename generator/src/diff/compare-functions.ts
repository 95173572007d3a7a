import { listNames } from "../model/list-names.ts";
import { ofInstance } from "../model/memoized-function.ts";
import type { MemoizedState } from "./cache-state.ts";
import type { Change } from "./change.ts";

/** What has changed of a memoized function that its cache does not tell: which cache it is, and where its key comes from. */
export function compareFunctions(old: MemoizedState, now: MemoizedState): readonly Change[] {
  const [before, after] = [old.declaration.cache.name, now.declaration.cache.name];
  // What becomes of a cache that is made for the function is said of the cache.
  const areMade = old.declaration.cache.key === undefined && now.declaration.cache.key === undefined;
  if (before !== after && !areMade) {
    return [{ what: "function", effect: "cold", message: `reads through ${after}, before through ${before}` }];
  }
  const names = new Set(now.found.parameters.map(({ name }) => name));
  const sources = new Map(old.found.key.map((argument) => [argument.parameter, sourceOf(argument, old)]));
  const moved = now.found.key.flatMap((argument) => {
    const [source, former] = [sourceOf(argument, now), sources.get(argument.parameter)];
    if (former === undefined || former === source) return [];
    // A parameter that is there no more may just have another name.
    return [{ text: `${argument.parameter}: ${former} → ${source}`, isOther: names.has(former.split(".")[0] ?? "") }];
  });
  if (moved.length === 0) return [];
  const isOther = moved.some((each) => each.isOther);
  const what = isOther ? "a key that is there may be of another call now" : "the same key, if it means the same";
  const message = `${listNames(moved.map(({ text }) => text))}: ${what}`;
  return [{ what: "function", effect: isOther ? "wrong" : "warm", message }];
}

function sourceOf({ index, properties }: MemoizedState["found"]["key"][number], { found }: MemoizedState): string {
  const from = index === ofInstance ? "this" : (found.parameters[index]?.name ?? "");
  return [from, ...properties].join(".");
}
