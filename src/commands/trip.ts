import { changeCommand } from "./change.ts";

export const trip = changeCommand("trip", [
  "cbctl trip KEY",
  "cbctl trip --group GROUP --dry-run",
  "cbctl trip KEY --yes -o json",
]);
