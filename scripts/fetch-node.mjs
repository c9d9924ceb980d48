import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Installs the newest Node of a major version into a folder of its own, without scripts. @returns its program. */
export async function fetchNode(major, folder) {
  const name = `node-${process.platform}-${process.arch}`;
  const home = join(folder, `node-${major}`);
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "package.json"), JSON.stringify({ private: true }));
  await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", `${name}@${major}`], {
    cwd: home,
  });
  return join(home, "node_modules", name, "bin/node");
}
