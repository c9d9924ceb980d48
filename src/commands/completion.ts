import { CbctlError } from "../domain/errors.ts";
import { defineTextCommand } from "./command.ts";

const FILES: Readonly<Record<string, string>> = { bash: "cbctl.bash", zsh: "_cbctl", fish: "cbctl.fish" };

export const completion = defineTextCommand({
  arguments: [
    { name: "shell", description: "the shell to complete in", required: true, choices: Object.keys(FILES) },
  ],
  examples: [
    "source <(cbctl completion bash)",
    "cbctl completion fish > ~/.config/fish/completions/cbctl.fish",
  ],
  async text({ args, machine }) {
    const path = `${machine.places.packageFolder}/completions/${FILES[args[0] ?? ""]}`;
    const script = await machine.files.readText(path);
    if (script !== null) return { answer: script };
    throw new CbctlError("internal", `${path} is missing from this installation`, {
      hint: "install cbctl again",
    });
  },
});
