/** For backends of tests that are of no time limit: a machine that is busy for a while is no slow server. */
export const patient = { readTimeoutMs: 10_000, commandTimeoutMs: 10_000 } as const;

/** The same as the query of a URL. */
export const patience = "?read-timeout=10s&command-timeout=10s";
