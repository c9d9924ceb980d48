import type { SandboxContext } from "../../src/sandbox/start-sandbox.ts";
import { ask } from "./sandbox-fixture.ts";

type States = Record<string, string>;

/** Key (or `group/key` where keys repeat) → state word of the system, as an instance shows them itself. */
export async function states(of: SandboxContext, instance = 0): Promise<States> {
  const read = async (path: string) => (await ask(of, instance, "GET", path)).body;
  switch (of.system) {
    case "key-breakers":
      return pairs(await read("/api/v1/circuit-breaker/stats"), "key_id", "state");
    case "gateway":
      return wordsOf((await read("/api/v1/circuit-breakers")).circuit_breakers);
    case "agent-breakers":
      return pairs((await read("/api/v1/circuit-breakers/status")).breakers, "name", "state");
    case "updog":
      // Its admin API would soon answer 429 to a test that looks again and again.
      return fromPage(
        await read(of.metricsPath),
        /^updog_circuit_breaker_state\{breaker_name="(.+)",state="(.+)"\} .+$/gm,
      );
    case "router-extensions":
      return wordsOf((await read("/api/v1/extensions/circuit-breakers")).states);
    case "service-metrics":
      return fromPage(
        await read(of.metricsPath),
        /^circuit_breaker_state\{service="(.+)",state="(.+)"\} 1$/gm,
      );
    case "router-policy":
      return fromPage(
        await read(of.metricsPath),
        /^router_circuit_breaker_state\{tenant_id="(.+)",provider_id="(.+)",state="(.+)"\} .+$/gm,
      );
    default: {
      const { services } = (await read("/ops/breakers")).data;
      return pairs(
        services.flatMap(({ breakers }: { breakers: States[] }) => breakers),
        "id",
        "status",
      );
    }
  }
}

function pairs(shown: readonly States[], key: string, state: string): States {
  return Object.fromEntries(shown.map((one) => [one[key], one[state]]));
}

function wordsOf(shown: Record<string, { readonly state: string }>): States {
  return Object.fromEntries(Object.entries(shown).map(([key, { state }]) => [key, state]));
}

/** The last group is the state, those before are the name. */
function fromPage(page: string, series: RegExp): States {
  const found = [...page.matchAll(series)].map(([, ...parts]) => parts);
  return Object.fromEntries(found.map((parts) => [parts.slice(0, -1).join("/"), parts.at(-1) ?? ""]));
}
