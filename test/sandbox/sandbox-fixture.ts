import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach } from "vitest";
import {
  type Sandbox,
  type SandboxContext,
  type SandboxOptions,
  startSandbox,
} from "../../src/sandbox/start-sandbox.ts";

const running: Sandbox[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A sandbox that ends with its test. */
export async function aSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const folder = mkdtempSync(path.join(tmpdir(), "cbctl-sandbox-test-"));
  folders.push(folder);
  const sandbox = await startSandbox({
    scenario: "healthy",
    systems: ["key-breakers", "gateway", "acme"],
    instances: 2,
    timeScale: 1,
    behaveAs: "real",
    pastMs: null,
    prometheus: null,
    alertmanager: null,
    folder,
    signal: new AbortController().signal,
    log: () => undefined,
    ...options,
  });
  running.push(sandbox);
  return sandbox;
}

const listPaths = new Map([
  ["key-breakers", "/api/v1/circuit-breaker/stats"],
  ["gateway", "/api/v1/circuit-breakers"],
  ["acme", "/ops/breakers"],
]);

export function context(sandbox: Sandbox, system: string): SandboxContext {
  const found = sandbox.contexts.find((candidate) => candidate.system === system);
  if (found === undefined) throw new Error(`${system} is not in the sandbox`);
  return found;
}

function credentials({ auth }: SandboxContext): Record<string, string> {
  if (auth === null) return {};
  return "bearer" in auth
    ? { authorization: `Bearer ${auth.bearer}` }
    : { [auth.header.name]: auth.header.value };
}

export async function ask(
  of: SandboxContext,
  instance: number,
  method: string,
  path: string,
  body?: unknown,
) {
  const url = (of.instances[instance] ?? "") + path;
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const reply = await fetch(url, { method, headers: credentials(of), ...sent });
  return { status: reply.status, body: JSON.parse(await reply.text()) };
}

/** Key → state word of the system, as its admin API shows them. */
export async function states(of: SandboxContext, instance = 0): Promise<Record<string, string>> {
  const { body } = await ask(of, instance, "GET", listPaths.get(of.system) ?? "");
  if (of.system === "key-breakers") {
    return Object.fromEntries(
      body.map((shown: { key_id: string; state: string }) => [shown.key_id, shown.state]),
    );
  }
  if (of.system === "gateway") {
    const entries = Object.entries(body.circuit_breakers as Record<string, { state: string }>);
    return Object.fromEntries(entries.map(([key, { state }]) => [key, state]));
  }
  const services: { breakers: { id: string; status: string }[] }[] = body.data.services;
  return Object.fromEntries(
    services.flatMap(({ breakers }) => breakers.map(({ id, status }) => [id, status])),
  );
}

/** Ends the scenario's fault, or sets upstreams. */
export async function setFault(
  of: SandboxContext,
  fault: unknown,
): Promise<{ status: number; body: unknown }> {
  return ask(of, 0, "POST", "/__sandbox/fault", fault);
}
