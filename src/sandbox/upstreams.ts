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
  /** Every upstream works again. */
  heal(): void;
  stop(): Promise<void>;
}

/** The caller names itself, so that a fault can touch one instance and a pattern is counted for each. */
export const callerHeader = "x-caller";
/** 1 for a call, more for its retries: a retry finds what its call found. */
export const attemptHeader = "x-attempt";

export async function startUpstreams(): Promise<Upstreams> {
  const behaviours = new Map<string, Behaviour>();
  const turns = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();

  const behaviourOf = (upstream: string, caller: string) =>
    behaviours.get(`${upstream} ${caller}`) ?? behaviours.get(upstream) ?? ok;

  function forget(upstream: string): void {
    for (const place of behaviours.keys()) if (place.split(" ")[0] === upstream) behaviours.delete(place);
  }

  function turnOf(upstream: string, caller: string, attempt: string): number {
    const place = `${upstream} ${caller}`;
    const turn = (turns.get(place) ?? -1) + (attempt === "1" ? 1 : 0);
    turns.set(place, turn);
    return turn;
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
    const upstream = decodeURIComponent(name ?? "");
    if (verb === "health") {
      reply(response, isHealthy(behaviours, upstream) ? 200 : 503);
      return;
    }
    const caller = String(request.headers[callerHeader]);
    const attempt = String(request.headers[attemptHeader]);
    act(behaviourOf(upstream, caller), () => turnOf(upstream, caller, attempt), response);
  });

  return {
    callUrl: (upstream) => `${server.url}/call/${encodeURIComponent(upstream)}`,
    healthUrl: (upstream) => `${server.url}/health/${encodeURIComponent(upstream)}`,
    set(upstream, behaviour, instance) {
      if (instance === undefined) forget(upstream);
      behaviours.set(instance === undefined ? upstream : `${upstream} ${instance}`, behaviour);
    },
    heal: () => behaviours.clear(),
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      await server.stop();
    },
  };
}

function isHealthy(behaviours: ReadonlyMap<string, Behaviour>, upstream: string): boolean {
  return [...behaviours].every(
    ([place, { kind }]) => place.split(" ")[0] !== upstream || (kind !== "fail" && kind !== "drop"),
  );
}

function reply(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "text/plain" }).end(status === 200 ? "ok\n" : "unavailable\n");
}
