import { API_VERSION, type AuditVerification } from "../../domain/answers.ts";
import { EXIT } from "../../domain/errors.ts";
import { defineCommand } from "../command.ts";

export const verify = defineCommand<AuditVerification>({
  answers: ["AuditVerification"],
  views: { table: async () => (await import("../../views/text/audit.ts")).viewAuditVerification },
  async run({ context }) {
    const opened = await context();
    const { events, faults } = await (await opened.store()).verify();
    const answer: AuditVerification = {
      apiVersion: API_VERSION,
      kind: "AuditVerification",
      file: opened.storePath,
      events,
      faults,
    };
    return { answer, exitCode: faults.length > 0 ? EXIT.bad : EXIT.ok };
  },
});
