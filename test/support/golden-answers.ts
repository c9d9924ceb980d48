import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { BreakerList } from "../../src/domain/answers.ts";
import { type AdminServer, adminServer, sendJson } from "./admin-server.ts";
import { cbctl, json, type Ran } from "./cbctl.ts";

/** A body as the real API or its document has it. */
export function golden(name: string): { readonly status: number; readonly body: unknown } {
  const file = new URL(`../sandbox/golden/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as { status: number; body: unknown };
}

/** A server that gives one answer to everything. */
export const serve = (body: unknown, status = 200): Promise<AdminServer> =>
  adminServer((_, response) => sendJson(response, body, status));

/** The options that reach these servers of a system without a config. */
export const of = (system: string, ...servers: AdminServer[]) => [
  "--system",
  system,
  ...servers.flatMap(({ url }) => ["--admin-url", url]),
];

/** What `status` lists; it must end well and quietly. */
export const list = async (argv: readonly string[]): Promise<BreakerList> => {
  const ran = await cbctl(["status", "-o", "json", ...argv]);
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  return json<BreakerList>(ran);
};

export const statesOf = ({ breakers }: BreakerList) => breakers.map(({ state }) => state);

/** Found nothing out, and said why. */
export function expectCannotTell(ran: Ran, words: string | RegExp): void {
  expect(ran.code).toBe(9);
  expect(ran.stdout).toBe("");
  expect(ran.stderr).toMatch(words);
}
