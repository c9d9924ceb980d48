import { expect, it } from "vitest";
import type { SandboxSystemName } from "../../../src/sandbox/systems/sandbox-system.ts";
import { aSandbox, ask, context, setFault, states } from "../sandbox-fixture.ts";
import { waitUntil } from "../wait-until.ts";

const second = { "key-breakers": "deepseek-2", gateway: "search-service", acme: "ledger" };
const closed = { "key-breakers": "closed", gateway: "closed", acme: "CLOSED" };
const open = { "key-breakers": "open", gateway: "open", acme: "OPEN" };
const halfOpen = { "key-breakers": "half_open", gateway: "half_open", acme: "PROBING" };

const resets = {
  "key-breakers": { path: "/api/v1/circuit-breaker/deepseek-2/reset", body: undefined },
  gateway: { path: "/api/v1/circuit-breakers/search-service/reset", body: undefined },
  acme: { path: "/ops/breakers/payments/ledger/actions", body: { do: "reset" } },
};

/** Every scenario as one system shows it, and how each ends. */
export function describeScenarios(system: SandboxSystemName): void {
  const oneIs = (words: Record<typeof system, string>) => (shown: Record<string, string>) =>
    Object.entries(shown).every(
      ([key, state]) => state === (key === second[system] ? words : closed)[system],
    );

  it.each([
    { scenario: "healthy", words: closed },
    { scenario: "one-open", words: open },
    { scenario: "after-deploy", words: open },
    { scenario: "stuck-half-open", words: halfOpen },
    { scenario: "never-opens", words: closed },
    { scenario: "slow-upstream", words: closed },
    { scenario: "metrics-missing", words: closed },
    { scenario: "false-alarm", words: closed },
  ])("is staged within two seconds for $scenario, alike on every instance", async ({ scenario, words }) => {
    const startedAt = Date.now();
    const sandbox = await aSandbox({ scenario, systems: [system] });
    await sandbox.ready;
    expect(Date.now() - startedAt).toBeLessThan(2000);
    const of = context(sandbox, system);
    for (const instance of [0, 1]) expect(await states(of, instance)).toSatisfy(oneIs(words));
  });

  it("has every breaker open in all-open, and they close when the upstreams are back", async () => {
    const sandbox = await aSandbox({ scenario: "all-open", systems: [system], timeScale: 300 });
    await sandbox.ready;
    const of = context(sandbox, system);
    const all = (word: string) => async () =>
      Object.values(await states(of)).every((state) => state === word);
    expect(await waitUntil(all(open[system]))).toBe(true);
    expect(await waitUntil(all(closed[system]))).toBe(true);
  });

  it("has more than half of the pairs open in majority-open, and not all", async () => {
    const sandbox = await aSandbox({ scenario: "majority-open", systems: [system] });
    await sandbox.ready;
    const of = context(sandbox, system);
    const pairs = [await states(of, 0), await states(of, 1)].flatMap((shown) => Object.values(shown));
    const share = pairs.filter((state) => state === open[system]).length / pairs.length;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(1);
  });

  it("closes one breaker after the other in recovering", async () => {
    const sandbox = await aSandbox({
      scenario: "recovering",
      systems: [system],
      timeScale: 20,
      instances: 1,
    });
    await sandbox.ready;
    const of = context(sandbox, system);
    const isOpen = async () =>
      Object.values(await states(of)).filter((state) => state === open[system]).length;
    const seen = new Set<number>();
    await waitUntil(async () => seen.add(await isOpen()).has(0));
    expect(seen.size).toBeGreaterThan(2);
  });

  it("opens and closes again and again in flapping", async () => {
    const sandbox = await aSandbox({ scenario: "flapping", systems: [system], timeScale: 50, instances: 1 });
    await sandbox.ready;
    const of = context(sandbox, system);
    const is = (words: typeof open) => async () => (await states(of))[second[system]] === words[system];
    for (const words of [closed, open, closed, open]) await waitUntil(is(words));
  });

  it("ends one-open by a reset that holds", async () => {
    const sandbox = await aSandbox({ scenario: "one-open", systems: [system], timeScale: 100 });
    await sandbox.ready;
    const of = context(sandbox, system);
    const { path, body } = resets[system];
    expect((await ask(of, 0, "POST", path, body)).status).toBe(200);
    expect(await states(of, 0)).toSatisfy(oneIs(closed));
    expect(await states(of, 1)).toSatisfy(oneIs(open));
    await waitUntil(async () => (await states(of, 1))[second[system]] === closed[system]);
    expect(await states(of, 0)).toSatisfy(oneIs(closed));
  });

  it("opens again after a reset while the upstream is down", async () => {
    const sandbox = await aSandbox({ scenario: "after-deploy", systems: [system], instances: 1 });
    await sandbox.ready;
    const of = context(sandbox, system);
    const { path, body } = resets[system];
    await ask(of, 0, "POST", path, body);
    expect(await states(of)).toSatisfy(oneIs(closed));
    await waitUntil(async () => (await states(of))[second[system]] === open[system]);
  });

  it("ends its fault when told to", async () => {
    const sandbox = await aSandbox({ scenario: "all-open", systems: [system], instances: 1, timeScale: 60 });
    await sandbox.ready;
    const of = context(sandbox, system);
    const health = async () => (await fetch(of.upstreams[second[system]]?.health ?? "")).status;
    expect(await health()).toBe(503);
    expect(await setFault(of, { end: true })).toEqual({ status: 200, body: { ended: true } });
    expect(await health()).toBe(of.upstreams[second[system]]?.expect);
    await waitUntil(async () => Object.values(await states(of)).every((state) => state === closed[system]));
  });

  it("opens a breaker whose upstream is made to fail", async () => {
    const sandbox = await aSandbox({ systems: [system], instances: 1, timeScale: 2 });
    await sandbox.ready;
    const of = context(sandbox, system);
    expect(await setFault(of, { target: second[system], behaviour: "drop" })).toEqual({
      status: 200,
      body: { changed: 1 },
    });
    await waitUntil(async () => oneIs(open)(await states(of)));
  });
}
