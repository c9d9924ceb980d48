import { type BreakerReading, placeOf } from "../domain/breaker.ts";
import type { Instance } from "../domain/fleet.ts";
import { assignmentOf } from "../domain/threshold.ts";
import { formatDuration } from "../domain/vocabulary/duration.ts";
import type { ContextPort } from "./context-port.ts";
import { type Expectation, meets } from "./plan-change.ts";
import { readInstances } from "./read-fleet.ts";

/** One look at a breaker at an instance after a change; null: it could not be read. */
interface Look {
  readonly afterMs: number;
  readonly reading: BreakerReading | null;
  readonly problem: string | null;
}

export interface Verification {
  readonly holds: boolean;
  readonly last: BreakerReading | null;
  readonly message: string | null;
}

const LOOKS = 6;
const SHORTEST_PAUSE_MS = 20;

/** Reads the changed breakers back and stays to see them hold, for `holdMs`. An interruption ends the watching, not the answer. */
export async function verifyChange(
  context: ContextPort,
  instances: readonly Instance[],
  expected: ReadonlyMap<string, Expectation>,
  holdMs: number,
): Promise<Map<string, Verification>> {
  const looks = new Map<string, Look[]>([...expected.keys()].map((place) => [place, []]));
  const started = context.clock.now();
  const pause = Math.max(SHORTEST_PAUSE_MS, Math.ceil(holdMs / LOOKS));
  for (;;) {
    await look(context, instances, looks, started);
    const left = holdMs - (context.clock.now() - started);
    if (left <= 0 || context.signal.aborted) break;
    await context.clock.sleep(Math.min(pause, left), context.signal).catch(() => undefined);
  }
  return new Map(
    [...expected].map(([place, expectation]) => [place, conclude(looks.get(place) ?? [], expectation)]),
  );
}

async function look(
  context: ContextPort,
  instances: readonly Instance[],
  looks: ReadonlyMap<string, Look[]>,
  started: number,
): Promise<void> {
  const unbroken = { ...context, signal: new AbortController().signal };
  for (const { instance, breakers, error } of await readInstances(unbroken, instances)) {
    const afterMs = context.clock.now() - started;
    const byPlace = new Map((breakers ?? []).map((reading) => [placeOf(reading), reading]));
    for (const [place, seen] of looks) {
      if (!place.startsWith(`[${JSON.stringify(instance.name)},`)) continue;
      const reading = byPlace.get(place) ?? null;
      seen.push({
        afterMs,
        reading,
        problem: error?.message ?? (reading ? null : "it is not listed any more"),
      });
    }
  }
}

function conclude(looks: readonly Look[], expectation: Expectation): Verification {
  const last = looks.at(-1);
  const good = (each: Look) => each.reading !== null && meets(each.reading, expectation);
  const firstGood = looks.findIndex(good);
  const lost = looks.find((each, index) => firstGood >= 0 && index > firstGood && !good(each));
  const reading = last?.reading ?? null;
  if (last === undefined || last.problem !== null) {
    return { holds: false, last: reading, message: `could not be read back: ${last?.problem ?? "no time"}` };
  }
  if (firstGood < 0) return { holds: false, last: reading, message: stillHolds(last, expectation) };
  if (lost) {
    const now = lost.reading ? `it was ${lost.reading.state} again` : "it could not be read";
    return {
      holds: false,
      last: reading,
      message: `it did not hold: ${now} after ${formatDuration(Math.round(lost.afterMs))}`,
    };
  }
  if (expectation.hidden.length > 0) {
    const names = expectation.hidden.join(", ");
    return {
      holds: false,
      last: reading,
      message: `${names} was accepted; the system does not show it, so it is not confirmed`,
    };
  }
  return { holds: true, last: reading, message: null };
}

function stillHolds({ reading, afterMs }: Look, { thresholds }: Expectation): string {
  const after = afterMs > 0 ? ` after ${formatDuration(Math.round(afterMs))}` : "";
  const wrong = Object.entries(thresholds).flatMap(([name, value]) => {
    const held = reading?.thresholds[name];
    return held === value ? [] : [`${assignmentOf(name, held)}, not ${assignmentOf(name, value)}`];
  });
  if (wrong.length > 0) return `read back${after}: ${wrong.join("; ")}`;
  return `read back unchanged: still ${reading?.state ?? "unknown"}${after}`;
}
