import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const vitest = join(root, "node_modules/vitest/vitest.mjs");
let runs = 0;

/**
 * Runs all tests on one Node, then those that look at what the others did. @param scratch a folder for reports.
 * @returns how many passed and failed; a file that could not be loaded and a run that broke off count as failed.
 */
export async function runTests(node, scratch, long) {
  runs += 1;
  const commandLines = join(scratch, `command-lines-${runs}`);
  const env = {
    ...process.env,
    PATH: `${dirname(node)}:${process.env.PATH}`,
    CBCTL_COMMAND_LINES: commandLines,
    ...(long && { CBCTL_LONG: "1" }),
  };
  const all = await runVitest(node, env, join(scratch, `all-${runs}.json`));
  const after = await runVitest(node, { ...env, CBCTL_AFTER: "1" }, join(scratch, `after-${runs}.json`));
  return { passed: all.passed + after.passed, failed: all.failed + after.failed };
}

async function runVitest(node, env, report) {
  const args = [vitest, "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const child = spawn(node, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  const code = await new Promise((resolve) => child.on("close", resolve));
  const result = JSON.parse(await readFile(report, "utf8").catch(() => "null"));
  if (result === null) return { passed: 0, failed: 1 };
  const notLoaded = result.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.every(passedOrSkipped),
  ).length;
  const failed = result.numFailedTests + notLoaded;
  return { passed: result.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

function passedOrSkipped({ status }) {
  return status !== "failed";
}
