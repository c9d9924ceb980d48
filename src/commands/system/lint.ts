import { API_VERSION, type LintReport } from "../../domain/answers.ts";
import { EXIT } from "../../domain/errors.ts";
import { defineCommand } from "../command.ts";

export const lint = defineCommand<LintReport>({
  arguments: [
    {
      name: "file",
      description: "documents to check: systems, alert rules or configs",
      variadic: true,
      required: true,
    },
  ],
  answers: ["LintReport"],
  views: { table: async () => (await import("../../views/text/lint-report.ts")).viewLintReport },
  async run({ args, workspace }) {
    const problems = (await Promise.all(args.map((file) => workspace.lint(file)))).flat();
    const errors = problems.filter(({ severity }) => severity === "error").length;
    const answer: LintReport = {
      apiVersion: API_VERSION,
      kind: "LintReport",
      files: args,
      problems,
      errors,
      warnings: problems.length - errors,
    };
    return { answer, exitCode: errors > 0 ? EXIT.usage : EXIT.ok };
  },
});
