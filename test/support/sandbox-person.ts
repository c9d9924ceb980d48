import { onTestFinished } from "vitest";
import { cbctl, json, type Ran, temporaryFolder } from "./cbctl.ts";
import { type RunningSandbox, startSandbox } from "./sandbox.ts";

interface WritingRequest {
  readonly method: string;
  readonly path: string;
  readonly requestId: string | null;
}

/** Someone who works in a sandbox of their own, in one of its contexts. */
export interface SandboxPerson {
  readonly home: string;
  readonly sandbox: RunningSandbox;
  /** Admin URLs of the context, an instance each. */
  readonly urls: readonly string[];
  run(...argv: readonly string[]): Promise<Ran>;
  /** What the admin API of an instance was asked to change. */
  writes(url: string): Promise<readonly WritingRequest[]>;
  /** The states of the breakers by group and key, as `status` tells them. */
  states(): Promise<Record<string, string>>;
}

/** Starts a sandbox of one system with two instances, with more of its options where given; it ends with the test. */
export async function personInSandbox(
  system: string,
  scenario: string,
  ...more: readonly string[]
): Promise<SandboxPerson> {
  const home = temporaryFolder();
  const argv = ["--scenario", scenario, "--only", system, "--instances", "2", ...more];
  const sandbox = await startSandbox(home, argv);
  onTestFinished(async () => void (await sandbox.stop()));
  const env = { HOME: home, CBCTL_CONFIG: sandbox.config };
  const run = (...words: readonly string[]) => cbctl(words, { env });
  return {
    home,
    sandbox,
    urls: sandbox.urls[system] ?? [],
    run,
    async writes(url) {
      const told = (await (await fetch(`${url}/__sandbox/requests`)).json()) as { writes: WritingRequest[] };
      return told.writes;
    },
    async states() {
      const { breakers } = json<BreakerStates>(await run("status", "-o", "json"));
      return Object.fromEntries(
        breakers.map(({ group, key, state }) => [group === null ? key : `${group}/${key}`, state]),
      );
    },
  };
}

interface BreakerStates {
  readonly breakers: readonly {
    readonly group: string | null;
    readonly key: string;
    readonly state: string;
  }[];
}
