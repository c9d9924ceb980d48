import { API_VERSION, type AuditList } from "../../domain/answers.ts";
import { defineCommand } from "../command.ts";

export const list = defineCommand<AuditList>({
  answers: ["AuditList"],
  views: {
    table: async () => (await import("../../views/text/audit.ts")).viewAuditList,
    name: async () => (await import("../../views/text/names.ts")).journalIds,
    csv: async () => (await import("../../views/text/change-csv.ts")).csvOfAuditList,
  },
  async run({ context }) {
    const opened = await context();
    const entries = await (await opened.journal()).entries();
    return { answer: { apiVersion: API_VERSION, kind: "AuditList", context: opened.name, entries } };
  },
});
