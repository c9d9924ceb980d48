import { changeCommand } from "./change.ts";

export const reset = changeCommand("reset", [
  "cbctl reset KEY",
  "cbctl reset --group GROUP --dry-run",
  "cbctl reset KEY --yes -o json",
]);
