import { defineTextCommand } from "./command.ts";

export const schema = defineTextCommand({
  arguments: [
    {
      name: "kind",
      description: "of a document (System, AlertRule, Config) or an answer (BreakerList …)",
      required: true,
    },
  ],
  examples: ["cbctl schema System > system.schema.json"],
  async text({ args, workspace }) {
    return { answer: `${JSON.stringify(await workspace.schema(args[0] ?? ""), null, 2)}\n` };
  },
});
