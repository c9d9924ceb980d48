import type { ChangeAnswer } from "../domain/answers.ts";
import { CbctlError } from "../domain/errors.ts";
import { prepareSettings } from "../engine/prepare-change.ts";
import { CHANGE_VIEWS, carryOut, SELECTION_OPTIONS, selectForChange } from "./change.ts";
import { defineCommand } from "./command.ts";

export const patch = defineCommand<ChangeAnswer>({
  arguments: [
    {
      name: "key-or-setting",
      description: "keys or patterns, then NAME=VALUE",
      variadic: true,
      required: true,
    },
  ],
  options: SELECTION_OPTIONS,
  examples: [
    "cbctl patch deepseek-1 failureThreshold=7",
    "cbctl patch --group deepseek openDuration=90s --dry-run",
    "cbctl patch --all timeout=90 --yes --max 40",
  ],
  description:
    "Canonical names take values with their unit (openDuration=90s, failureRateThreshold=60%); a system's own names take a bare\nnumber in its own unit (timeout=90). cbctl system show NAME lists both, with bounds.",
  changes: true,
  answers: ["ChangeResult"],
  views: CHANGE_VIEWS,
  async run(invocation) {
    const assignments = invocation.args.filter((arg) => arg.includes("="));
    const patterns = invocation.args.filter((arg) => !arg.includes("="));
    if (assignments.length === 0) {
      throw new CbctlError("usage", "nothing to set", { hint: "add NAME=VALUE, such as failureThreshold=7" });
    }
    const context = await invocation.context();
    const settings = prepareSettings(context.system, assignments);
    const request = await selectForChange(invocation, context, patterns);
    return carryOut(invocation, context, {
      ...request,
      action: "patch",
      verb: "patch",
      settingsOf: () => settings,
      undoes: null,
    });
  },
});
