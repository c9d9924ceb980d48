import { API_VERSION, type AuditExport } from "../../domain/answers.ts";
import { defineCommand } from "../command.ts";

export const exportAudit = defineCommand<AuditExport>({
  answers: ["AuditExport"],
  views: {
    table: async () => (await import("../../views/text/audit.ts")).viewAuditList,
    csv: async () => (await import("../../views/text/change-csv.ts")).csvOfAuditList,
  },
  async run({ context, now }) {
    const opened = await context();
    const entries = await (await opened.journal()).entries();
    const answer: AuditExport = {
      apiVersion: API_VERSION,
      kind: "AuditExport",
      context: opened.name,
      exportedAt: new Date(now()).toISOString(),
      by: opened.actor,
      entries,
    };
    return { answer };
  },
});
