// Builds dist/: our code in one CommonJS file, every heavy package in a file of its own that is read when it is first
// used, the sandbox apart (it shares nothing with the rest), and the shipped documents checked and compiled to JSON.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { build } from "esbuild";

const root = new URL("..", import.meta.url).pathname;
const dist = join(root, "dist");
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

/** Packages that a command may never need; the value is what they export. */
const APART = {
  "@inquirer/prompts": "named",
  "@jmespath-community/jmespath": "named",
  "@valibot/to-json-schema": "named",
  chalk: "default",
  "cli-table3": "default",
  undici: "named",
  valibot: "named",
  yaml: "named",
};

const common = {
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "linked",
  logLevel: "warning",
  define: { CBCTL_VERSION: JSON.stringify(version), "import.meta.filename": "__filename" },
};

const apart = {
  name: "apart",
  setup({ onResolve }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path }) =>
      Object.hasOwn(APART, path) ? { path: `./${fileOf(path)}`, external: true } : undefined,
    );
    onResolve({ filter: /\/sandbox\/start-sandbox\.ts$/ }, () => ({ path: "./sandbox.cjs", external: true }));
  },
};

await rm(dist, { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: [join(root, "src/start.ts")],
    outfile: join(dist, "cbctl.cjs"),
    plugins: [apart],
  }),
  build({
    ...common,
    entryPoints: [join(root, "src/sandbox/start-sandbox.ts")],
    outfile: join(dist, "sandbox.cjs"),
  }),
  build({
    ...common,
    entryPoints: [join(root, "src/documents/compile.ts")],
    outfile: join(dist, "compile.cjs"),
  }),
  ...Object.entries(APART).map(([name, exported]) => buildPackage(name, exported)),
]);
await compileDocuments("systems");
await compileDocuments("alerts");
await rm(join(dist, "compile.cjs"));

function fileOf(name) {
  return `packages/${name.replace(/^@/, "").replaceAll("/", "-")}.cjs`;
}

function buildPackage(name, exported) {
  const contents = exported === "default" ? `export { default } from "${name}";` : `export * from "${name}";`;
  return build({ ...common, stdin: { contents, resolveDir: root }, outfile: join(dist, fileOf(name)) });
}

async function compileDocuments(folder) {
  const { compileDocument } = createRequire(import.meta.url)(join(dist, "compile.cjs"));
  const target = join(dist, "knowledge", folder);
  await mkdir(target, { recursive: true });
  for (const file of await readdir(join(root, folder))) {
    const { value } = compileDocument(await readFile(join(root, folder, file), "utf8"), `${folder}/${file}`);
    await writeFile(join(target, `${basename(file, ".yaml")}.json`), JSON.stringify(value));
  }
}
