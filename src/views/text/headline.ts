import type { Health } from "../../domain/answers.ts";
import type { InstanceError, Summary } from "../../domain/fleet.ts";
import type { ViewOptions } from "../view.ts";
import { counted } from "./facts.ts";
import { countedStates } from "./states.ts";

interface Headed {
  readonly context: string;
  readonly system: string;
  readonly summary: Summary;
}

/** `shop · key-breakers · 6 breakers: 1 open, 5 closed`. */
export function headline({ context, system, summary }: Headed, { paint }: ViewOptions): string {
  const states = countedStates(summary).map(({ text, tone }) => paint[tone](text));
  const breakdown = states.length === 0 ? "" : `: ${states.join(", ")}`;
  const mixed = summary.mixed === 0 ? "" : paint.warn(` (${summary.mixed} not alike on all instances)`);
  return `${paint.strong(context)} · ${system} · ${counted(summary.total, "breaker")}${breakdown}${mixed}`;
}

/** What could not be read, a line each. */
export function errorLines(errors: readonly InstanceError[], { paint }: ViewOptions): string[] {
  return errors.map(({ instance, message, hint }) =>
    paint.warn(`! ${instance}: ${message}${hint === undefined ? "" : ` (${hint})`}`),
  );
}

/** That a system calls itself not ready; nothing while it is. */
export function healthLines(health: Health | null | undefined, { paint }: ViewOptions): string[] {
  if (health === undefined || health?.ready) return [];
  if (health === null) return [paint.warn("! whether it is ready could not be told")];
  const names = health.degraded.length === 0 ? "" : `; degraded: ${health.degraded.join(", ")}`;
  return [paint.warn(`! it is not ready, says ${health.source}${names}`)];
}
