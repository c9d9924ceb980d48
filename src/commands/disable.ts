import { changeCommand } from "./change.ts";

export const disable = changeCommand("disable", [
  "cbctl disable KEY",
  "cbctl disable --group GROUP --dry-run",
  "cbctl disable KEY --yes -o json",
]);
