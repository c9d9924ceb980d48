import type { Instance } from "../../src/domain/fleet.ts";
import type { Answer, FilledCall } from "../../src/domain/vocabulary/call.ts";
import type { CallDriver } from "../../src/drivers/calls/driver.ts";
import { systemOf } from "../dialect/system-fixture.ts";

/** One breaker as the other side keeps it, in the words of its API. */
export interface FakeBreaker {
  id: string;
  group?: string;
  state: string;
  limits: { errors: number; cooldown: number };
  retry?: string;
}

export interface Sent {
  readonly instance: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly requestId: string | null;
}

/** Answers a changing request, or throws; undefined: what the API does by itself. */
export type Reaction = (sent: Sent, breakers: FakeBreaker[]) => Partial<Answer> | undefined;

const STATE_AFTER: Readonly<Record<string, string>> = {
  reset: "closed",
  trip: "forced_open",
  release: "closed",
  disable: "disabled",
  enable: "closed",
};

const change = (verb: string) => ({
  breaker: { calls: [{ http: `POST /breakers/\${key}/${verb}` }] },
});

/** A system that can do everything, each breaker by itself; resets also all at once. */
export const FAKE_SYSTEM = systemOf({
  read: {
    call: { http: "GET /breakers" },
    key: { at: "id" },
    group: { at: "group" },
    state: { at: "state" },
    retryAt: { at: "retry" },
  },
  thresholds: {
    in: "limits",
    known: {
      failureThreshold: { as: "errors", min: 1 },
      openDuration: { as: "cooldown", unit: "s" },
      halfOpenMaxCalls: { as: "probes", writeOnly: true },
    },
  },
  change: {
    reset: { ...change("reset"), all: { calls: [{ http: "POST /reset" }] } },
    trip: change("trip"),
    release: change("release"),
    enable: change("enable"),
    disable: change("disable"),
    patch: { breaker: { calls: [{ http: "PATCH /breakers/${key}" }] } },
  },
});

export function breaker(id: string, state: string, more: Partial<FakeBreaker> = {}): FakeBreaker {
  return { id, state, limits: { errors: 5, cooldown: 60 }, ...more };
}

/** The API of a few instances, each with breakers of its own; every call is remembered. */
export function fakeFleet(byInstance: Readonly<Record<string, FakeBreaker[]>>) {
  const writes: Sent[] = [];
  const fleet = {
    byInstance,
    writes,
    reads: 0,
    /** What happens instead of what the API would do. */
    react: (() => undefined) as Reaction,
    /** What a read answers instead of the list; throws for an instance that does not answer. */
    reading: ((_: string) => undefined) as (instance: string) => Partial<Answer> | undefined,
    instances: Object.keys(byInstance).map((name): Instance => ({ name, url: `http://${name}` })),
    calls: undefined as unknown as CallDriver,
  };
  fleet.calls = {
    async send(call, instance, { requestId }) {
      const breakers = byInstance[instance.name] ?? [];
      if (call.method === "GET") {
        fleet.reads += 1;
        return answer(instance, fleet.reading(instance.name) ?? { value: breakers });
      }
      const sent = {
        instance: instance.name,
        method: call.method,
        path: call.path,
        body: bodyOf(call),
        requestId,
      };
      writes.push(sent);
      return answer(instance, fleet.react(sent, breakers) ?? carryOut(sent, breakers));
    },
    show: (call, { url }) => `${call.method} ${url}${call.path}`,
  };
  return fleet;
}

export type FakeFleet = ReturnType<typeof fakeFleet>;

/** What the API does with a request by itself. */
export function carryOut({ method, path, body }: Sent, breakers: FakeBreaker[]): Partial<Answer> {
  const [, , id, verb = ""] = path.split("/");
  const found =
    path === "/reset" ? breakers : breakers.filter((each) => each.id === decodeURIComponent(id ?? ""));
  if (found.length === 0) return { status: 404, value: { detail: "not found" } };
  for (const each of found) {
    if (method === "PATCH") Object.assign(each.limits, body);
    else each.state = STATE_AFTER[path === "/reset" ? "reset" : verb] ?? each.state;
  }
  return { value: { ok: true } };
}

function answer({ url }: Instance, told: Partial<Answer>): Answer {
  return { status: 200, headers: {}, text: "", value: {}, from: `${url}/breakers`, ...structuredClone(told) };
}

function bodyOf({ body }: FilledCall): unknown {
  return body === null ? null : JSON.parse(body);
}
