// Syntax that an old Node can still read: this file tells it that it is too old.
const oldest = [20, 19];

/** Ends the process with a message where Node is older than the packages need. */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  console.error(
    `Node ${process.versions.node} is too old: Cachetory needs ${oldest.join(".")} or newer.\n` +
      "Install a current one from https://nodejs.org or with your version manager (nvm install 22), then try again.",
  );
  process.exit(2);
}
