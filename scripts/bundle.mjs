// Bundles src/ into a few CommonJS files, each read when something in it is first needed. esbuild can only split ESM, whose
// loader costs more than the bundle saves, so modules are assigned to files here: what every start needs, what most
// commands need, and one file for each heavy package and the half-module in front of it.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";

const ENTRY = "src/start.ts";

/** What `status` comes to load, which is the command whose start is budgeted: a file of its own, with nothing else in it. */
const STATUS = [
  "src/cli/declare.ts",
  "src/cli/run-command.ts",
  "src/commands/status.ts",
  "src/drivers/calls/http.ts",
  "src/host/http-builtin.ts",
  "src/views/text/status.ts",
];

/** Modules that stand apart with all that only they import, by the file they go to. */
const APART = {
  "documents.cjs": (id) => id.startsWith("src/documents/") && !/\/(answers|schema)/.test(id),
  "schemas.cjs": (id) => id.startsWith("src/documents/"),
  "http-undici.cjs": (id) => id === "src/host/http-undici.ts",
  "prompts.cjs": (id) => id === "src/host/prompts-inquirer.ts",
  "boxed-table.cjs": (id) => id === "src/views/text/boxed-table.ts",
  "paint.cjs": (id) => id === "src/views/text/paint-chalk.ts",
  "sandbox.cjs": (id) => id.startsWith("src/sandbox/"),
};

/** Node's own modules and packages that a command may never call: read at their first use, not at the first mention. */
const READ_ON_USE =
  /require\("((?:node:)?(?:child_process|crypto|fs|fs\/promises|http|https|net|os|tls|url|zlib)|\.\/jmespath\.cjs)"\)/g;

export async function bundle(root, outdir, options) {
  const graph = await importGraph(root, options);
  const atStart = staticallyImported(graph, [ENTRY]);
  const atStatus = staticallyImported(graph, STATUS);
  const fileOf = (id) => {
    if (atStart.has(id)) return "cbctl.cjs";
    if (atStatus.has(id)) return "status.cjs";
    return Object.entries(APART).find(([, holds]) => holds(id))?.[0] ?? "commands.cjs";
  };
  const files = [...new Set([...graph.keys()].map(fileOf))];
  const jmespath = { contents: 'export * from "@jmespath-community/jmespath";', resolveDir: root };
  await Promise.all([
    ...files.map((file) => bundleFile(root, outdir, file, graph, fileOf, options)),
    build({ ...options, stdin: jmespath, outfile: join(outdir, "jmespath.cjs") }),
  ]);
}

/** Every module of ours, and what it imports: `{ id, dynamic }`. */
async function importGraph(root, options) {
  const { metafile } = await build({
    ...options,
    entryPoints: [join(root, ENTRY)],
    absWorkingDir: root,
    outdir: "unwritten",
    write: false,
    metafile: true,
    packages: "external",
  });
  const own = Object.entries(metafile.inputs).map(([id, { imports }]) => [
    id,
    imports
      .filter(({ external }) => !external)
      .map(({ path, kind }) => ({ id: path, dynamic: kind === "dynamic-import" })),
  ]);
  return new Map(own);
}

function staticallyImported(graph, entries) {
  const reached = new Set(entries);
  for (const id of reached) {
    for (const { id: imported, dynamic } of graph.get(id)) if (!dynamic) reached.add(imported);
  }
  return reached;
}

async function bundleFile(root, outdir, file, graph, fileOf, options) {
  const wanted = new Set();
  for (const [id, imports] of graph) {
    for (const { id: imported } of imports) {
      if (fileOf(id) !== file && fileOf(imported) === file) wanted.add(imported);
    }
  }
  const start = file === "cbctl.cjs" ? `start: (...given) => require("./${ENTRY}").start(...given),` : "";
  const modules = [...wanted].sort().map((id) => `${JSON.stringify(id)}: () => require("./${id}"),`);
  const { outputFiles } = await build({
    ...options,
    stdin: { contents: `module.exports = {${start}${modules.join("")}};`, resolveDir: root },
    outfile: join(outdir, file),
    write: false,
    plugins: [elsewhere(root, (id) => (fileOf(id) === file ? null : fileOf(id)))],
  });
  await Promise.all(outputFiles.map((output) => writeOutput(output)));
}

async function writeOutput({ path, text }) {
  await mkdir(dirname(path), { recursive: true });
  const lazily = "const readOnUse=(name)=>new Proxy({},{get:(_,key)=>require(name)[key]});";
  const code = path.endsWith(".cjs") ? lazily + text.replace(READ_ON_USE, 'readOnUse("$1")') : text;
  await writeFile(path, code);
}

/** Imports of a module that another file holds become a look into that file. */
function elsewhere(root, otherFile) {
  return {
    name: "elsewhere",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /./, namespace: "elsewhere" }, ({ path }) => ({ path, external: true }));
      onResolve({ filter: /^@jmespath-community/ }, () => ({ path: "./jmespath.cjs", external: true }));
      onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir }) => {
        const id = relative(root, resolve(resolveDir, path));
        const file = otherFile(id);
        return file === null ? undefined : { path: id, namespace: "elsewhere", pluginData: file };
      });
      onLoad({ filter: /.*/, namespace: "elsewhere" }, ({ path, pluginData }) => ({
        contents: `module.exports = require("./${pluginData}")[${JSON.stringify(path)}]();`,
      }));
    },
  };
}
