import { CbctlError } from "../domain/errors.ts";
import type { Prompts } from "./host.ts";
import { lazily } from "./lazily.ts";
import type { PromptStreams } from "./prompts-inquirer.ts";

/** Asks only where someone can answer; what draws the questions is loaded with the first one. */
export function createPrompts(canAsk: () => boolean, streams: () => PromptStreams): Prompts {
  const load = lazily(async () => (await import("./prompts-inquirer.ts")).inquirerPrompts(streams()));
  const ask = () => (canAsk() ? load() : Promise.reject(nobody()));
  return {
    confirm: async (message) => (await ask()).confirm(message),
    input: async (message) => (await ask()).input(message),
    select: async (message, choices) => (await ask()).select(message, choices),
  };
}

function nobody(): CbctlError {
  return new CbctlError("no-consent", "nobody can be asked", {
    reason: "standard input and standard error are not both a terminal",
    hint: "give the answer as an option",
  });
}
