import { expect, it } from "vitest";
import type { SandboxOptions } from "../../../src/sandbox/start-sandbox.ts";
import type { SandboxSystemName } from "../../../src/sandbox/systems/sandbox-system.ts";
import { states } from "../read-states.ts";
import { aSandbox, ask, context, setFault } from "../sandbox-fixture.ts";
import { waitUntil } from "../wait-until.ts";
import { scenarioViews } from "./scenario-views.ts";

/** Every scenario as one system shows it, and how each ends. */
export function describeScenarios(system: SandboxSystemName): void {
  const { second, upstream, behaveAs, reset, words, readBy } = scenarioViews[system];
  const { closed, open, halfOpen } = words;
  const play = (options: Partial<SandboxOptions>) => aSandbox({ systems: [system], behaveAs, ...options });
  const oneIs = (word: string) => (shown: Record<string, string>) =>
    Object.keys(shown).includes(second) &&
    Object.entries(shown).every(([key, state]) => state === (key === second ? word : closed));

  it.each([
    { scenario: "healthy", word: closed },
    { scenario: "one-open", word: open },
    { scenario: "after-deploy", word: open },
    { scenario: "stuck-half-open", word: halfOpen },
    { scenario: "never-opens", word: closed },
    { scenario: "slow-upstream", word: closed },
    { scenario: "metrics-missing", word: closed },
    { scenario: "false-alarm", word: closed },
  ])("is staged within two seconds for $scenario, alike on every instance", async ({ scenario, word }) => {
    const startedAt = Date.now();
    const sandbox = await play({ scenario });
    await sandbox.ready;
    expect(Date.now() - startedAt).toBeLessThan(2000);
    const of = context(sandbox, system);
    const hidden = readBy === "metrics" && scenario === "metrics-missing";
    for (const instance of [0, 1]) {
      const shown = await states(of, instance);
      if (hidden) expect(shown).toEqual({});
      else expect(shown).toSatisfy(oneIs(word));
    }
  });

  it("has every breaker open in all-open, and they close when the upstreams are back", async () => {
    const sandbox = await play({ scenario: "all-open", timeScale: 300 });
    await sandbox.ready;
    const of = context(sandbox, system);
    const all = (word: string) => async () =>
      Object.values(await states(of)).every((state) => state === word);
    expect(await waitUntil(all(open))).toBe(true);
    expect(await waitUntil(all(closed))).toBe(true);
  });

  it("has more than half of the pairs open in majority-open, and not all", async () => {
    const sandbox = await play({ scenario: "majority-open" });
    await sandbox.ready;
    const of = context(sandbox, system);
    const pairs = [await states(of, 0), await states(of, 1)].flatMap((shown) => Object.values(shown));
    const share = pairs.filter((state) => state === open).length / pairs.length;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(1);
  });

  it("closes one breaker after the other in recovering", async () => {
    const sandbox = await play({
      scenario: "recovering",
      timeScale: 20,
      instances: 1,
    });
    await sandbox.ready;
    const of = context(sandbox, system);
    const isOpen = async () => Object.values(await states(of)).filter((state) => state === open).length;
    const seen = new Set<number>();
    await waitUntil(async () => seen.add(await isOpen()).has(0));
    expect(seen.size).toBeGreaterThan(2);
  });

  it("opens and closes again and again in flapping", async () => {
    const sandbox = await play({ scenario: "flapping", timeScale: 50, instances: 1 });
    await sandbox.ready;
    const of = context(sandbox, system);
    const is = (word: string) => async () => (await states(of))[second] === word;
    for (const word of [closed, open, closed, open]) await waitUntil(is(word));
  });

  it("ends one-open by a reset that holds", async () => {
    const sandbox = await play({ scenario: "one-open", timeScale: 100 });
    await sandbox.ready;
    const of = context(sandbox, system);
    expect((await ask(of, 0, "POST", reset.path, reset.body)).status).toBe(200);
    expect(await states(of, 0)).toSatisfy(oneIs(closed));
    expect(await states(of, 1)).toSatisfy(oneIs(open));
    await waitUntil(async () => (await states(of, 1))[second] === closed);
    expect(await states(of, 0)).toSatisfy(oneIs(closed));
  });

  it("opens again after a reset while the upstream is down", async () => {
    const sandbox = await play({ scenario: "after-deploy", instances: 1 });
    await sandbox.ready;
    const of = context(sandbox, system);
    await ask(of, 0, "POST", reset.path, reset.body);
    expect(await states(of)).toSatisfy(oneIs(closed));
    await waitUntil(async () => (await states(of))[second] === open);
  });

  it("ends its fault when told to", async () => {
    const sandbox = await play({ scenario: "all-open", instances: 1, timeScale: 60 });
    await sandbox.ready;
    const of = context(sandbox, system);
    const health = async () => (await fetch(of.upstreams[upstream]?.health ?? "")).status;
    expect(await health()).toBe(503);
    expect(await setFault(of, { end: true })).toEqual({ status: 200, body: { ended: true } });
    expect(await health()).toBe(of.upstreams[upstream]?.expect);
    await waitUntil(async () => Object.values(await states(of)).every((state) => state === closed));
  });

  it("opens a breaker whose upstream is made to fail", async () => {
    const sandbox = await play({ instances: 1, timeScale: 2 });
    await sandbox.ready;
    const of = context(sandbox, system);
    expect(await setFault(of, { target: upstream, behaviour: "drop" })).toEqual({
      status: 200,
      body: { changed: 1 },
    });
    await waitUntil(async () => oneIs(open)(await states(of)));
  });
}
