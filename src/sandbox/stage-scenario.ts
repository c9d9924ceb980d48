import { setTimeout as wait } from "node:timers/promises";
import type { Instance, Member } from "./instance.ts";
import type { Scenario } from "./scenario.ts";
import type { Upstreams } from "./upstreams.ts";

const mostCalls = 500;
const briefMs = 30;

/**
 * Brings every breaker of an instance into the scenario's first state by real calls that really fail, without waiting
 * for traffic; then leaves the upstreams as the scenario wants them.
 */
export async function stageScenario(
  scenario: Scenario,
  instance: Instance,
  upstreams: Upstreams,
  timeScale: number,
): Promise<void> {
  const touched = instance.members.filter((member) => member.touched);
  const { broken } = instance.system;
  const staging = instance.members.map(async (member) => {
    const set = (behaviour: typeof broken) => upstreams.set(member.name.key, behaviour, member.caller);
    if (!member.touched || scenario.start === "as-is") await member.fire();
    else {
      set(broken);
      const usual = member.breaker.limits();
      if (scenario.start === "failing") await fail(member, usual.failureThreshold + 3);
      else if (scenario.start === "half_open") {
        member.breaker.fixOpenMs(briefMs * timeScale);
        await open(member);
        set({ kind: "ok" });
        await tryOnce(member);
      } else {
        const share = scenario.staggered ? (touched.indexOf(member) + 1) / touched.length : 1;
        member.breaker.fixOpenMs(usual.openMs * share);
        await open(member);
      }
      member.breaker.fixOpenMs(null);
    }
    if (member.touched) set(scenario.upstream === "broken" ? broken : scenario.upstream);
  });
  await Promise.all(staging);
}

async function fail(member: Member, times: number): Promise<void> {
  for (let call = 0; call < times; call++) await member.fire();
}

async function open(member: Member): Promise<void> {
  for (let call = 0; call < mostCalls; call++) {
    if (member.breaker.reading().state === "open") return;
    await member.fire();
  }
  throw new Error(`${member.name.key} did not open`);
}

/** Until one trial has succeeded, which leaves the second one missing. */
async function tryOnce(member: Member): Promise<void> {
  for (let call = 0; call < mostCalls; call++) {
    if (member.breaker.reading().successes > 0) return;
    await wait(briefMs / 3);
    await member.fire();
  }
  throw new Error(`${member.name.key} did not become half-open`);
}
