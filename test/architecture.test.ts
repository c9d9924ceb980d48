import { readdirSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { lintDocument } from "../src/documents/document.ts";

const ROOT = new URL("..", import.meta.url).pathname;

interface Rule {
  /** Folders it may import from. */
  readonly from: readonly string[];
  /** Folders it may name types of. */
  readonly types?: readonly string[];
  /** Folders it may load when they are needed, by `await import(…)`. */
  readonly loads?: readonly string[];
  /** Packages, and built-ins of Node, that live here only. */
  readonly packages?: readonly string[];
}

/**
 * The whole dependency rule. A part is a folder of src/, a file of it, or a file within a folder that may do more than its
 * folder; what a part may import it may also load and name types of.
 */
const RULES: Readonly<Record<string, Rule>> = {
  domain: { from: [] },
  "domain/path.ts": { from: [], packages: ["@jmespath-community/jmespath"] },
  documents: { from: ["domain"], packages: ["yaml", "valibot", "@valibot/to-json-schema"] },
  "documents/promql.ts": { from: ["domain"], packages: ["@prometheus-io/lezer-promql"] },
  dialect: { from: ["domain"] },
  views: { from: ["domain"], packages: ["chalk", "cli-table3"] },
  drivers: { from: ["domain"], types: ["host"] },
  "drivers/store": { from: ["domain"], types: ["host"], packages: ["node:crypto"] },
  engine: { from: ["dialect", "domain"], types: ["drivers"] },
  host: { from: ["domain"], packages: ["undici", "@inquirer/prompts", "node:"] },
  sandbox: { from: [], packages: ["opossum", "cockatiel", "prom-client", "node:"] },
  workspace: { from: ["domain"], types: ["host", "documents"], loads: ["documents"] },
  "context.ts": {
    from: ["dialect", "domain", "drivers", "engine"],
    types: ["host", "workspace"],
  },
  commands: {
    from: ["engine", "domain"],
    types: ["context.ts", "workspace", "host", "views"],
    loads: ["views"],
  },
  "commands/sandbox.ts": { from: ["domain", "sandbox"] },
  "commands/sandbox-config.ts": { from: [], types: ["sandbox", "workspace"] },
  cli: {
    from: ["context.ts", "domain", "views", "workspace", "version.ts", "commands/command.ts"],
    types: ["host", "commands", "engine"],
    loads: ["commands", "documents"],
    packages: ["commander"],
  },
  "cli/commands.ts": { from: [], types: ["commands"], loads: ["commands"] },
  "main.ts": { from: ["cli"], types: ["host"] },
  "start.ts": { from: ["host", "main.ts"] },
  "version.ts": { from: [] },
};

interface Import {
  readonly kind: "value" | "type" | "dynamic";
  /** A path from src/, or a package. */
  readonly of: string;
}

function filesUnder(folder: string, extension: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(extension))
    .sort();
}

const measured = (line: string) => process.stdout.write(`${line}\n`);
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const sources = filesUnder("src", ".ts");
const tests = filesUnder("test", ".ts");

const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?[^;"']*?from\s+"([^"]+)"|^\s*import\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/gm;

function importsOf(file: string): Import[] {
  return [...read(`src/${file}`).matchAll(IMPORT)].map(([, type, from, bare, loaded]) => {
    const of = from ?? bare ?? loaded ?? "";
    const kind = loaded !== undefined ? "dynamic" : type !== undefined ? "type" : "value";
    return { kind, of: of.startsWith(".") ? normalize(join(file, "..", of)) : of };
  });
}

/** The most particular rules first: of the file, of its folders. */
function rulesFor(file: string): [string, Rule][] {
  return Object.entries(RULES)
    .filter(([part]) => file === part || file.startsWith(`${part}/`))
    .sort(([a], [b]) => b.length - a.length);
}

function isAllowed({ kind, of }: Import, part: string, rule: Rule): boolean {
  const isOwn = of === part || of.startsWith(`${part.split("/")[0]}/`);
  if (isOwn && !part.endsWith(".ts")) return true;
  const folders = [
    ...rule.from,
    ...(kind === "type" ? [...(rule.types ?? []), ...(rule.loads ?? [])] : []),
    ...(kind === "dynamic" ? (rule.loads ?? []) : []),
  ];
  if (sources.includes(of)) return folders.some((folder) => of === folder || of.startsWith(`${folder}/`));
  return (rule.packages ?? []).some((name) => of === name || (name.endsWith(":") && of.startsWith(name)));
}

describe("the dependency rule", () => {
  test.each(sources)("%s imports only what its folder may", (file) => {
    const rules = rulesFor(file);
    expect(rules.length, "no rule for this folder").toBeGreaterThan(0);
    const forbidden = importsOf(file).filter(
      (each) => !rules.some(([part, rule]) => isAllowed(each, part, rule)),
    );
    expect(forbidden).toEqual([]);
  });

  test("no rule speaks of what does not exist", () => {
    const parts = Object.entries(RULES).flatMap(([part, { from, types = [], loads = [] }]) => [
      part,
      ...from,
      ...types,
      ...loads,
    ]);
    const known = (part: string) => sources.some((file) => file === part || file.startsWith(`${part}/`));
    expect(parts.filter((part) => !known(part))).toEqual([]);
  });

  test.each([
    { file: "domain/x.ts", of: "engine/journal.ts", kind: "type", allowed: false },
    { file: "domain/x.ts", of: "node:fs", kind: "value", allowed: false },
    { file: "engine/x.ts", of: "drivers/calls/driver.ts", kind: "type", allowed: true },
    { file: "engine/x.ts", of: "drivers/calls/driver.ts", kind: "value", allowed: false },
    { file: "commands/status.ts", of: "views/text/status.ts", kind: "dynamic", allowed: true },
    { file: "commands/status.ts", of: "views/text/status.ts", kind: "value", allowed: false },
    { file: "commands/status.ts", of: "sandbox/start-sandbox.ts", kind: "dynamic", allowed: false },
    { file: "commands/sandbox.ts", of: "sandbox/start-sandbox.ts", kind: "dynamic", allowed: true },
    { file: "sandbox/x.ts", of: "dialect/answers.ts", kind: "type", allowed: false },
    { file: "host/x.ts", of: "node:fs", kind: "value", allowed: true },
    { file: "views/x.ts", of: "undici", kind: "dynamic", allowed: false },
  ] as const)("the rule itself: $file, $kind import of $of: $allowed", ({ file, of, kind, allowed }) => {
    expect(rulesFor(file).some(([part, rule]) => isAllowed({ kind, of }, part, rule))).toBe(allowed);
  });
});

describe("the shape of the code", () => {
  const lengths = (folder: string, files: readonly string[]) =>
    files.map((file) => ({
      file: `${folder}/${file}`,
      lines: read(`${folder}/${file}`).split("\n").length - 1,
    }));
  const code = lengths("src", sources);
  const all = [...code, ...lengths("test", tests)];

  test("no file is longer than 300 lines", () => {
    expect(all.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test("the median file of src is under 110 lines", () => {
    const sorted = code.map(({ lines }) => lines).sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    measured(`src has ${code.length} files of ${median} lines in the median`);
    expect(median).toBeLessThan(110);
  });

  test("comments are under a tenth of the lines", () => {
    const lines = sources.flatMap((file) => read(`src/${file}`).split("\n"));
    const comments = lines.filter((line) => /^\s*(?:\/\/|\/\*|\*)/.test(line));
    measured(`${((100 * comments.length) / lines.length).toFixed(1)} % of its lines are comments`);
    expect(comments.length / lines.length).toBeLessThan(0.1);
  });

  test("there are at least 1.2 lines of test for each line of code", () => {
    const sum = (files: readonly { lines: number }[]) => files.reduce((total, { lines }) => total + lines, 0);
    const ratio = sum(lengths("test", tests)) / sum(code);
    measured(`${ratio.toFixed(2)} lines of test stand against each line of code`);
    expect(ratio).toBeGreaterThanOrEqual(1.2);
  });

  test("no folder is a drawer for anything", () => {
    const folders = all.flatMap(({ file }) => file.split("/").slice(0, -1));
    expect(
      folders.filter((name) => /^(utils?|helpers?|common|shared|misc|lib|managers?)$/.test(name)),
    ).toEqual([]);
  });

  test("names are in kebab case", () => {
    const names = all.flatMap(({ file }) => file.split("/"));
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test)?(\.ts)?$/.test(name))).toEqual([]);
  });

  test.each([
    { what: "default exports", pattern: /^export default/m },
    { what: "enums", pattern: /^\s*(?:export )?(?:const )?enum /m },
    {
      what: "classes that are no errors",
      pattern: /^\s*(?:export )?(?:abstract )?class (?!\w+ extends \w*Error)/m,
    },
  ])("src has no $what", ({ pattern }) => {
    const withoutComments = (file: string) =>
      read(`src/${file}`).replace(/\/\*[\s\S]*?\*\/|\/\/.*|"[^"\n]*"/g, "");
    expect(sources.filter((file) => pattern.test(withoutComments(file)))).toEqual([]);
  });

  test("no test replaces a module", () => {
    const replaces = new RegExp(["vi", String.raw`\.(?:do)?[mM]ock\(`].join(""));
    expect(tests.filter((file) => replaces.test(read(`test/${file}`)))).toEqual([]);
  });
});

describe("the knowledge", () => {
  const documents = ["systems", "alerts"].flatMap((folder) =>
    filesUnder(folder, ".yaml").map((file) => `${folder}/${file}`),
  );

  test.each(documents)("%s has no problem", (path) => {
    expect(lintDocument(read(path), path)).toEqual([]);
  });
});
