import { changeCommand } from "./change.ts";

export const release = changeCommand("release", [
  "cbctl release KEY",
  "cbctl release --group GROUP --dry-run",
  "cbctl release KEY --yes -o json",
]);
