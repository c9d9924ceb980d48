import { CbctlError, EXIT, type ExitCode } from "../domain/errors.ts";
import { parseDuration } from "../domain/vocabulary/duration.ts";
import { quirks } from "../sandbox/quirks.ts";
import { scenarios } from "../sandbox/scenarios/index.ts";
import type { Sandbox, SandboxOptions } from "../sandbox/start-sandbox.ts";
import { sandboxSystemNames } from "../sandbox/systems/sandbox-system.ts";
import { defineTextCommand, type Invocation, type Options } from "./command.ts";
import { readableContexts, writeSandboxConfig } from "./sandbox-config.ts";

/** What runs when nothing is named: few enough to start in a second. */
const USUAL: SandboxOptions["systems"] = ["key-breakers", "gateway", "acme"];

export const sandbox = defineTextCommand({
  options: [
    {
      flags: "--scenario <name>",
      description: "what is wrong in it",
      default: "one-open",
      choices: scenarios.map(({ name }) => name),
    },
    {
      flags: "--only <system>",
      description: `run only this system; without it ${USUAL.join(", ")}`,
      choices: [...sandboxSystemNames],
      repeatable: true,
    },
    { flags: "--instances <count>", description: "replicas of each system", default: "3" },
    {
      flags: "--as <what>",
      description: "behave as the systems' documents say, or as their servers do",
      default: "real",
      choices: ["documented", "real"],
    },
    {
      flags: "--quirk <name>",
      description: "a fault or an oddity besides",
      choices: Object.keys(quirks),
      repeatable: true,
    },
    {
      flags: "--past <duration>",
      description: "write so much of the scenario's past into Prometheus, and raise its alert",
    },
    {
      flags: "--time-scale <scale>",
      description: "let time run faster there, such as 1m=1s",
      default: "1s=1s",
    },
    { flags: "--exec <command>", description: "run this shell command inside, and end with its exit code" },
  ],
  examples: [
    "cbctl sandbox --scenario flapping --past 1h",
    "cbctl sandbox --scenario all-open --time-scale 1m=1s --exec 'cbctl status'",
  ],
  description:
    "Real breakers guard real calls, in this process, on loopback only. Prometheus and Alertmanager run beside them where\nthey are installed. It ends with Ctrl-C, and leaves nothing behind.",
  async text(invocation) {
    const { machine, options, signal } = invocation;
    const folder = await machine.files.makeTemporaryFolder("cbctl-sandbox-");
    const servers = await machine.files.makeTemporaryFolder("cbctl-sandbox-servers-");
    const stopped = new AbortController();
    try {
      const { startSandbox } = await import("../sandbox/start-sandbox.ts");
      const running = await startSandbox(await sandboxOptions(invocation, servers, stopped.signal));
      try {
        const contexts = await readableContexts(invocation, running);
        const config = await writeSandboxConfig(invocation, running, contexts, folder, timeScaleOf(options));
        await Promise.race([running.ready, ended(signal)]);
        signal.throwIfAborted();
        const command = options.text("exec");
        if (command !== null)
          return { answer: "", exitCode: (await runInside(invocation, command, config)) as ExitCode };
        await explain(invocation, running, config);
        await ended(signal);
        return { answer: "", exitCode: EXIT.ok };
      } finally {
        await running.stop();
      }
    } finally {
      stopped.abort();
      await Promise.all([folder, servers].map((each) => machine.files.remove(each)));
    }
  },
});

async function sandboxOptions(
  { machine, options, note }: Invocation,
  folder: string,
  signal: AbortSignal,
): Promise<SandboxOptions> {
  const only = options.list("only") as SandboxOptions["systems"];
  return {
    scenario: options.text("scenario") ?? "one-open",
    systems: only.length > 0 ? only : USUAL,
    instances: Math.max(1, options.count("instances") ?? 3),
    timeScale: timeScaleOf(options),
    behaveAs: (options.text("as") ?? "real") as SandboxOptions["behaveAs"],
    quirks: options.list("quirk") as NonNullable<SandboxOptions["quirks"]>,
    pastMs: options.duration("past"),
    prometheus: await machine.processes.find("prometheus"),
    alertmanager: await machine.processes.find("prometheus-alertmanager"),
    folder,
    signal,
    log: note,
  };
}

/** `1m=1s` is 60: so many seconds pass in the sandbox in one of ours. */
function timeScaleOf(options: Options): number {
  const text = options.text("timeScale") ?? "1s=1s";
  const [there = null, here = null] = text.split("=").map(parseDuration);
  if (there !== null && here !== null && here > 0 && there >= here) return there / here;
  throw new CbctlError("usage", `--time-scale: "${text}" is not such as 1m=1s`, {
    hint: "a minute there in a second here is 1m=1s",
  });
}

/** Runs a command of the user's with the sandbox's config. What to do on Ctrl-C is the command's own business. */
function runInside({ machine, signal }: Invocation, command: string, config: string): Promise<number> {
  return machine.processes.runAttached(["sh", "-c", command], { CBCTL_CONFIG: config }, signal);
}

async function explain({ note, print }: Invocation, running: Sandbox, config: string): Promise<void> {
  await print(`export CBCTL_CONFIG=${config}\n`);
  for (const { name, instances } of running.contexts) note(`  ${name.padEnd(14)} ${instances.join("  ")}`);
  if (running.prometheusUrl !== null) note(`  Prometheus     ${running.prometheusUrl}`);
  if (running.alertmanagerUrl !== null) note(`  Alertmanager   ${running.alertmanagerUrl}`);
  note("Run the export line in another terminal, then try:");
  for (const { name } of running.contexts) note(`  cbctl status --context ${name}`);
  note("Ctrl-C ends the sandbox.");
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
