import type { Context } from "../context.ts";
import type { ExitCode } from "../domain/errors.ts";
import type { Operator } from "../engine/operator.ts";
import type { Host } from "../host/host.ts";
import type { View } from "../views/view.ts";
import type { Workspace } from "../workspace/workspace.ts";

export interface ArgumentSpec {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
  readonly choices?: readonly string[];
}

export interface OptionSpec {
  /** As commander has it: `--hold <duration>`, `--all`, `-A, --all-contexts`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string;
  readonly choices?: readonly string[];
  /** May be given several times. */
  readonly repeatable?: boolean;
}

/** The options of one command line, read by the type they are meant to have. */
export interface Options {
  flag(name: string): boolean;
  /** True when a `--no-…` option was given. */
  off(name: string): boolean;
  text(name: string): string | null;
  list(name: string): readonly string[];
  /** Milliseconds of a duration. @throws CbctlError `usage`. */
  duration(name: string): number | null;
  /** A whole number from zero. @throws CbctlError `usage`. */
  count(name: string): number | null;
}

/** One command line at work: what was typed, and the few things of the world that a command may use. */
export interface Invocation {
  readonly args: readonly string[];
  readonly options: Options;
  /** The context that the command line, the environment or the config names; opened on first use. */
  context(): Promise<Context>;
  /** A context by name. */
  contextNamed(name: string): Promise<Context>;
  readonly workspace: Workspace;
  readonly operator: Operator;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** A person reads the answer as a table at a terminal: what the table shows need not be said on stderr. */
  readonly isShown: boolean;
  /** A line for the person, on stderr. */
  note(line: string): void;
  readonly canAsk: boolean;
  readonly dryRun: boolean;
  readonly reason: string | null;
  readonly incident: string | null;
  confirm(question: string): Promise<boolean>;
  /** Text for stdout before the command ends: of those that stay and serve. */
  print(text: string): Promise<void>;
  /** Programs and files, for the commands that are about them. */
  readonly machine: Pick<Host, "processes" | "files" | "places">;
}

export interface Result<Answer> {
  readonly answer: Answer;
  readonly exitCode?: ExitCode;
}

export const LIST_FORMATS = ["name", "csv"] as const;
export const VERDICT_FORMATS = ["junit", "github"] as const;

export type ExtraFormat = (typeof LIST_FORMATS)[number] | (typeof VERDICT_FORMATS)[number];

/** How an answer is shown, each view loaded when it is asked for. */
export type Views<Answer> = { readonly table: () => Promise<View<Answer>> } & {
  readonly [format in ExtraFormat]?: () => Promise<View<Answer>>;
};

/** A command: everything that is its own. Options, consent, formats, errors and exit codes that all share are the wrapper's. */
export interface CommandSpec<Answer> {
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  readonly examples?: readonly string[];
  readonly description?: string;
  /** Adds the options of every change. */
  readonly changes?: boolean;
  /** The kinds of its answer: names of schemas. */
  readonly answers: readonly string[];
  readonly views: Views<Answer>;
  run(invocation: Invocation): Promise<Result<Answer>>;
}

/** A command whose answer is a text of its own, such as a script or a schema: printed as it is, in no other format. */
export interface TextCommandSpec extends Omit<CommandSpec<string>, "answers" | "views" | "run"> {
  text(invocation: Invocation): Promise<Result<string>>;
}

/** A command whatever its answer: its views are only ever given what its own `run` returned. */
export interface AnswerCommand extends Omit<CommandSpec<unknown>, "views"> {
  readonly views: Views<never>;
}

export type AnyCommand = AnswerCommand | TextCommandSpec;

export function defineCommand<Answer>(spec: CommandSpec<Answer>): CommandSpec<Answer> {
  return spec;
}

export function defineTextCommand(spec: TextCommandSpec): TextCommandSpec {
  return spec;
}
