// Builds dist/: the bundle, and the shipped documents, checked and compiled to JSON. It is made beside the old one and put
// in its place at the end, so that a build neither breaks what runs meanwhile nor leaves half of itself.
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import nodeModule, { createRequire } from "node:module";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { bundle } from "./bundle.mjs";
import { writeThirdParty } from "./third-party.mjs";

const root = join(new URL(".", import.meta.url).pathname, "..");
const finished = join(root, "dist");
const dist = await mkdtemp(join(root, ".dist-"));
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

await bundle(root, dist, {
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "linked",
  logLevel: "warning",
  define: { CBCTL_VERSION: JSON.stringify(version), "import.meta.filename": "__filename" },
});
await compileDocuments("systems");
await compileDocuments("alerts");
await writeThirdParty(root, join(dist, "THIRD-PARTY.txt"));
await copyFile(join(root, "scripts/code-cache.cjs"), join(dist, "code-cache.cjs"));
await replaceFinished();
await keepCompiledCode();

async function compileDocuments(folder) {
  const { compileDocument } = createRequire(import.meta.url)(join(dist, "documents.cjs"))[
    "src/documents/compile.ts"
  ]();
  const target = join(dist, "knowledge", folder);
  await mkdir(target, { recursive: true });
  for (const file of await readdir(join(root, folder))) {
    const { value } = compileDocument(await readFile(join(root, folder, file), "utf8"), `${folder}/${file}`);
    await writeFile(join(target, `${basename(file, ".yaml")}.json`), JSON.stringify(value));
  }
}

/** Only where Node does not keep compiled code by itself. What is kept comes from a run of the finished program. */
async function keepCompiledCode() {
  if (nodeModule.enableCompileCache) return;
  const env = {
    ...process.env,
    XDG_CONFIG_HOME: finished,
    XDG_STATE_HOME: finished,
    XDG_CACHE_HOME: finished,
  };
  await promisify(execFile)(process.execPath, [join(root, "scripts/keep-code.cjs")], { env });
}

async function replaceFinished() {
  const old = `${dist}-old`;
  await rename(finished, old).catch(() => {});
  await rename(dist, finished);
  await rm(old, { recursive: true, force: true });
}
