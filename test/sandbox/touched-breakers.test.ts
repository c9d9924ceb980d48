import { expect, it } from "vitest";
import type { BreakerName } from "../../src/sandbox/named-breaker.ts";
import { systems } from "../../src/sandbox/systems/index.ts";
import { isTouched } from "../../src/sandbox/touched-breakers.ts";
import { systemSetups } from "./system-setup.ts";

const setup = systemSetups();

const fullName = ({ group, key }: BreakerName) => `${group}/${key}`;

function touchedKeys(
  touches: Parameters<typeof isTouched>[0],
  system: keyof typeof systems,
  instances: number,
) {
  const { breakers } = systems[system](setup());
  return Array.from({ length: instances }, (_, instance) =>
    breakers.filter((name) => isTouched(touches, breakers, name, instance, instances)).map(fullName),
  );
}

it.each(Object.keys(systems) as (keyof typeof systems)[])(
  "none, one and all of %s are the same on every instance",
  (system) => {
    const { breakers } = systems[system](setup());
    expect(touchedKeys("none", system, 3)).toEqual([[], [], []]);
    expect(touchedKeys("all", system, 3)).toEqual(Array(3).fill(breakers.map(fullName)));
    expect(touchedKeys("one", system, 3)).toEqual(Array(3).fill(breakers.slice(1, 2).map(fullName)));
  },
);

it.each([
  { system: "key-breakers", group: "deepseek", pairs: 12, touched: 9 },
  { system: "key-breakers", group: "perplexity", pairs: 6, touched: 4 },
  { system: "gateway", group: null, pairs: 21, touched: 15 },
  { system: "acme", group: "payments", pairs: 6, touched: 4 },
  { system: "acme", group: "search", pairs: 3, touched: 2 },
  { system: "agent-breakers", group: null, pairs: 12, touched: 9 },
  { system: "updog", group: "DB", pairs: 6, touched: 4 },
  { system: "service-metrics", group: null, pairs: 12, touched: 9 },
  { system: "router-policy", group: "globex", pairs: 6, touched: 4 },
  { system: "router-extensions", group: null, pairs: 12, touched: 9 },
] as const)(
  "a majority of $group in $system is $touched of $pairs pairs, never all",
  ({ system, group, pairs, touched }) => {
    const { breakers } = systems[system](setup());
    const own = breakers.filter((name) => name.group === group);
    const count = touchedKeys("majority", system, 3)
      .flat()
      .filter((key) => own.map(fullName).includes(key)).length;
    expect([own.length * 3, count]).toEqual([pairs, touched]);
    expect(count).toBeGreaterThan(pairs / 2);
    expect(count).toBeLessThan(pairs);
  },
);
