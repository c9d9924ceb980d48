import { describe, expect, it } from "vitest";
import { isValidToken } from "../../../src/sandbox/json-web-token.ts";
import { systems } from "../../../src/sandbox/systems/index.ts";
import { systemSetups } from "../system-setup.ts";

const setup = systemSetups();
const { now } = setup();
const all = Object.values(systems);

describe.each(all)("%o", (make) => {
  const system = make(setup());

  it("has breakers of different names, of which the second shares its key with none", () => {
    const keys = system.breakers.map(({ group, key }) => `${group}/${key}`);
    const second = system.breakers.filter(({ key }) => key === system.breakers[1]?.key);
    expect(second).toHaveLength(1);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("names each alert, and the breaker in it", () => {
    const [first] = system.breakers;
    if (first === undefined) throw new Error("no breakers");
    expect(system.alert("open", first).alertname).toMatch(/^[A-Z]\w+$/);
    expect(Object.values(system.alert("open", first))).toContain(first.key);
  });
});

it("has keys of two providers", () => {
  expect(systems["key-breakers"](setup()).breakers.map(({ group, key }) => `${group}/${key}`)).toEqual([
    "deepseek/deepseek-1",
    "deepseek/deepseek-2",
    "deepseek/deepseek-3",
    "deepseek/deepseek-4",
    "perplexity/perplexity-1",
    "perplexity/perplexity-2",
  ]);
});

it.each([
  { behaveAs: "documented", needsToken: false },
  { behaveAs: "real", needsToken: true },
] as const)("a gateway as $behaveAs needs a token: $needsToken", ({ behaveAs, needsToken }) => {
  const { auth } = systems.gateway(setup({ behaveAs }));
  expect(auth !== null && "bearer" in auth).toBe(needsToken);
  const token = auth !== null && "bearer" in auth ? auth.bearer : "";
  expect(isValidToken(token, "another secret", now())).toBe(false);
});

it("an alert of all keys names the provider only", () => {
  const { alert } = systems["key-breakers"](setup());
  expect(alert("all-open", { group: "deepseek", key: "deepseek-1" })).toEqual({
    alertname: "AllKeysCircuitBreakerOpen",
    provider: "deepseek",
  });
});
