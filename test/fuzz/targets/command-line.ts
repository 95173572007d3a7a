import { main } from "../../../generator/src/cli/main.ts";
import { memoryHost, project } from "../../generator/generate/memory-host.ts";
import { MemoryFiles } from "../../generator/write/memory-files.ts";
import { bytesOf, type FuzzTarget, type NamedTarget, textOf, usual } from "../fuzz-target.ts";

const lines = [
  "init",
  "init -c other.yaml --vscode",
  "validate",
  "validate -c cachetory.yaml --format json",
  "validate --format github --timing",
  "inspect greeting --json",
  "help",
  "diff HEAD --format markdown --fail-on never",
  "--version",
  "generate --help",
];

/**
 * Arguments one by one, parted by line ends: an exit code of 0, 1 or 2, and never an error of the command itself. What would start
 * the compiler, watch folders or ask a server is left out, for it takes as long as a hundred thousand others.
 */
const commandLine: FuzzTarget = {
  ...usual,
  name: "command-line",
  seeds: lines.map((line) => bytesOf(line.replaceAll(" ", "\n"))),
  words: [
    "\n",
    "-",
    "--",
    "=",
    "-c\n",
    "--config",
    "--format\n",
    "json",
    "text",
    "validate\n",
    "--param\n",
    "--key\n{}",
    "\0",
    "../",
  ],
  watched: ["/.cache/", "/node_modules/commander/"],
  maxCpuMs: 1000,
  maxBytes: 64 * 1024 * 1024,
  async run(input) {
    const argv = textOf(input).split("\n");
    if (
      argv.some((argument) => /^(?:g|ge|gen.*|inspect|get|decode|schema|diff)$/s.test(argument)) &&
      !argv.includes("--help")
    ) {
      return false;
    }
    const written: string[] = [];
    const output = { isTerminal: false, write: (text: string) => void written.push(text) };
    const host = memoryHost(new MemoryFiles(project));
    const code = await main(argv, { ...host, stdout: output, stderr: output });
    if (![0, 1, 2].includes(code)) throw new Error(`It ended with ${code}.`);
    if (/^cachetory: internal error/m.test(written.join(""))) throw new Error(written.join(""));
    return code === 0;
  },
};

export const commandTargets: readonly NamedTarget[] = [commandLine].map((target) => ({
  name: target.name,
  make: () => target,
}));
