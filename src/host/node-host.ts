import { homedir, hostname, userInfo } from "node:os";
import { createClock } from "./clock.ts";
import { createFiles } from "./files.ts";
import type { Host } from "./host.ts";
import { createHttp } from "./http-choice.ts";
import { newId } from "./ids.ts";
import { lazily } from "./lazily.ts";
import { placesOf } from "./places.ts";
import { createProcesses } from "./processes.ts";
import { createPrompts } from "./prompts.ts";
import { readSecret } from "./read-secret.ts";
import { createRedactor } from "./secrets.ts";
import { listenForSignals } from "./signals.ts";
import { createTerminal } from "./terminal.ts";

export interface NodeHost {
  readonly host: Host;
  /** Ends idle connections and listens to no signal any more, so that the process can end by itself. */
  dispose(): Promise<void>;
}

/** This machine. Every part is made on its first use, streams included: the start of the program is counted in milliseconds. */
export function createHost(process: NodeJS.Process): NodeHost {
  const { env } = process;
  const crypto = lazily(() => process.getBuiltinModule("node:crypto"));
  const open: (() => unknown)[] = [];
  const redactor = createRedactor();
  const { redact } = redactor;
  const clock = lazily(createClock);
  const files = lazily(createFiles);
  const terminal = lazily(() => createTerminal(process, env, redact));
  const places = lazily(() =>
    placesOf({ env, workingFolder: process.cwd(), home: homedir(), runningFile: import.meta.filename }),
  );
  const signal = lazily(() => {
    const signals = listenForSignals(process);
    open.push(signals.dispose);
    return signals.signal;
  });
  const prompts = lazily(() =>
    createPrompts(
      () => terminal().canAsk,
      () => ({ stdin: process.stdin, stderr: process.stderr, signal: signal(), redact }),
    ),
  );
  const processes = lazily(() =>
    createProcesses({ env, ...places(), stdinIsTerminal: () => process.stdin.isTTY === true }),
  );
  const http = lazily(() => {
    const client = createHttp(env);
    open.push(client.close);
    return client;
  });
  const user = lazily(() => ({ name: userName(env), host: hostname() }));

  const host: Host = {
    env,
    secrets: { ...redactor, read: (source) => readSecret(source, host) },
    newId: () => newId(clock().now(), crypto().randomBytes),
    digest: (text) => crypto().createHash("sha256").update(text).digest("hex"),
    get clock() {
      return clock();
    },
    get files() {
      return files();
    },
    get terminal() {
      return terminal();
    },
    get places() {
      return places();
    },
    get signal() {
      return signal();
    },
    get prompts() {
      return prompts();
    },
    get processes() {
      return processes();
    },
    get http() {
      return http();
    },
    get user() {
      return user();
    },
  };
  return {
    host,
    async dispose() {
      await Promise.all(open.splice(0).map((close) => close()));
    },
  };
}

/** A user without an entry in the system's list is usual in containers. */
function userName(env: Host["env"]): string {
  try {
    return userInfo().username;
  } catch {
    return env.USER ?? env.LOGNAME ?? `uid ${process.getuid?.()}`;
  }
}
