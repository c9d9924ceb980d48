// Measures the budgets of start-up and of one status, as ratios to an empty Node in the same run: the cases take turns, so
// that load on the machine meets all of them alike. Nothing here fails a build; it prints what held.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeConfig } from "./config.mjs";
import { median, report } from "./report.mjs";
import { startServer } from "./server.mjs";
import { hasPrograms, timeCommand } from "./time-command.mjs";

const RUNS = Math.max(25, Number(process.argv[2] ?? 41));
const BREAKERS = 100;
const cli = fileURLToPath(new URL("../bin/cbctl.js", import.meta.url));

const folder = await mkdtemp(join(tmpdir(), "cbctl-bench-"));
const server = await startServer(BREAKERS);
try {
  const config = await writeConfig(folder, server.url);
  const node = (...args) => [process.execPath, ...args];
  const cases = {
    empty: node("-e", "0"),
    version: node(cli, "--version"),
    help: node(cli, "--help"),
    completion: node(cli, "completion", "bash"),
    flags: node(cli, "status", "--system", "key-breakers", "--admin-url", server.url),
    config: node(cli, "status", "--config", config),
    ...((await hasPrograms("curl", "jq", "column")) && { pipeline: ["sh", "-c", pipelineOf(server.url)] }),
  };
  const times = await measure(cases, folder);
  report(RUNS, [
    { what: "cbctl --version", of: times.version, base: times.empty, than: "node -e 0", must: 1.6, aim: 1.2 },
    { what: "cbctl --help", of: times.help, base: times.empty, than: "node -e 0", must: 1.6, aim: 1.2 },
    {
      what: "cbctl completion bash",
      of: times.completion,
      base: times.empty,
      than: "node -e 0",
      must: null,
      aim: 1.6,
    },
    {
      what: "cbctl status, by flags",
      of: times.flags,
      base: times.empty,
      than: "node -e 0",
      must: 2.4,
      aim: 2.0,
    },
    {
      what: "cbctl status, by config",
      of: times.config,
      base: times.empty,
      than: "node -e 0",
      must: 2.4,
      aim: 2.0,
    },
    ...(times.pipeline
      ? [
          {
            what: "cbctl status",
            of: times.config,
            base: times.pipeline,
            than: "curl | jq | column",
            must: null,
            aim: 1.5,
          },
        ]
      : []),
  ]);
  console.log(`node -e 0: ${median(times.empty).toFixed(1)} ms, ${process.version}`);
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}

/** Milliseconds of each case, its runs spread over the whole measurement; the first round only warms the caches. */
async function measure(cases, home) {
  const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
  for (let run = -1; run < RUNS; run++) {
    for (const [name, command] of Object.entries(cases)) {
      const ms = await timeCommand(command, home);
      if (run >= 0) times[name].push(ms);
    }
  }
  return times;
}

function pipelineOf(url) {
  const rows = ".[] | [.key, .state, (.failure_count | tostring)] | @tsv";
  return `curl -s ${url}/api/v1/circuit-breaker/stats | jq -r '${rows}' | column -t`;
}
