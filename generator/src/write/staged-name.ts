/** Files of an unfinished write, which a run that was killed leaves behind. No compiler, bundler or watcher looks at them. */
const stagedName = /^\.cachetory~(?:new|old)~(?:(\d+)~)?.+\.tmp$/s;

/** What is about to become `name`; of several runs at once, each has its own. */
export function newName(name: string): string {
  return `.cachetory~new~${process.pid}~${name}.tmp`;
}

/** What `name` held, until all is done. */
export function oldName(name: string): string {
  return `.cachetory~old~${process.pid}~${name}.tmp`;
}

export function isStagedName(name: string): boolean {
  return stagedName.test(name);
}

/** Whether another process may still be at it. This one is not: it writes without a pause. */
export function isStagedElsewhere(name: string): boolean {
  const pid = Number(stagedName.exec(name)?.[1] ?? process.pid);
  return pid !== process.pid && isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // One of another user may not be asked, so it is there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
