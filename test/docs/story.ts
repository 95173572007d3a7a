import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repository, tscOf } from "../support/repository.ts";
import { type ProgramResult, runProgram } from "../support/run-program.ts";
import type { CodeBlock } from "./code-block.ts";
import { completeYaml } from "./complete-yaml.ts";
import { containsExcerpt, matchesOutput } from "./output-pattern.ts";
import { runClonedCommands } from "./run-cloned-commands.ts";

/** The address that documents write; a test's own server stands in for it. */
export const documentedRedis = "redis://localhost:6379";

export interface StoryOptions {
  /** The empty folder in which the story begins. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Stands in for `documentedRedis`. */
  readonly redisUrl?: string | undefined;
  /** Whether programs that are installed run without npx, which takes longest of many commands. Default `false` */
  readonly isQuick?: boolean;
}

/** As npx does with a program that is installed: the nearest of that name. */
const quickNpx = `npx() {
  local folder="$PWD"
  until [ -x "$folder/node_modules/.bin/$1" ]; do
    if [ -z "$folder" ]; then command npx "$@"; return; fi
    folder="\${folder%/*}"
  done
  "$folder/node_modules/.bin/$1" "\${@:2}"
}
`;

/** What a document tells, block by block, in one folder: files are written, commands run, outputs compared. */
export class Story {
  readonly #options: StoryOptions;
  #cwd: string;
  #env: Readonly<Record<string, string>>;
  #last: ProgramResult | undefined;
  #preamble = "";
  readonly #snippets = new Map<string, string>();

  constructor(options: StoryOptions) {
    this.#options = options;
    this.#cwd = options.folder;
    this.#env = options.env;
  }

  /** Does what the block says; an error where that does not hold. */
  async tell(block: CodeBlock): Promise<void> {
    const known = knownWords[block.language];
    const strange = block.words.find((word) => known?.includes(word) !== true);
    if (known === undefined)
      throw new Error(`No test knows what to do with a block of ${block.language || "no language"}.`);
    if (strange !== undefined)
      throw new Error(`A block of ${block.language} is one of: ${known.join(", ")}; not ${strange}.`);
    // Not in YAML, where another length would move what messages point at.
    const hasServer = ["sh", "ts", "js"].includes(block.language);
    const text = hasServer
      ? block.text.replaceAll(documentedRedis, this.#options.redisUrl ?? documentedRedis)
      : block.text;
    if (block.title !== undefined) return this.#tellFile(block.title, text, block.words);
    await this.#tellCode(block, text);
  }

  /** Compiles every TypeScript file that the story has made, with the snippets. */
  async end(): Promise<void> {
    if (!existsSync(join(this.#cwd, "src")) && this.#snippets.size === 0) return;
    const { exitCode, output } = await this.#compile(this.#snippets, "all");
    if (exitCode !== 0) throw new Error(`The TypeScript of this document does not compile:\n${output}`);
  }

  #tellFile(title: string, text: string, words: readonly string[]): void {
    const path = join(this.#cwd, title);
    if (words.includes("excerpt")) {
      if (!existsSync(path)) throw new Error(`There is no ${title} at this point of the story.`);
      const content = readFileSync(path, "utf8");
      if (!containsExcerpt(content, text)) throw new Error(`${title} does not hold this excerpt, but:\n${content}`);
      return;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  async #tellCode(block: CodeBlock, text: string): Promise<void> {
    const isFailing = block.words.includes("fails");
    switch (block.language) {
      case "sh":
        if (block.words.includes("clone")) return this.#keep(await runClonedCommands(text), isFailing);
        return this.#keep(await this.#runShell(text), isFailing);
      case "ts":
        if (block.isHidden) this.#preamble = text;
        else await this.#tellTypeScript(block, text, isFailing);
        return;
      case "yaml":
        return this.#keep(await this.#validate(block.line, completeYaml(text)), isFailing);
      case "json":
        JSON.parse(text);
        return;
      case "text":
        if (!block.words.includes("drawing")) this.#compareOutput(text);
        return;
    }
  }

  async #tellTypeScript(block: CodeBlock, text: string, isFailing: boolean): Promise<void> {
    const name = `src/line-${block.line}`;
    const snippet = `${this.#preamble}${text}export {};\n`;
    if (isFailing) return this.#keep(await this.#compile(new Map([[`${name}.ts`, snippet]]), "snippets"), true);
    this.#snippets.set(`${name}.ts`, snippet);
    if (!block.words.includes("run")) return;
    this.#keep(await this.#compile(this.#snippets, "all"), false);
    this.#keep(await this.#run("node", ["--disable-warning=ExperimentalWarning", `.docs-out/${name}.js`]), false);
  }

  #keep(result: ProgramResult, isFailing: boolean): void {
    const { exitCode, output } = result;
    this.#last = result;
    if ((exitCode !== 0) === isFailing) return;
    throw new Error(`${isFailing ? "This should fail, but does not" : `This ended with ${exitCode}`}:\n${output}`);
  }

  /** A document shows what a command prints on stdout, or on stderr, or all of it. */
  #compareOutput(shown: string): void {
    if (this.#last === undefined) throw new Error("No command stands before this output.");
    const { stdout, stderr, output } = this.#last;
    const { redisUrl = documentedRedis } = this.#options;
    const printed = [stdout, stderr, output].map((text) => text.replaceAll(redisUrl, documentedRedis));
    if (!printed.some((text) => matchesOutput(text, shown)))
      throw new Error(`The output is another one:\n${printed[2]}`);
  }

  #run(program: string, args: readonly string[]): Promise<ProgramResult> {
    return runProgram(program, args, { cwd: this.#cwd, env: this.#env });
  }

  /** A shell for each block; the folder and the variables pass from one to the next, as in a terminal. */
  async #runShell(script: string): Promise<ProgramResult> {
    const state = `${this.#options.folder}.state`;
    const prelude = `${this.#options.isQuick ? quickNpx : ""}trap '{ pwd; env -0; } > "${state}"' EXIT`;
    const result = await this.#run("bash", ["-ec", `${prelude}\n${script}`]);
    const [cwd = "", ...rest] = readFileSync(state, "utf8").split("\n");
    this.#cwd = cwd;
    const entries = rest
      .join("\n")
      .split("\0")
      .filter((entry) => entry.includes("="));
    this.#env = Object.fromEntries(
      entries.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
    );
    return result;
  }

  #validate(line: number, yaml: string): Promise<ProgramResult> {
    // At the top of the project, from where it may include files that the story has told of.
    const file = join(this.#options.folder, `.docs-line-${line}.cachetory.yaml`);
    writeFileSync(file, yaml);
    return this.#run("node", [join(repository, "generator/bin/cachetory.js"), "validate", "-c", file]);
  }

  /** The snippets are there for the compiler alone, so that they are in nobody's way when the story itself compiles. */
  async #compile(snippets: ReadonlyMap<string, string>, what: "snippets" | "all"): Promise<ProgramResult> {
    const paths = [...snippets.keys()];
    for (const [path, text] of snippets) this.#tellFile(path, text, []);
    this.#tellFile(
      ".docs-tsconfig.json",
      this.#compilerConfig(what === "all" ? { include: ["src"] } : { files: paths }),
      [],
    );
    const result = await this.#run("node", [tscOf("7"), "-p", ".docs-tsconfig.json"]);
    for (const path of paths) rmSync(join(this.#cwd, path));
    return result;
  }

  #compilerConfig(inputs: { readonly include?: readonly string[]; readonly files?: readonly string[] }): string {
    const hasConfig = existsSync(join(this.#cwd, "tsconfig.json"));
    const hasNodeTypes = existsSync(join(this.#cwd, "node_modules/@types/node"));
    return JSON.stringify({
      ...(hasConfig && { extends: "./tsconfig.json" }),
      compilerOptions: {
        ...(!hasConfig && { target: "es2022", module: "nodenext", strict: true }),
        ...(!hasNodeTypes && { types: ["node"], typeRoots: [join(repository, "node_modules/@types")] }),
        rootDir: ".",
        outDir: ".docs-out",
        // A snippet shows names that it does not use.
        noUnusedLocals: false,
        noUnusedParameters: false,
      },
      include: [],
      exclude: [],
      ...inputs,
    });
  }
}

const knownWords: Readonly<Record<string, readonly string[] | undefined>> = {
  ts: ["run", "fails", "excerpt"],
  js: ["excerpt"],
  yaml: ["fails", "excerpt"],
  json: ["excerpt"],
  sh: ["fails", "clone"],
  text: ["drawing", "excerpt"],
  mermaid: [],
};
