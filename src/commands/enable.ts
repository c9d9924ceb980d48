import { changeCommand } from "./change.ts";

export const enable = changeCommand("enable", [
  "cbctl enable KEY",
  "cbctl enable --group GROUP --dry-run",
  "cbctl enable KEY --yes -o json",
]);
