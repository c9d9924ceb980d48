import { breakerReader } from "../../src/dialect/breakers.ts";
import type { ChangePlan } from "../../src/domain/change-plan.ts";
import { CbctlError } from "../../src/domain/errors.ts";
import type { ContextPort } from "../../src/engine/context-port.ts";
import { openJournal } from "../../src/engine/journal.ts";
import type { ChangeEvent, Demand, Operator } from "../../src/engine/operator.ts";
import { FAKE_SYSTEM, type FakeFleet } from "./fake-fleet.ts";
import { memoryStore } from "./memory-store.ts";

export const NOON = Date.parse("2026-03-01T12:00:00.000Z");

/** A clock on which waiting takes no time; what is due on the way happens. */
export function fakeClock() {
  const due: { readonly at: number; readonly happen: () => void }[] = [];
  const clock = {
    time: NOON,
    now: () => clock.time,
    after(ms: number, happen: () => void) {
      due.push({ at: clock.time + ms, happen });
    },
    async sleep(ms: number, signal: AbortSignal) {
      const end = clock.time + ms;
      for (const each of due.splice(0).sort((a, b) => a.at - b.at)) {
        if (each.at > end) due.push(each);
        else {
          clock.time = Math.max(clock.time, each.at);
          each.happen();
        }
      }
      clock.time = end;
      if (signal.aborted) throw signal.reason;
    },
  };
  return clock;
}

/** An operator who consents to everything, until told otherwise, and remembers what was shown and told. */
export function fakeOperator(refuse?: CbctlError, reason: string | null = null) {
  const operator = {
    plans: [] as ChangePlan[],
    demands: [] as Demand[],
    events: [] as ChangeEvent[],
    async approve(plan: ChangePlan, demands: readonly Demand[]) {
      operator.plans.push(plan);
      operator.demands.push(...demands);
      if (refuse) throw refuse;
      return { reason };
    },
    notice(event: ChangeEvent) {
      operator.events.push(event);
    },
  } satisfies Operator & Record<string, unknown>;
  return operator;
}

/** An opened context over a fake fleet, and the parts that a test turns. */
export function fakeContext(fleet: FakeFleet, more: Partial<ContextPort> = {}) {
  const clock = fakeClock();
  const store = memoryStore(clock.now);
  const interrupted = new AbortController();
  let ids = 0;
  const system = more.system ?? FAKE_SYSTEM;
  const context: ContextPort = {
    name: "prod",
    system,
    instances: fleet.instances,
    isProtected: false,
    assertTrusted: () => undefined,
    timeScale: 1,
    upstreams: {},
    reader: () => breakerReader(system, system.read ?? { call: { http: "GET /" }, state: {} }),
    calls: fleet.calls,
    metrics: async () => {
      throw new CbctlError("usage", "the context names no Prometheus");
    },
    timeoutMs: 10_000,
    signal: interrupted.signal,
    clock,
    journal: async () => openJournal(store, "prod", clock.now),
    newId: () => {
      ids += 1;
      return `ID-${ids}`;
    },
    digest: (text) => `digest of ${text.length}`,
    actor: { user: "ana", host: "ops-1", ci: null },
    probe: async () => 200,
    ...more,
  };
  return {
    context,
    clock,
    store,
    interrupt: () => interrupted.abort(new CbctlError("interrupted", "interrupted")),
    entries: async () => (await context.journal()).entries(),
  };
}
