import { API_VERSION, type TrustReport } from "../domain/answers.ts";
import { reachOf } from "../domain/document-reach.ts";
import { CbctlError } from "../domain/errors.ts";
import { defineCommand } from "./command.ts";

export const trust = defineCommand<TrustReport>({
  arguments: [{ name: "file", description: "a System document", required: true }],
  options: [{ flags: "--yes", description: "trust it without being asked" }],
  description:
    "Trust goes by content: a document that is edited must be trusted again. Without consent it is only shown (6).",
  answers: ["TrustReport"],
  views: { table: async () => (await import("../views/text/trust-report.ts")).viewTrustReport },
  async run(invocation) {
    const { workspace, options, canAsk } = invocation;
    const { path, text, system } = await workspace.systemFile(invocation.args[0] ?? "");
    const report = {
      apiVersion: API_VERSION,
      kind: "TrustReport",
      file: path,
      digest: workspace.trust.digest(text),
      ...reachOf(system),
    } as const;
    if (await workspace.trust.isTrusted(text)) return { answer: { ...report, trusted: true } };
    const consents = options.flag("yes") || (canAsk && (await ask(report, invocation)));
    if (!consents) {
      throw new CbctlError("untrusted", `${path} is not trusted`, {
        reason: `it can do: ${report.changes.join("; ") || "nothing but read"}`,
        hint: "read it, then add --yes",
        where: path,
      });
    }
    await workspace.trust.add(text, path);
    return { answer: { ...report, trusted: true } };
  },
});

async function ask(
  { changes, hosts }: Pick<TrustReport, "changes" | "hosts">,
  { note, confirm }: { note(line: string): void; confirm(question: string): Promise<boolean> },
): Promise<boolean> {
  for (const line of changes) note(`  ${line}`);
  for (const host of hosts) note(`  other host: ${host}`);
  return confirm("Trust it to do this?");
}
