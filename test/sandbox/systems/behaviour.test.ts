import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { quirks as allQuirks, type Quirk } from "../../../src/sandbox/quirks.ts";
import { flapping } from "../../../src/sandbox/scenarios/flapping.ts";
import { systems } from "../../../src/sandbox/systems/index.ts";
import type { BehaveAs, SandboxSystemName } from "../../../src/sandbox/systems/sandbox-system.ts";
import { adminRequest } from "../admin-request.ts";
import { aBreaker, usualLimits } from "../breaker-fixture.ts";
import { systemSetups } from "../system-setup.ts";

const setup = systemSetups();
const make = (name: SandboxSystemName, behaveAs: BehaveAs = "real", quirks: readonly Quirk[] = []) =>
  systems[name](setup({ behaveAs, quirks: new Set(quirks) }));

it("each quirk says which system has it", () => {
  for (const text of Object.values(allQuirks)) {
    const named = text.split(":")[0]?.split(", ") ?? [];
    expect(named.filter((name) => !(name in systems))).toEqual([]);
  }
});

describe.each(["updog", "service-metrics", "router-policy"] as const)("%s", (name) => {
  it.each([
    { behaveAs: "documented", quirks: [], stale: false },
    { behaveAs: "documented", quirks: ["stale-gauge"], stale: true },
    { behaveAs: "real", quirks: [], stale: true },
  ] as const)("as $behaveAs with $quirks still shows an open state that is over: $stale", async (one) => {
    const system = make(name, one.behaveAs, one.quirks);
    const metrics = system.metrics(new Registry());
    const [breaker] = system.breakers;
    if (breaker === undefined) throw new Error("no breakers");
    for (const state of ["open", "closed"] as const)
      metrics.observe(breaker, { state, failures: 0, successes: 0 }, 15);
    const page = await metrics.registry.metrics();
    expect(/circuit_breaker_state\{.*state="open"\} [12]/i.test(page)).toBe(one.stale);
  });
});

describe("thresholds", () => {
  it.each([
    { name: "updog", key: "cache", limits: { failureThreshold: 5, successThreshold: 3, openMs: 30_000 } },
    {
      name: "updog",
      key: "http-market-data",
      limits: { failureThreshold: 3, successThreshold: 2, openMs: 5000 },
    },
    { name: "updog", key: "postgres", limits: { failureThreshold: 5, callMs: 10_000 } },
    { name: "agent-breakers", key: "deepseek_api", limits: { failureThreshold: 5, openMs: 60_000 } },
    { name: "agent-breakers", key: "mcp_server", limits: { failureThreshold: 3, openMs: 30_000 } },
  ] as const)("of $key in $name are $limits", ({ name, key, limits }) => {
    const system = make(name);
    const breaker = system.breakers.find((one) => one.key === key);
    expect(breaker && { ...system.limits, ...system.ownLimits?.(breaker) }).toMatchObject(limits);
  });

  it.each([
    { quirks: [], random: 1, waits: 60_000 },
    { quirks: ["backoff-jitter"], random: 1, waits: 78_000 },
    { quirks: ["backoff-jitter"], random: 0, waits: 42_000 },
  ] as const)("of updog with $quirks wait $waits ms at $random", ({ quirks, random, waits }) => {
    const { tuning } = systems.updog(setup({ quirks: new Set(quirks), random: () => random }));
    expect(tuning?.().openMs(usualLimits)).toBeCloseTo(waits);
  });

  it.each([
    { behaveAs: "real", opens: true },
    { behaveAs: "documented", opens: false },
  ] as const)(
    "of router-policy as $behaveAs open with the very first failure: $opens",
    async ({ behaveAs, opens }) => {
      const { tuning, limits } = make("router-policy", behaveAs);
      const breaker = aBreaker({ tuning, limits });
      await breaker.call(() => Promise.reject(new Error("failed")));
      expect(breaker.reading().state === "open").toBe(opens);
    },
  );
});

describe("credentials", () => {
  it.each([
    { name: "agent-breakers", behaveAs: "real", needs: null },
    { name: "service-metrics", behaveAs: "real", needs: null },
    { name: "updog", behaveAs: "real", needs: "bearer" },
    { name: "updog", behaveAs: "documented", needs: "bearer" },
    { name: "router-policy", behaveAs: "documented", needs: "header" },
    { name: "router-policy", behaveAs: "real", needs: null },
    { name: "router-extensions", behaveAs: "real", needs: null },
  ] as const)("of $name as $behaveAs: $needs", ({ name, behaveAs, needs }) => {
    const { auth } = make(name, behaveAs);
    expect(auth === null ? null : Object.keys(auth)[0]).toBe(needs);
  });

  it("that updog is given are those it takes", () => {
    const system = make("updog");
    const { answer } = system.serve([], { upstreamWorks: () => true });
    const bearer = system.auth !== null && "bearer" in system.auth ? system.auth.bearer : "";
    const ask = (authorization: string) =>
      answer(adminRequest("GET", "/admin/circuit-breakers/state", { authorization })).status;
    expect([ask(`Bearer ${bearer}`), ask(`Bearer ${bearer}x`)]).toEqual([200, 401]);
  });
});

it("policies hold the thresholds of the scenario they are made for", () => {
  const system = systems["router-policy"](setup({ scenario: flapping }));
  expect(system.policiesFolder).toMatch(/policies$/);
  const mistral = aBreaker();
  system.serve([{ name: { group: "acme-corp", key: "mistral" }, breaker: mistral }], {
    upstreamWorks: () => true,
  });
  expect(mistral.limits()).toMatchObject({ failureThreshold: 3, openMs: 5000, errorRate: 0.5 });
});
