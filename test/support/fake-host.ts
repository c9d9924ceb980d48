import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { checkAnswer } from "../../src/documents/answers.ts";
import { compileDocument } from "../../src/documents/compile.ts";
import { CbctlError } from "../../src/domain/errors.ts";
import type { Files, Host, Prompts } from "../../src/host/host.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../src/host/http.ts";
import { readSecret } from "../../src/host/read-secret.ts";
import { createRedactor } from "../../src/host/secrets.ts";
import { run } from "../../src/main.ts";

export const NOON = Date.parse("2026-03-01T12:00:00.000Z");

/** Answers a request, or throws; a value that is no text is sent as JSON. */
export type Serve = (request: HttpRequest) => {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
};

export interface FakeHostOptions {
  /** By absolute path, beside those of the package. Kept and changed, so that one map can serve several runs. */
  readonly files?: Map<string, string>;
  readonly env?: Readonly<Record<string, string>>;
  readonly serve?: Serve;
  /** What the person answers, in order; with it someone sits at a terminal. */
  readonly answers?: readonly (string | boolean)[];
  readonly stdoutIsTerminal?: boolean;
  readonly now?: number;
  readonly signal?: AbortSignal;
  /** Files that others could have written. */
  readonly writableByOthers?: readonly string[];
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly requests: readonly HttpRequest[];
  /** Requests that change something, as `METHOD URL`. */
  readonly writes: readonly string[];
  readonly questions: readonly string[];
  readonly files: ReadonlyMap<string, string>;
}

/** Runs one command line in this process on a machine that is all in memory. A JSON answer is held against its schema. */
export async function runCbctl(argv: readonly string[], options: FakeHostOptions = {}): Promise<Ran> {
  const { host, seen } = fakeHost(options);
  const code = await run(argv, host);
  const stdout = seen.stdout.join("");
  if (argv.includes("json") && stdout !== "") assertSchema(stdout);
  const writes = seen.requests.filter(({ method }) => method !== "GET" && method !== "HEAD");
  return {
    code,
    stdout,
    stderr: seen.stderr.join(""),
    requests: seen.requests,
    writes: writes.map(({ method, url }) => `${method} ${url}`),
    questions: seen.questions,
    files: seen.files,
  };
}

export function jsonOf<T = Record<string, unknown>>({ stdout }: Ran): T {
  return JSON.parse(stdout) as T;
}

/** A machine in memory: its clock stands still but for sleeping, which takes no time. */
export function fakeHost({
  files = new Map(),
  env = {},
  serve,
  answers,
  now = NOON,
  ...more
}: FakeHostOptions) {
  const seen = {
    stdout: [] as string[],
    stderr: [] as string[],
    requests: [] as HttpRequest[],
    questions: [] as string[],
    files,
  };
  const time = { now };
  const redactor = createRedactor();
  let ids = 0;
  const host: Host = {
    env,
    files: filesInMemory(files, more.writableByOthers ?? []),
    http: scripted(serve, seen.requests),
    prompts: prompts(answers ?? [], seen.questions),
    secrets: { ...redactor, read: (source) => readSecret(source, host) },
    places: {
      workingFolder: "/work",
      packageFolder: "/package",
      configFolder: "/config",
      stateFolder: "/state",
      cacheFolder: "/cache",
    },
    terminal: {
      stdoutIsTerminal: more.stdoutIsTerminal ?? false,
      stderrIsTerminal: answers !== undefined,
      canAsk: answers !== undefined,
      columns: 80,
      rows: 24,
      async write(text) {
        seen.stdout.push(redactor.redact(text));
        return true;
      },
      note: (text) => void seen.stderr.push(redactor.redact(text)),
    },
    clock: {
      now: () => time.now,
      async sleep(ms) {
        time.now += ms;
      },
    },
    processes: {
      run: () => Promise.reject(new CbctlError("usage", "there are no programs here")),
      runAttached: () => Promise.reject(new CbctlError("usage", "there are no programs here")),
      find: async () => null,
    },
    user: { name: "ana", host: "ops-1" },
    signal: more.signal ?? new AbortController().signal,
    newId: () => {
      ids += 1;
      return `ID-${files.get("/state/log.jsonl")?.length ?? 0}-${ids}`;
    },
    digest: (text) => createHash("sha256").update(text).digest("hex"),
  };
  return { host, seen };
}

function filesInMemory(files: Map<string, string>, writableByOthers: readonly string[]): Files {
  const read = (path: string) => files.get(path) ?? packageFiles().get(path) ?? null;
  return {
    readText: async (path) => read(path),
    async writeText(path, text) {
      files.set(path, text);
    },
    async listFolder(folder) {
      const inside = [...packageFiles().keys(), ...files.keys()].filter((path) =>
        path.startsWith(`${folder}/`),
      );
      return [...new Set(inside.map((path) => path.slice(folder.length + 1).split("/")[0] ?? ""))].sort();
    },
    isOnlyOurs: async (path) => !writableByOthers.includes(path),
    async appendFlushed(path, text) {
      files.set(path, (files.get(path) ?? "") + text);
    },
    readFrom: async (path, offset) => Buffer.from(read(path) ?? "").subarray(offset),
    async remove(path) {
      files.delete(path);
    },
    makeTemporaryFolder: async (prefix) => `/tmp/${prefix}1`,
  };
}

let shipped: Map<string, string> | null = null;

/** What a build would put into the package, compiled from the documents themselves. */
function packageFiles(): Map<string, string> {
  if (shipped) return shipped;
  shipped = new Map();
  for (const folder of ["systems", "alerts"]) {
    for (const file of readdirSync(folder)) {
      const { value } = compileDocument(readFileSync(`${folder}/${file}`, "utf8"), file);
      shipped.set(
        `/package/dist/knowledge/${folder}/${file.replace(".yaml", ".json")}`,
        JSON.stringify(value),
      );
    }
  }
  return shipped;
}

function scripted(serve: Serve | undefined, requests: HttpRequest[]): HttpClient {
  return {
    async exchange(request): Promise<HttpAnswer> {
      requests.push(request);
      if (!serve)
        throw new CbctlError("unreachable", `cannot reach ${request.url}`, { reason: "connection refused" });
      const { status = 200, headers = {}, body } = serve(request);
      return {
        status,
        headers,
        body: typeof body === "string" ? body : JSON.stringify(body),
        url: request.url,
      };
    },
    close: async () => undefined,
  };
}

function prompts(answers: readonly (string | boolean)[], questions: string[]): Prompts {
  const left = [...answers];
  const next = async (question: string) => {
    questions.push(question);
    const answer = left.shift();
    if (answer === undefined) throw new CbctlError("interrupted", "interrupted");
    return answer;
  };
  return {
    confirm: async (question) => (await next(question)) === true,
    input: async (question) => String(await next(question)),
    select: async (question) => String(await next(question)),
  };
}

function assertSchema(stdout: string): void {
  const value = JSON.parse(stdout) as { readonly kind?: string };
  const problems = checkAnswer(value.kind ?? "Error", value);
  if (problems.length > 0)
    throw new Error(`the answer does not keep its schema: ${problems.join("; ")}\n${stdout}`);
}
