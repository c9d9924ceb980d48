import { breakerName } from "../../domain/breaker.ts";
import type { JournalEntry } from "../../domain/journal.ts";
import type { Demand } from "../operator.ts";

const HOUR_MS = 3_600_000;
const TOO_MANY = 3;

/** A third reset of one breaker within the hour: resets do not help here, so the key must be typed. */
export function repeatedReset(
  names: readonly string[],
  entries: readonly JournalEntry[],
  now: number,
): Demand[] {
  const recent = entries.filter(
    ({ at, intent }) => intent.action === "reset" && now - Date.parse(at) < HOUR_MS,
  );
  return names.flatMap((name) => {
    const resets = recent.filter(({ intent }) =>
      intent.targets.some((target) => breakerName(target) === name),
    );
    if (resets.length < TOO_MANY - 1) return [];
    const when = resets.map(({ at, intent }) => `${at.slice(11, 16)} by ${intent.by.user}`).join(", ");
    return [
      {
        kind: "key",
        key: name,
        because: `${name} was reset ${resets.length} times within the hour (${when})`,
      },
    ];
  });
}
