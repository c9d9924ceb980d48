import { API_VERSION, type Reconciliation } from "../../domain/answers.ts";
import { EXIT } from "../../domain/errors.ts";
import { reconcileJournal } from "../../engine/reconcile-journal.ts";
import { defineCommand } from "../command.ts";

export const reconcile = defineCommand<Reconciliation>({
  description:
    "Reads the breakers and records what is there; changes nothing.\nEnds with 8 while a result is still not known or not what was asked.",
  answers: ["Reconciliation"],
  views: { table: async () => (await import("../../views/text/audit.ts")).viewReconciliation },
  async run({ context }) {
    const opened = await context();
    const entries = await reconcileJournal(opened);
    const all = entries.every(({ result }) => result !== null && result.applied === result.total);
    const answer: Reconciliation = {
      apiVersion: API_VERSION,
      kind: "Reconciliation",
      context: opened.name,
      entries,
    };
    return { answer, exitCode: all ? EXIT.ok : EXIT.partial };
  },
});
