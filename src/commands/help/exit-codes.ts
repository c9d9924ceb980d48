import { API_VERSION, type ExitCodeList } from "../../domain/answers.ts";
import { EXIT_CODES } from "../../domain/errors.ts";
import { defineCommand } from "../command.ts";

export const exitCodes = defineCommand<ExitCodeList>({
  answers: ["ExitCodeList"],
  views: { table: async () => (await import("../../views/text/exit-codes.ts")).viewExitCodes },
  async run() {
    return { answer: { apiVersion: API_VERSION, kind: "ExitCodeList", exitCodes: EXIT_CODES } };
  },
});
