/** The folder of the package, in which its scripts lie one below: as sources, and in few files as they are built. */
export const packageUrl: URL = new URL("../", import.meta.url);

/** Where its scripts lie: as sources in folders below, as they are built all in it. */
export const scriptsUrl: URL = new URL("./", import.meta.url);
