import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { effects } from "../diff/change.ts";
import { findConfig, initialConfig } from "../generate/find-config.ts";
import type { Host } from "../host.ts";
import type { GivenKey } from "../inspect/given-key.ts";
import { messageOf } from "../message-of.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { packageUrl } from "../own-files.ts";
import type { EnterPhase } from "../timing/phase.ts";
import { timingText } from "../timing/timing-text.ts";
import {
  type ByteForm,
  byteForms,
  type DiffFormat,
  type DiffOptions,
  diffFormats,
  type ReportFormat,
  reportFormats,
} from "./command-options.ts";
import { type CommandResult, type ExitCode, exitCodeOf } from "./command-result.ts";
import { generate } from "./commands/generate.ts";
import { followRun } from "./follow-run.ts";
import { help } from "./help-texts.ts";
import { hasColors } from "./report/has-colors.ts";
import { formatReport } from "./report/report.ts";
import { sourceTexts } from "./report/source-texts.ts";

/** Runs one command line, of which `argv` is what follows the name of the program, and answers the exit code. */
export async function main(argv: readonly string[], host: Host): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = createProgram(host, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    // Help that was asked for ends a run well; what commander refuses it has already said.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    host.stderr.write(internalError(error, host));
    return 2;
  }
}

interface InitFlags {
  readonly config?: string;
  readonly vscode?: boolean;
}

interface CommonOptions {
  readonly config?: readonly string[];
  readonly format?: ReportFormat;
  readonly timing?: boolean;
}

interface KeyFlags {
  readonly param?: readonly string[];
  readonly key?: string;
}

interface InspectFlags extends Pick<CommonOptions, "config">, KeyFlags {
  readonly json?: boolean;
}

interface GetFlags extends InspectFlags {
  readonly url?: string;
}

interface DecodeFlags extends Pick<CommonOptions, "config">, KeyFlags {
  readonly from: ByteForm;
  readonly json?: boolean;
}

interface DiffFlags extends Pick<CommonOptions, "config" | "timing">, Pick<DiffOptions, "failOn"> {
  readonly format: DiffFormat;
}

interface GenerateFlags extends CommonOptions {
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly watch?: boolean;
}

function createProgram(host: Host, finish: (code: ExitCode) => void): Command {
  const program = new Command("cachetory")
    .description("Declare caches in YAML, generate strongly typed cache modules for TypeScript.")
    .version(ownVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .showHelpAfterError("Run cachetory --help for what there is.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      outputError: (text, write) => write(withHint(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText("after", help.program);

  // Each command is loaded when it runs: only `generate` needs the TypeScript compiler.
  program
    .command("init")
    .description("write a small cachetory.yaml to begin with; never overwrites one")
    .option("-c, --config <file>", "the file to write (default: cachetory.yaml)")
    .option(
      "--vscode",
      "recommend the YAML extension in .vscode/extensions.json, where the YAML file is there already too",
    )
    .addHelpText("after", help.init)
    .action(async ({ config, vscode = false }: InitFlags) => {
      const { init } = await import("./commands/init.ts");
      const found = initialConfig(config, host);
      finish(print("file" in found ? init({ ...found, vscode }, host) : resultOf(found), "pretty", host));
    });
  withCommonOptions(program.command("validate"))
    .description("check the YAML file; needs no TypeScript, and writes nothing")
    .addOption(timingOption())
    .addHelpText("after", help.validate)
    .action(async (options: CommonOptions) => {
      const { validate } = await import("./commands/validate.ts");
      finish(await run(options, host, (files, enter) => validate({ files }, host, enter)));
    });
  withCommonOptions(program.command("generate"))
    .description("write the cache modules that the YAML file declares")
    .addOption(new Option("--check", "write nothing; fail where files are missing, outdated or orphaned"))
    .addOption(new Option("--dry-run", "write nothing; list what would be written").conflicts("check"))
    .addOption(
      new Option("--watch", "generate again whenever the YAML or a type changes; Ctrl-C ends").conflicts([
        "check",
        "dryRun",
      ]),
    )
    .addOption(timingOption().conflicts("watch"))
    .addHelpText("after", help.generate)
    .action(async ({ check = false, dryRun = false, watch: isWatching = false, ...options }: GenerateFlags) => {
      if (isWatching) {
        const { watch } = await import("./commands/watch.ts");
        finish(await run(options, host, (files) => watch({ files }, host)));
        return;
      }
      const mode = check ? "check" : dryRun ? "dry-run" : "write";
      finish(await run(options, host, (files, enter) => generate({ files, mode }, host, enter)));
    });
  withKeyOptions(program.command("inspect <cache>"))
    .description("show one cache: its key, the type of its values, and all that holds for it")
    .addOption(configOption())
    .option("--json", "as a JSON object")
    .addHelpText("after", help.inspect)
    .action(async (cache: string, { config, json = false, ...flags }: InspectFlags) => {
      const { inspect } = await import("./commands/inspect.ts");
      const key = keyOf(flags);
      finish(
        await run({ ...(config && { config }) }, host, (files, enter) =>
          inspect({ files, cache, key, json }, host, enter),
        ),
      );
    });
  withKeyOptions(program.command("get <cache>"))
    .description("show an entry that is there, read from the backend of its cache")
    .addOption(configOption())
    .option("--url <url>", "read from this server instead of the declared one")
    .option("--json", "as a JSON object")
    .addHelpText("after", help.get)
    .action(async (cache: string, { config, url, json = false, ...flags }: GetFlags) => {
      const { get } = await import("./commands/get.ts");
      const key = keyOf(flags);
      finish(
        await run({ ...(config && { config }) }, host, (files, enter) =>
          get({ files, cache, key, url, json }, host, enter),
        ),
      );
    });
  withKeyOptions(program.command("decode <cache> <file>"))
    .description("show what bytes are as an entry of a cache; - stands for the standard input")
    .addOption(configOption())
    .addOption(new Option("--from <form>", "how the bytes are written").choices(byteForms).default("raw"))
    .option("--json", "as a JSON object")
    .addHelpText("after", help.decode)
    .action(async (cache: string, file: string, { config, from, json = false, ...flags }: DecodeFlags) => {
      const { decode } = await import("./commands/decode.ts");
      const key = keyOf(flags);
      finish(
        await run({ ...(config && { config }) }, host, (files, enter) =>
          decode({ files, cache, key, file, from, json }, host, enter),
        ),
      );
    });
  program
    .command("diff [ref]")
    .description("show what has changed since a commit, and what becomes of the entries that are there")
    .addOption(configOption())
    .addOption(new Option("--format <format>", "how it is printed, to stdout").choices(diffFormats).default("pretty"))
    .addOption(
      new Option("--fail-on <effect>", "the least effect with which it ends with 1")
        .choices([...effects.slice(1), "never"])
        .default("misses"),
    )
    .addOption(timingOption())
    .addHelpText("after", help.diff)
    .action(async (ref: string | undefined, { format, failOn, ...options }: DiffFlags) => {
      const { diff } = await import("./commands/diff.ts");
      finish(await run(options, host, (files, enter) => diff({ files, ref, format, failOn }, host, enter)));
    });
  program
    .command("schema <cache>")
    .description("print the JSON Schema of the values of a cache")
    .addOption(configOption())
    .addHelpText("after", help.schema)
    .action(async (cache: string, { config }: Pick<CommonOptions, "config">) => {
      const { schema } = await import("./commands/schema.ts");
      finish(await run({ ...(config && { config }) }, host, (files) => schema({ files, cache }, host)));
    });
  return program;
}

function withCommonOptions(command: Command): Command {
  return command
    .addOption(configOption())
    .addOption(
      new Option("--format <format>", "how findings are printed: pretty to stderr, the others to stdout")
        .choices(reportFormats)
        .default("pretty"),
    );
}

/** What is given as an argument too much is mostly meant for an option. */
function withHint(text: string): string {
  if (!text.includes("too many arguments")) return text;
  const isKeyed = /for '(?:inspect|get|decode)'/.test(text);
  const hint = "The YAML file is named with --config";
  return `${text}${hint}${isKeyed ? ", a parameter of the key is given with --param name=value" : ""}.\n`;
}

function withKeyOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--param <name=value>", "a parameter of the key; given once for each")
        .argParser((text: string, before: readonly string[] = []) => [...before, text])
        .conflicts("key"),
    )
    .option("--key <json>", "all parameters of the key, as a JSON object");
}

function keyOf({ param = [], key: json }: KeyFlags): GivenKey {
  return { json, parameters: param };
}

function configOption(): Option {
  return new Option(
    "-c, --config <file>",
    "the YAML file; may be given several times (default: cachetory.yaml, or cachetory.yml, here or in the nearest folder above)",
  ).argParser((file: string, before: readonly string[] = []) => [...before, file]);
}

function timingOption(): Option {
  return new Option("--timing", "tell how long each phase took, and the memory in use at its end");
}

type RunCommand = (
  files: readonly string[],
  enter: EnterPhase,
) => CommandResult | Promise<CommandResult> | AsyncIterable<CommandResult>;

async function run(
  { config, format = "pretty", timing: isTimed = false }: CommonOptions,
  host: Host,
  command: RunCommand,
): Promise<ExitCode> {
  const found = config === undefined ? findConfig(host) : undefined;
  if (found !== undefined && "code" in found) return print(resultOf(found), format, host);
  const files = found === undefined ? (config ?? []).map((file) => resolve(host.cwd, file)) : [found.file];
  const { answer, timing } = await followRun(isTimed, host, (enter) => command([...new Set(files)], enter));
  if (!(Symbol.asyncIterator in answer)) return print({ ...answer, ...(timing && { timing }) }, format, host);
  let exitCode: ExitCode = 0;
  for await (const result of answer) exitCode = print(result, format, host);
  return exitCode;
}

function resultOf(diagnostic: Diagnostic): CommandResult {
  return { diagnostics: [diagnostic], notes: [], exitCode: exitCodeOf([diagnostic]) };
}

function print(
  { diagnostics, notes, exitCode, output: text = "", timing }: CommandResult,
  format: ReportFormat,
  host: Host,
): ExitCode {
  // Annotations name files from the top of the checkout, wherever in it the command runs.
  const folder = format === "github" ? (host.env["GITHUB_WORKSPACE"] ?? host.cwd) : host.cwd;
  const sources = sourceTexts(host.files, folder);
  const report = formatReport(diagnostics, { format, sources, hasColor: hasColors(host.stderr, host.env), timing });
  const output = format === "pretty" ? host.stderr : host.stdout;
  if (report !== "") output.write(report);
  if (text !== "") host.stdout.write(typeof text === "string" ? text : text(timing));
  for (const note of notes) host.stderr.write(note.endsWith("\n") ? note : `${note}\n`);
  if (timing !== undefined && format !== "json" && typeof text === "string") host.stderr.write(timingText(timing));
  return exitCode;
}

function ownVersion(): string {
  const manifest = readFileSync(new URL("package.json", packageUrl), "utf8");
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

function internalError(error: unknown, { env }: Host): string {
  const message = messageOf(error);
  const isDebug = (env["CACHETORY_DEBUG"] ?? "") !== "";
  const stack = isDebug && error instanceof Error ? `${error.stack}\n` : "";
  const more = isDebug ? "" : " CACHETORY_DEBUG=1 shows where it happened.";
  return `cachetory: internal error: ${message}\n${stack}This is a mistake in cachetory: please report it, with your YAML file.${more}\n`;
}
