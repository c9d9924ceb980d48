import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import type { BreakerList } from "../../src/domain/answers.ts";
import { type AdminServer, keyBreaker } from "./admin-server.ts";
import { cbctl, json, type Ran, temporaryFolder } from "./cbctl.ts";
import { listing } from "./key-breakers.ts";

type Environment = Readonly<Record<string, string>>;

const ELSEWHERE = ["--system", "key-breakers", "--admin-url", "https://ops.example.com/eu"];

/** A user with a home folder of their own. */
export interface OwnHome {
  readonly home: string;
  /** Where their config is, if there is one. */
  readonly file: string;
  run(argv: readonly string[], env?: Environment): Promise<Ran>;
  /** Adds a context with `context add`. */
  add(name: string, ...more: readonly string[]): Promise<Ran>;
  /** @returns the path. */
  writeConfig(text: string, path?: string): string;
  /** The keys that `status` lists, joined; it must end well and quietly. */
  keysShown(argv: readonly string[], env?: Environment): Promise<string>;
}

export function ownHome(): OwnHome {
  const home = temporaryFolder();
  const file = join(home, "config/cbctl/config.yaml");
  const run: OwnHome["run"] = (argv, env = {}) => cbctl(argv, { env: { HOME: home, ...env } });
  return {
    home,
    file,
    run,
    add: (name, ...more) => run(["context", "add", name, ...ELSEWHERE, ...more]),
    writeConfig(text, path = file) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
    async keysShown(argv, env = {}) {
      const ran = await run(["status", "-o", "json", ...argv], env);
      expect([ran.code, ran.stderr]).toEqual([0, ""]);
      return json<BreakerList>(ran)
        .breakers.map(({ key }) => key)
        .join();
    },
  };
}

/** A config of key-breakers contexts, each at a URL. */
export function configOf(contexts: Readonly<Record<string, string>>, current?: string): string {
  const entries = Object.entries(contexts).map(
    ([name, url]) => `  ${name}: { system: key-breakers, instances: '${url}' }`,
  );
  const chosen = current === undefined ? [] : [`current-context: ${current}`];
  return ["apiVersion: cbctl.dev/v1", "kind: Config", ...chosen, "contexts:", ...entries, ""].join("\n");
}

/** A server with one breaker, by which it is known. */
export function named(key: string): Promise<AdminServer> {
  return listing([keyBreaker(key, "closed")]);
}
