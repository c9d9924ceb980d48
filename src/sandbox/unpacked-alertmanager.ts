import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Program } from "./supervised-child.ts";

// Debian's build reads its templates from this folder and has no option for another one.
const builtIn = "/usr/share/prometheus/alertmanager";
const besideItself = ".//./share/prometheus/alertmanager";

/**
 * The Alertmanager to run. Where Debian's package was unpacked but not installed, a copy in `home` that looks for its
 * templates beside itself: the two paths are equally long, so that nothing else in the binary moves.
 */
export function runnableAlertmanager(binary: string, home: string): Program {
  const prefix = path.dirname(path.dirname(path.resolve(binary)));
  const installed = existsSync(path.join(builtIn, "default.tmpl"));
  const unpacked = existsSync(path.join(prefix, besideItself, "default.tmpl"));
  if (installed || !unpacked) return { file: binary, cwd: home };
  const file = path.join(home, "alertmanager");
  const content = readFileSync(binary);
  for (let at = content.indexOf(builtIn); at !== -1; at = content.indexOf(builtIn, at + 1)) {
    content.write(besideItself, at);
  }
  writeFileSync(file, content, { mode: 0o755 });
  return { file, cwd: prefix };
}
