import { confirm, input, select } from "@inquirer/prompts";
import { CbctlError } from "../domain/errors.ts";
import type { Prompts } from "./host.ts";
import { interruptionOf } from "./interruption.ts";

export interface PromptStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  readonly redact: (text: string) => string;
}

type Asking = {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
};

/** Names of the errors that mean "no answer will come". */
const NO_ANSWER: ReadonlySet<string> = new Set(["ExitPromptError", "AbortPromptError", "CancelPromptError"]);

/** Prompts drawn on standard error, so that standard output stays the answer alone. */
export function inquirerPrompts(streams: PromptStreams): Prompts {
  const { redact } = streams;
  return {
    confirm: (message) =>
      ask(streams, (asking) => confirm({ message: redact(message), default: false }, asking)),
    input: (message) => ask(streams, (asking) => input({ message: redact(message) }, asking)),
    select: (message, choices) =>
      ask(streams, (asking) =>
        select(
          {
            message: redact(message),
            choices: choices.map(({ name, value }) => ({ name: redact(name), value })),
          },
          asking,
        ),
      ),
  };
}

async function ask<T>(
  { stdin, stderr, signal }: PromptStreams,
  prompt: (asking: Asking) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw interruptionOf(signal);
  if (stdin.readableEnded || stdin.destroyed) throw endOfInput();
  const controller = new AbortController();
  const stop = (error: CbctlError) => controller.abort(error);
  const onAbort = () => stop(interruptionOf(signal));
  const stopWatching = watchForEnd(stdin, () => stop(endOfInput()));
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await prompt({ input: stdin, output: stderr, signal: controller.signal });
  } catch (error) {
    if (error instanceof Error && NO_ANSWER.has(error.name)) throw interruptionOf(controller.signal);
    throw error;
  } finally {
    signal.removeEventListener("abort", onAbort);
    stopWatching();
  }
}

/** The prompt itself would wait for ever: at the end of input, and after Ctrl-D, which only pauses the stream. */
function watchForEnd(stdin: NodeJS.ReadStream, onEnd: () => void): () => void {
  const onKey = (_: unknown, key?: { readonly name?: string; readonly ctrl?: boolean }) => {
    if (key?.ctrl && key.name === "d") setImmediate(() => stdin.isPaused() && onEnd());
  };
  const events = ["end", "close", "error"];
  for (const event of events) stdin.on(event, onEnd);
  stdin.on("keypress", onKey);
  return () => {
    for (const event of events) stdin.off(event, onEnd);
    stdin.off("keypress", onKey);
  };
}

function endOfInput(): CbctlError {
  return new CbctlError("interrupted", "no answer was given", { reason: "standard input has ended" });
}
