import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { listenForSignals } from "../../src/host/signals.ts";

function source() {
  const exits: number[] = [];
  return Object.assign(new EventEmitter(), { exits, exit: (code: number) => exits.push(code) });
}

test.each([
  ["SIGINT", "interrupted", 130],
  ["SIGTERM", "terminated", 143],
  ["SIGHUP", "terminated", 143],
] as const)("%s aborts as %s, exit code %i", (name, code, exitCode) => {
  const from = source();
  const { signal } = listenForSignals(from);
  expect(signal.aborted).toBe(false);
  from.emit(name, name);
  expect(signal.reason).toMatchObject({ code, exitCode });
  expect(from.exits).toEqual([]);
});

test.each([
  ["SIGINT", "SIGINT", 130],
  ["SIGINT", "SIGTERM", 143],
  ["SIGTERM", "SIGINT", 130],
] as const)("%s and then %s ends at once with %i", (first, second, exitCode) => {
  const from = source();
  const { signal } = listenForSignals(from);
  from.emit(first, first);
  const { reason } = signal;
  from.emit(second, second);
  expect(from.exits).toEqual([exitCode]);
  expect(signal.reason).toBe(reason);
});

test("it stops listening when it is told to", () => {
  const from = source();
  listenForSignals(from).dispose();
  expect(from.eventNames()).toEqual([]);
});
