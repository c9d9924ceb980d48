import type { IncomingMessage, ServerResponse } from "node:http";
import { type Behaviour, ok } from "./behaviour.ts";
import { type RunningServer, startServer } from "./http-server.ts";

/** The services behind the breakers: one loopback server, one path for each. */
export interface Upstreams {
  /** Where a breaker sends its calls; `GET`, 2xx is good. */
  callUrl(upstream: string): string;
  /** Answers 200 or 503, as the upstream is. */
  healthUrl(upstream: string): string;
  /** For every caller, or for one instance of the fleet only. */
  set(upstream: string, behaviour: Behaviour, instance?: string): void;
  /** What its health says: no caller finds it down. */
  works(upstream: string): boolean;
  /** Every upstream works again. */
  heal(): void;
  stop(): Promise<void>;
}

/** The caller names itself, so that a fault can touch one instance and a pattern is counted for each. */
export const callerHeader = "x-caller";
/** 1 for a call, more for its retries: a retry finds what its call found. */
export const attemptHeader = "x-attempt";

interface Upstream {
  usual: Behaviour;
  readonly ofCaller: Map<string, Behaviour>;
  /** How many calls each caller has made to a pattern. */
  readonly turns: Map<string, number>;
}

export async function startUpstreams(): Promise<Upstreams> {
  const upstreams = new Map<string, Upstream>();
  const timers = new Set<NodeJS.Timeout>();

  function find(name: string): Upstream {
    const known = upstreams.get(name) ?? { usual: ok, ofCaller: new Map(), turns: new Map() };
    upstreams.set(name, known);
    return known;
  }

  function act(behaviour: Behaviour, turn: () => number, response: ServerResponse): void {
    switch (behaviour.kind) {
      case "ok":
        reply(response, 200);
        break;
      case "fail":
        reply(response, behaviour.status);
        break;
      case "drop":
        response.destroy();
        break;
      case "slow":
        replyLater(response, behaviour.ms);
        break;
      case "flaky": {
        const works = turn() % (behaviour.oks + behaviour.fails) < behaviour.oks;
        act(works ? ok : behaviour.broken, turn, response);
      }
    }
  }

  function replyLater(response: ServerResponse, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      reply(response, 200);
    }, ms);
    timers.add(timer);
  }

  const server: RunningServer = await startServer((request: IncomingMessage, response: ServerResponse) => {
    const [, verb, name] = (request.url ?? "/").split("/");
    const upstream = find(decodeURIComponent(name ?? ""));
    if (verb === "health") {
      reply(response, isHealthy(upstream) ? 200 : 503);
      return;
    }
    const caller = String(request.headers[callerHeader]);
    const isRetry = request.headers[attemptHeader] !== "1";
    act(upstream.ofCaller.get(caller) ?? upstream.usual, () => nextTurn(upstream, caller, isRetry), response);
  });

  return {
    callUrl: (upstream) => `${server.url}/call/${encodeURIComponent(upstream)}`,
    healthUrl: (upstream) => `${server.url}/health/${encodeURIComponent(upstream)}`,
    works: (upstream) => isHealthy(find(upstream)),
    set(name, behaviour, instance) {
      const upstream = find(name);
      if (instance === undefined) {
        upstream.usual = behaviour;
        upstream.ofCaller.clear();
      } else upstream.ofCaller.set(instance, behaviour);
    },
    heal: () => upstreams.clear(),
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      await server.stop();
    },
  };
}

function nextTurn({ turns }: Upstream, caller: string, isRetry: boolean): number {
  const turn = (turns.get(caller) ?? -1) + (isRetry ? 0 : 1);
  turns.set(caller, turn);
  return turn;
}

function isHealthy({ usual, ofCaller }: Upstream): boolean {
  return [usual, ...ofCaller.values()].every(({ kind }) => kind !== "fail" && kind !== "drop");
}

function reply(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "text/plain" }).end(status === 200 ? "ok\n" : "unavailable\n");
}
