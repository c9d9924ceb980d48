import { API_VERSION, type AuditEntry } from "../../domain/answers.ts";
import { CbctlError } from "../../domain/errors.ts";
import { defineCommand } from "../command.ts";

export const show = defineCommand<AuditEntry>({
  arguments: [{ name: "id", description: "of a change, or its beginning", required: true }],
  answers: ["AuditEntry"],
  views: { table: async () => (await import("../../views/text/audit.ts")).viewAuditEntry },
  async run({ args, context }) {
    const opened = await context();
    const [id = ""] = args;
    const found = (await (await opened.journal()).entries()).filter(({ intent }) => intent.id.startsWith(id));
    const [entry] = found;
    if (entry === undefined || found.length > 1) {
      throw new CbctlError("unknown-name", entry ? `"${id}" begins several ids` : `no change "${id}"`, {
        hint: "cbctl audit list shows the ids",
      });
    }
    return { answer: { apiVersion: API_VERSION, kind: "AuditEntry", context: opened.name, entry } };
  },
});
