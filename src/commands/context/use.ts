import { API_VERSION, type ContextList } from "../../domain/answers.ts";
import { defineCommand } from "../command.ts";
import { contextRow } from "./context-row.ts";
import { list } from "./list.ts";

export const use = defineCommand<ContextList>({
  arguments: [{ name: "name", description: "a context of the config", required: true }],
  answers: ["ContextList"],
  views: list.views,
  async run({ args, workspace }) {
    const [name = ""] = args;
    await workspace.useContext(name);
    const { config, path } = await workspace.config();
    const contexts = Object.entries(config.contexts).map(([each, context]) =>
      contextRow(each, context, each === name),
    );
    return { answer: { apiVersion: API_VERSION, kind: "ContextList", file: path, contexts } };
  },
});
