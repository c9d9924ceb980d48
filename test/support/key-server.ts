import { writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import {
  type AdminServer,
  adminServer,
  type keyBreaker,
  type ReceivedRequest,
  sendJson,
} from "./admin-server.ts";
import { cbctl, type Ran, type RunOptions, temporaryFolder } from "./cbctl.ts";

type KeyBreaker = ReturnType<typeof keyBreaker>;

/** A writing request on its way; the test decides whether it takes effect and what is answered. */
export interface ArrivedChange {
  readonly request: ReceivedRequest;
  readonly response: ServerResponse;
  /** Changes the breakers as the request asks. */
  take(): void;
  /** Answers 200, as if all were well. */
  answer(): void;
}

export interface KeyServer extends AdminServer {
  /** By key, in the order they are listed. */
  readonly breakers: Map<string, KeyBreaker>;
  /** Replaces what happens to writing requests: `take` and `answer`. */
  onChange(handler: (change: ArrivedChange) => void): void;
  /** Told before a reading request is answered; with `hang` it is not answered. */
  onRead(handler: (count: number, response: ServerResponse) => void, then?: "answer" | "hang"): void;
}

/** One instance of a key-breakers backend: breakers that really change, by the system's own calls. */
export async function keyServer(...breakers: readonly KeyBreaker[]): Promise<KeyServer> {
  const kept = new Map(breakers.map((breaker) => [breaker.key_id, structuredClone(breaker)]));
  let handle = (change: ArrivedChange) => {
    change.take();
    change.answer();
  };
  let tellRead: (count: number, response: ServerResponse) => void = () => undefined;
  let afterwards: "answer" | "hang" = "answer";
  let reads = 0;
  const server = await adminServer((request, response) => {
    if (request.method === "GET") {
      reads += 1;
      tellRead(reads, response);
      if (afterwards === "hang") return undefined;
      return sendJson(response, [...kept.values()]);
    }
    const take = () => changeBreakers(kept, request);
    const answer = () => sendJson(response, { success: true });
    return handle({ request, response, take, answer });
  });
  return {
    ...server,
    breakers: kept,
    onChange: (handler) => {
      handle = handler;
    },
    onRead: (handler, then = "answer") => {
      tellRead = handler;
      afterwards = then;
    },
  };
}

/** So many instances with the same breakers, each its own copy. */
export function keyServers(count: number, ...breakers: readonly KeyBreaker[]): Promise<KeyServer[]> {
  return Promise.all(Array.from({ length: count }, () => keyServer(...breakers)));
}

function changeBreakers(kept: Map<string, KeyBreaker>, { path, body }: ReceivedRequest): void {
  const [first = "", second] = path.replace("/api/v1/circuit-breaker/", "").split("/");
  const keys = second === undefined ? [...kept.keys()] : [decodeURIComponent(first)];
  for (const breaker of keys.flatMap((key) => kept.get(key) ?? [])) {
    if (path.endsWith("/reset")) Object.assign(breaker, { state: "closed", failure_count: 0 });
    else setConfig(breaker, JSON.parse(body));
  }
}

function setConfig(breaker: KeyBreaker, { half_open_max_calls: _, ...shown }: Record<string, number>): void {
  breaker.config = { ...breaker.config, ...shown };
}

/** One person with a home of their own, so that the journal stays from command to command. */
export interface Person {
  readonly home: string;
  /** The journal's file. */
  readonly log: string;
  /** The options that lead to the servers. */
  readonly where: readonly string[];
  run(argv: readonly string[], options?: RunOptions): Promise<Ran>;
}

/** Someone who works on these servers without a config. */
export function personAt(servers: readonly Pick<AdminServer, "url">[]): Person {
  return person(["--system", "key-breakers", ...servers.flatMap(({ url }) => ["--admin-url", url])]);
}

/** Someone whose config has one context, `prod`: its entries as YAML lines, indented by four. */
export function personWith(...context: readonly string[]): Person {
  const home = temporaryFolder();
  const config = `${home}/cbctl.yaml`;
  const lines = ["apiVersion: cbctl.dev/v1", "kind: Config", "current-context: prod", "contexts:", "  prod:"];
  writeFileSync(config, `${[...lines, ...context.map((line) => `    ${line}`)].join("\n")}\n`);
  return person(["--config", config], home);
}

function person(where: readonly string[], home = temporaryFolder()): Person {
  return {
    home,
    log: `${home}/state/cbctl/log.jsonl`,
    where,
    run: (argv, options = {}) =>
      cbctl([...argv, ...where], { ...options, env: { HOME: home, ...options.env } }),
  };
}
