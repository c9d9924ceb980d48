import { API_VERSION, type ContextDetails } from "../../domain/answers.ts";
import { defineCommand } from "../command.ts";
import { authWords, contextRow } from "./context-row.ts";

export const show = defineCommand<ContextDetails>({
  arguments: [{ name: "name", description: "a context; without: the one in use" }],
  answers: ["Context"],
  views: { table: async () => (await import("../../views/text/context.ts")).viewContextDetails },
  async run({ args, workspace, contextNamed, context }) {
    const opened = args[0] === undefined ? await context() : await contextNamed(args[0]);
    const { config, file, name } = opened.named;
    const current = file !== null && (await workspace.config()).config.currentContext === name;
    const answer: ContextDetails = {
      apiVersion: API_VERSION,
      kind: "Context",
      ...contextRow(name, config, current),
      file,
      auth: authWords(config.auth),
      alertmanager: config.alertmanager?.url ?? null,
      inputs: config.inputs,
      upstreams: Object.entries(config.upstreams).map(([key, { health }]) => `${key}: ${health}`),
      store: opened.storePath,
    };
    return { answer };
  },
});
