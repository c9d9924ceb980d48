import type { System } from "./system.ts";
import type { Call } from "./vocabulary/call.ts";

/** What a System document would do with the rights of its user: for the one who is asked to trust it. */
export interface DocumentReach {
  /** Hosts other than the context's own that it names. */
  readonly hosts: readonly string[];
  readonly programs: readonly string[];
  /** Each change as `verb reach: METHOD /path`. */
  readonly changes: readonly string[];
}

export function reachOf(system: System): DocumentReach {
  const changes = Object.entries(system.change).flatMap(([verb, reaches]) =>
    Object.entries(reaches ?? {}).flatMap(([reach, { calls }]) =>
      calls.map((call) => ({ verb, reach, call })),
    ),
  );
  const checks = Object.values(system.checks).map(({ call }) => call);
  const calls: Call[] = [
    ...(system.read ? [system.read.call] : []),
    ...checks,
    ...(system.health ? [system.health.call] : []),
    ...changes.map(({ call }) => call),
  ];
  return {
    hosts: [...new Set(calls.flatMap(({ http }) => /^[A-Z]+ (https?:\/\/[^/]+)/.exec(http)?.[1] ?? []))],
    programs: [],
    changes: changes.map(({ verb, reach, call }) => `${verb} ${reach}: ${call.http}`),
  };
}
