/** The next warning of this process that says so; another one may come in between, of an outage that is over. */
export function warning(part: string): Promise<Error> {
  return new Promise((resolve) => {
    const listen = (given: Error): void => {
      if (!given.message.includes(part)) return;
      process.off("warning", listen);
      resolve(given);
    };
    process.on("warning", listen);
  });
}
