import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { part } from "./parts.ts";

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "cbctl-leaves-"));
  const options = {
    scenario: "all-open",
    systems: ["key-breakers", "gateway", "acme"],
    instances: 2,
    timeScale: 60,
    behaveAs: "real",
    pastMs: 600_000,
    prometheus: part("prometheus"),
    alertmanager: part("prometheus-alertmanager"),
    folder,
  };
  await build({
    stdin: {
      contents: `
        import { startSandbox } from ${JSON.stringify(path.resolve("src/sandbox/start-sandbox.ts"))};
        const how = process.argv[2];
        const abort = new AbortController();
        startSandbox({ ...${JSON.stringify(options)}, signal: abort.signal, log: () => undefined }).then(async (sandbox) => {
          if (how !== "at once") await sandbox.ready;
          process.stdout.write("ready\\n");
          if (how === "kill") return;
          if (how === "abort") abort.abort();
          else await sandbox.stop();
        });
      `,
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: "node",
    outfile: path.join(folder, "run.cjs"),
    logLevel: "error",
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Processes whose command line names the folder. */
function stillThere(): string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      } catch {
        return [];
      }
    })
    .filter((command) => command.includes(folder));
}

it.each(["stop", "abort", "at once"])("ends by itself after %s, and its children with it", async (how) => {
  const child = spawn(process.execPath, [path.join(folder, "run.cjs"), how], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  expect(code).toBe(0);
  expect(stillThere()).toEqual([]);
});

it("leaves no Prometheus and no Alertmanager when it is killed with -9", async () => {
  const child = spawn(process.execPath, [path.join(folder, "run.cjs"), "kill"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  expect(stillThere().filter((command) => command.startsWith("sh "))).toHaveLength(4);
  child.kill("SIGKILL");
  await expect.poll(stillThere, { timeout: 10_000 }).toEqual([]);
});
