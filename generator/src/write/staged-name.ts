/** Files of an unfinished write, which a run that was killed leaves behind. No compiler, bundler or watcher looks at them. */
const stagedName = /^\.cachetory~(?:new|old)~.+\.tmp$/s;

/** What is about to become `name`. */
export function newName(name: string): string {
  return `.cachetory~new~${name}.tmp`;
}

/** What `name` held, until all is done. */
export function oldName(name: string): string {
  return `.cachetory~old~${name}.tmp`;
}

export function isStagedName(name: string): boolean {
  return stagedName.test(name);
}
