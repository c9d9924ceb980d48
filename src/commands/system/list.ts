import { API_VERSION, type SystemList } from "../../domain/answers.ts";
import { defineCommand } from "../command.ts";
import { systemRow } from "./system-row.ts";

export const list = defineCommand<SystemList>({
  answers: ["SystemList"],
  views: {
    table: async () => (await import("../../views/text/system.ts")).viewSystemList,
    name: async () => (await import("../../views/text/names.ts")).systemNames,
    csv: async () => (await import("../../views/text/catalogue-csv.ts")).csvOfSystemList,
  },
  async run({ workspace }) {
    const systems = (await workspace.systems.list()).map(systemRow);
    return { answer: { apiVersion: API_VERSION, kind: "SystemList", systems } };
  },
});
