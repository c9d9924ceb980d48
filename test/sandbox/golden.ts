import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { AdminReply } from "../../src/sandbox/admin-exchange.ts";

/** An answer as its system's own document or a run of its original shows it. */
interface Golden {
  readonly source: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function readGolden(name: string): Golden {
  return JSON.parse(readFileSync(new URL(`./golden/${name}.json`, import.meta.url), "utf8"));
}

/** Status, headers, fields in their order, types, nulls and time formats are the golden ones; values may differ. */
export function expectLikeGolden(reply: AdminReply, name: string): void {
  const golden = readGolden(name);
  expect(reply.status).toBe(golden.status);
  expect(reply.headers).toMatchObject(golden.headers);
  expect(shapeOf(narrowTo(JSON.parse(reply.body), golden.body))).toEqual(shapeOf(golden.body));
}

/** The very words of the golden answer. */
export function expectGolden(reply: AdminReply, name: string): void {
  expectLikeGolden(reply, name);
  expect(JSON.parse(reply.body)).toEqual(readGolden(name).body);
}

/** Fields as `name: shape` in order, and an array as the shape of its first element. */
function shapeOf(value: unknown): unknown {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value === "object") return Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]);
  if (typeof value === "string") return textShape(value);
  return typeof value;
}

function textShape(text: string): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return "time in UTC, whole seconds";
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/.test(text)) return "time without a zone, microseconds";
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/.test(text)) return "time with an offset, microseconds";
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return "time in UTC, milliseconds";
  return "text";
}

/** Of a map with names of its own, only the entries that the golden one has. */
function narrowTo(actual: unknown, golden: unknown): unknown {
  if (!isMap(actual) || !isMap(golden)) return actual;
  const names = Object.keys(golden);
  const isNamed = names.some((name) => name.endsWith("-service") || name.endsWith("_api"));
  const kept = Object.entries(actual).filter(([name]) => !isNamed || names.includes(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, narrowTo(inner, golden[name])]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
