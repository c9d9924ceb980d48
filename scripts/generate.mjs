// Writes the files that are made from the code: completions, schemas, the command reference, the README's tables.
// With --check it writes nothing, names those that are stale and fails.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadTypeScript } from "./load-typescript.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const checkOnly = process.argv.includes("--check");

const { generatedFiles } = await loadTypeScript(join(root, "scripts/generated-files.ts"));
const files = await generatedFiles(await readFile(join(root, "README.md"), "utf8"));
const stale = [];
for (const [path, text] of Object.entries(files)) {
  const before = await readFile(join(root, path), "utf8").catch(() => null);
  if (before !== text) stale.push(path);
}
const left = (await readdir(join(root, "docs/schemas")).catch(() => []))
  .map((name) => `docs/schemas/${name}`)
  .filter((path) => !(path in files));

if (checkOnly) {
  if (stale.length + left.length > 0) {
    console.error(`stale, mend with \`npm run generate\`: ${[...stale, ...left].join(", ")}`);
    process.exitCode = 1;
  }
} else {
  for (const path of stale) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), files[path]);
    console.log(`wrote ${path}`);
  }
  for (const path of left) await rm(join(root, path));
}
