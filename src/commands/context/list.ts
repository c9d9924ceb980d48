import { API_VERSION, type ContextList } from "../../domain/answers.ts";
import { defineCommand } from "../command.ts";
import { contextRow } from "./context-row.ts";

export const list = defineCommand<ContextList>({
  answers: ["ContextList"],
  views: {
    table: async () => (await import("../../views/text/context.ts")).viewContextList,
    name: async () => (await import("../../views/text/names.ts")).contextNames,
    csv: async () => (await import("../../views/text/catalogue-csv.ts")).csvOfContextList,
  },
  async run({ workspace, note }) {
    const { config, path, exists } = await workspace.config();
    if (!exists) note(`there is no config file ${path}; cbctl context add NAME makes one`);
    const contexts = Object.entries(config.contexts).map(([name, context]) =>
      contextRow(name, context, name === config.currentContext),
    );
    return { answer: { apiVersion: API_VERSION, kind: "ContextList", file: exists ? path : null, contexts } };
  },
});
