import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jsonReply } from "../../src/sandbox/admin-exchange.ts";
import { createFault, type Fault } from "../../src/sandbox/fault.ts";
import { type Instance, type Member, startInstance } from "../../src/sandbox/instance.ts";
import type { Quirk } from "../../src/sandbox/quirks.ts";
import type { Scenario } from "../../src/sandbox/scenario.ts";
import { scenarios } from "../../src/sandbox/scenarios/index.ts";
import { stageScenario } from "../../src/sandbox/stage-scenario.ts";
import { systems } from "../../src/sandbox/systems/index.ts";
import { createUpstreamCaller, type UpstreamCaller } from "../../src/sandbox/upstream-caller.ts";
import { startUpstreams, type Upstreams } from "../../src/sandbox/upstreams.ts";

let upstreams: Upstreams;
let caller: UpstreamCaller;
let fault: Fault;
const started: Instance[] = [];

beforeEach(async () => {
  upstreams = await startUpstreams();
  caller = createUpstreamCaller();
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((instance) => instance.stop()));
  caller.stop();
  await upstreams.stop();
});

function scenarioOf(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
}

async function anInstance(scenarioName: string, system: keyof typeof systems = "acme"): Promise<Instance> {
  const scenario = scenarioOf(scenarioName);
  const now = () => Date.now();
  fault = createFault(scenario, upstreams, [], 1);
  const setup = {
    behaveAs: "real",
    quirks: new Set<Quirk>(),
    scenario,
    timeScale: 1,
    folder: "",
    now,
    random: () => 0.5,
  } as const;
  const instance = await startInstance({
    system: systems[system](setup),
    isSwitchedOff: () => false,
    scenario,
    fault,
    upstreams,
    caller,
    index: 0,
    instances: 1,
    timeScale: 1,
    now,
    control: () => jsonReply(200, {}),
  });
  started.push(instance);
  return instance;
}

const staged = async (scenarioName: string, system: keyof typeof systems = "acme") => {
  const instance = await anInstance(scenarioName, system);
  await stageScenario(scenarioOf(scenarioName), instance, upstreams, 1);
  return instance;
};

function member(instance: Instance, key: string): Member {
  const found = instance.members.find(({ name }) => name.key === key);
  if (found === undefined) throw new Error(`no breaker ${key}`);
  return found;
}

const page = async ({ url }: Instance) => (await fetch(`${url}/metrics`)).text();

describe("an instance", () => {
  it("counts each call it fires by its outcome", async () => {
    const instance = await anInstance("healthy");
    const ledger = member(instance, "ledger");
    expect(await ledger.fire()).toBe("ok");
    upstreams.set("ledger", { kind: "fail", status: 500 });
    for (let call = 0; call < 5; call++) expect(await ledger.fire()).toBe("error");
    expect(await ledger.fire()).toBe("rejected");
    const shown = await page(instance);
    for (const [outcome, count] of Object.entries({ ok: 1, error: 5, rejected: 1 })) {
      expect(shown).toContain(
        `acme_breaker_calls_total{service="payments",id="ledger",outcome="${outcome}"} ${count}`,
      );
    }
  });

  it("counts transitions from when it is told to", async () => {
    const instance = await staged("one-open");
    expect(await page(instance)).not.toContain("acme_breaker_changes_total{");
    instance.countTransitions();
    member(instance, "ledger").breaker.reset();
    expect(await page(instance)).toContain(
      'acme_breaker_changes_total{service="payments",id="ledger",from="OPEN",to="CLOSED"} 1',
    );
  });

  it("retries a gateway's call, which counts as one failure", async () => {
    const instance = await anInstance("healthy", "gateway");
    upstreams.set("search-service", { kind: "drop" });
    await member(instance, "search-service").fire();
    const shown = await page(instance);
    expect(shown).toContain('gateway_proxy_retries_total{service="search-service"} 1');
    expect(shown).toContain(
      'gateway_proxy_requests_total{service="search-service",method="GET",status="error"} 1',
    );
  });

  it("fails a call that takes longer than its limit", async () => {
    const instance = await anInstance("healthy");
    upstreams.set("ledger", { kind: "slow", ms: 60_000 });
    const ledger = member(instance, "ledger");
    ledger.breaker.setLimits({ callMs: 50 });
    expect(await ledger.fire()).toBe("error");
  });
});

describe("staging", () => {
  it.each(["one-open", "stuck-half-open", "recovering", "never-opens", "flapping"])(
    "%s shows the scenario's own limits afterwards",
    async (name) => {
      const { members, system } = await staged(name);
      for (const { breaker, touched } of members) {
        expect(breaker.limits()).toEqual(
          touched ? { ...system.limits, ...scenarioOf(name).limits } : system.limits,
        );
      }
    },
  );

  it("lets the breakers of recovering try one after the other, the last after the full time", async () => {
    const { members } = await staged("recovering");
    const waits = members
      .map(({ breaker }) => breaker.reading())
      .flatMap(({ probeAt, changedAt }) =>
        probeAt === null ? [] : Math.round((probeAt - changedAt) / 1000),
      );
    expect(waits).toEqual([6, 12, 18, 24, 30]);
  });

  it("leaves one success missing in stuck-half-open", async () => {
    const reading = member(await staged("stuck-half-open"), "ledger").breaker.reading();
    expect(reading).toMatchObject({ state: "half_open", successes: 1 });
  });

  it("calls the untouched breakers once, so that a gateway lists them", async () => {
    const { members } = await staged("one-open", "gateway");
    expect(members.map(({ breaker }) => breaker.reading().called)).not.toContain(false);
  });

  it("of never-opens lets the breaker act again when the fault has ended", async () => {
    const ledger = member(await staged("never-opens"), "ledger");
    expect(ledger.breaker.reading()).toMatchObject({ state: "closed", failures: 8 });
    fault.end();
    upstreams.set("ledger", { kind: "drop" });
    expect(await ledger.fire()).toBe("error");
    expect(ledger.breaker.reading().state).toBe("open");
  });
});
