import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { createPolicyTable } from "../../../src/sandbox/policies/policy-table.ts";
import { policyBreakers, writeShippedPolicies } from "../../../src/sandbox/policies/shipped.ts";
import { named, play, usualLimits } from "../breaker-fixture.ts";
import { systemSetups } from "../system-setup.ts";

const setups = systemSetups();
const limits = { ...usualLimits, errorRate: 0.5, errorWindowMs: 60_000 };
const chat = { tenant: "acme-corp", policy: "chat" };

function aTable(disabled: "off" | "bypassed" = "off") {
  const folder = writeShippedPolicies(setups().folder, () => null, limits);
  const breakers = policyBreakers.map((name) => named(name));
  const table = createPolicyTable({ folder, breakers, strict: true, disabled });
  const file = path.join(folder, "acme-corp", "chat.json");
  const write = (change: (text: string) => string) => writeFileSync(file, change(readFileSync(file, "utf8")));
  const find = (group: string, key: string) => {
    const found = breakers.find(({ name }) => name.group === group && name.key === key);
    if (found === undefined) throw new Error(`${group}/${key} is not there`);
    return found.breaker;
  };
  return { table, breakers, folder, file, write, find };
}

const raise = (text: string) => text.replace('"failure_threshold": 5', '"failure_threshold": 9');
const disable = (text: string) => text.replace('"enabled": true', '"enabled": false');

it("writes policies that no JSON printer would write so, one file each", () => {
  const { table, file } = aTable();
  expect(table.ids()).toEqual([
    chat,
    { tenant: "acme-corp", policy: "embeddings" },
    { tenant: "globex", policy: "chat" },
  ]);
  expect(JSON.stringify(JSON.parse(readFileSync(file, "utf8")), null, 2)).not.toBe(
    readFileSync(file, "utf8").trim(),
  );
});

it("puts a changed policy in force when it is loaded, for its providers and its tenant only", () => {
  const { table, write, find } = aTable();
  write(raise);
  expect([find("acme-corp", "openai").limits().failureThreshold, table.isInForce(chat)]).toEqual([5, false]);
  expect(table.load(chat)).toBeNull();
  expect(table.isInForce(chat)).toBe(true);
  const shown = [
    find("acme-corp", "openai"),
    find("acme-corp", "mistral"),
    find("acme-corp", "cohere"),
    find("globex", "openai"),
  ];
  expect(shown.map((breaker) => breaker.limits().failureThreshold)).toEqual([9, 9, 5, 5]);
});

it.each([
  { text: "{", problem: "not a JSON object" },
  { text: '{"version": "1", "circuit_breaker": {"timeout_ms": 1}}', problem: "circuit_breaker.timeout_ms" },
])("keeps the old one in force where the new one is $text", ({ text, problem }) => {
  const { table, write, find } = aTable();
  write(() => text);
  expect(table.load(chat)).toContain(problem);
  expect(find("acme-corp", "openai").limits().failureThreshold).toBe(5);
  expect(table.isInForce(chat)).toBe(false);
});

it.each([
  { disabled: "off", after: "closed" },
  { disabled: "bypassed", after: "open" },
] as const)("a disabled policy leaves its breakers $disabled and $after", async ({ disabled, after }) => {
  const { table, write, find } = aTable(disabled);
  const breaker = find("acme-corp", "mistral");
  await play(breaker, "xxxxx");
  write(disable);
  table.load(chat);
  expect(breaker.reading()).toMatchObject({ mode: disabled, state: after });
  expect(await play(breaker, "..")).toBe("..");
  expect(find("globex", "openai").reading().mode).toBe("auto");
});

it("disables all until it starts again, whatever is loaded meanwhile", () => {
  const { table, breakers } = aTable();
  const modes = () => [...new Set(breakers.map(({ breaker }) => breaker.reading().mode))];
  table.disableAll();
  table.load(chat);
  expect(modes()).toEqual(["off"]);
  table.restart();
  expect(modes()).toEqual(["auto"]);
});

it("replaces a file as a whole, and leaves no other behind", () => {
  const { table, file } = aTable();
  table.store(chat, "{}\n");
  expect(readFileSync(file, "utf8")).toBe("{}\n");
  expect(table.ids()).toHaveLength(3);
});

it.each([
  { tenant: "ghost", policy: "chat" },
  { tenant: "..", policy: "chat" },
  { tenant: "acme-corp", policy: "../globex/chat" },
])("has no policy $tenant/$policy", (id) => {
  const { table } = aTable();
  expect(table.stored(id)).toBeNull();
  expect(table.load(id)).toBe("no such policy");
});
