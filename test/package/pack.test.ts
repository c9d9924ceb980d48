import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url).pathname;
const MANIFEST = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")) as {
  version: string;
  dependencies: Record<string, string>;
};

let folder: string;
let installed: string;

/** What npm does on installing a tarball, without a registry: no dependency is fetched, so none can be needed. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cbctl-pack-"));
  const args = ["pack", "--ignore-scripts", "--pack-destination", folder];
  execFileSync("npm", args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  const [tarball = ""] = readdirSync(folder);
  installed = join(folder, "node_modules/cbctl");
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  mkdirSync(installed);
  execFileSync("tar", ["-xzf", join(folder, tarball), "--strip-components=1", "-C", installed]);
  symlinkSync("../cbctl/bin/cbctl.js", join(folder, "node_modules/.bin/cbctl"));
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cbctl(...argv: string[]): string {
  const env = { PATH: process.env.PATH ?? "", HOME: folder };
  return execFileSync(process.execPath, [join(folder, "node_modules/.bin/cbctl"), ...argv], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
}

test("the installed package tells its version", () => {
  expect(cbctl("--version")).toBe(`${MANIFEST.version}\n`);
});

test.each([
  {
    argv: ["system", "list", "-o", "name"],
    says: /^acme\nagent-breakers\ngateway\nkey-breakers\nrouter-extensions\nservice-metrics\nupdog\n$/,
  },
  { argv: ["system", "show", "gateway", "-o", "yaml"], says: /^kind: SystemDetails$/m },
  { argv: ["schema", "System"], says: /"title": "System"/ },
  { argv: ["completion", "bash"], says: /complete .*-F _cbctl cbctl/ },
  { argv: ["help", "exit-codes"], says: /130 +interrupted/ },
  { argv: ["sandbox", "--only", "acme", "--exec", "echo inside"], says: /^inside$/m },
])("the installed package runs cbctl $argv", ({ argv, says }) => {
  expect(cbctl(...argv)).toMatch(says);
});

test("the package holds what users need, and nothing of the workshop", () => {
  const held = readdirSync(installed);
  expect(held).toEqual(
    expect.arrayContaining([
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
      "systems",
      "alerts",
      "completions",
      "docs",
    ]),
  );
  expect(
    held.filter((name) => ["src", "test", "scripts", "node_modules", ".parts", "bench"].includes(name)),
  ).toEqual([]);
  expect(existsSync(join(installed, "docs/schemas/System.json"))).toBe(true);
});

test.each(Object.entries(MANIFEST.dependencies))(
  "the licence of %s %s is in the package",
  (name, version) => {
    const text = readFileSync(join(installed, "dist/THIRD-PARTY.txt"), "utf8");
    expect(text).toMatch(new RegExp(`^${name} ${version}\nlicence: \\S+\nsource: \\S+\n\n\\S`, "m"));
  },
);

test("every dependency is pinned exactly", () => {
  expect(Object.values(MANIFEST.dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual(
    [],
  );
});

test("the lock file names the packages of every platform, as npm ci demands", () => {
  const { packages } = JSON.parse(readFileSync(`${ROOT}package-lock.json`, "utf8")) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const optional = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies),
  );
  expect(optional.filter((name) => !(`node_modules/${name}` in packages))).toEqual([]);
});
