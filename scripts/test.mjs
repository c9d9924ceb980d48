// Everything that must hold, in one run: build, parts, checks, tests, and after them that every command and option was run
// end to end. Each check counts as one test; the last line is the sum. --long repeats the counted tests in full, and all
// tests on each supported Node.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchNode } from "./fetch-node.mjs";
import { runStep } from "./run-step.mjs";
import { runTests } from "./run-tests.mjs";

const NODES = [20, 22, 24];
const CHECKS = [
  ["formatted and linted", ["npx", "biome", "ci", "."]],
  ["types", ["npx", "tsc", "--noEmit"]],
  ["nothing unused", ["npx", "knip"]],
  ["package", ["npx", "publint", "--strict"]],
  ["generated files are fresh", ["npm", "run", "generate", "--", "--check"]],
];

const long = process.argv.includes("--long");
const scratch = await mkdtemp(join(tmpdir(), "cbctl-tests-"));
const sum = { passed: 0, failed: 0 };
const add = ({ passed, failed }) => {
  sum.passed += passed;
  sum.failed += failed;
};

try {
  const built = await runStep("build", [process.execPath, "scripts/build.mjs"]);
  add(built);
  add(await runStep("parts", [process.execPath, "scripts/parts.mjs"]));
  for (const [name, command] of CHECKS) add(await runStep(name, command));
  if (built.failed === 0) {
    for (const node of await nodes()) add(await runTests(node, scratch, long));
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
process.exitCode = sum.failed > 0 ? 1 : 0;
console.log(`${sum.passed} passed, ${sum.failed} failed`);

/** The Node that runs this; with --long one of each supported line. */
async function nodes() {
  if (!long) return [process.execPath];
  const running = Number.parseInt(process.versions.node, 10);
  return Promise.all(
    NODES.map((major) => (major === running ? process.execPath : fetchNode(major, scratch))),
  );
}
