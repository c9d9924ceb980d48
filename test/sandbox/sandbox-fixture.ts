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
  const url = (of.replicas[instance] ?? "") + path;
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const reply = await fetch(url, { method, headers: credentials(of), ...sent });
  const text = await reply.text();
  const isJson = reply.headers.get("content-type")?.startsWith("application/json");
  return { status: reply.status, headers: reply.headers, body: isJson ? JSON.parse(text) : text };
}

/** Ends the scenario's fault, or sets upstreams. */
export async function setFault(
  of: SandboxContext,
  fault: unknown,
): Promise<{ status: number; body: unknown }> {
  const { status, body } = await ask(of, 0, "POST", "/__sandbox/fault", fault);
  return { status, body };
}
