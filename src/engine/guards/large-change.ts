import type { Share } from "../../domain/change-plan.ts";
import type { Fleet } from "../../domain/fleet.ts";
import type { Demand } from "../operator.ts";
import type { Selected } from "../select-breakers.ts";

const SMALL_ENOUGH = 10;

/** The group of which a selection takes the largest share. */
export function largestShare(fleet: Fleet, { breakers }: Selected): Share | null {
  const shares = [...new Set(breakers.map(({ group }) => group))].map((group) => ({
    group,
    selected: breakers.filter((breaker) => breaker.group === group).length,
    of: fleet.breakers.filter((breaker) => breaker.group === group).length,
  }));
  return shares.sort((a, b) => b.selected / b.of - a.selected / a.of || b.selected - a.selected)[0] ?? null;
}

/** A pattern or `--all` that takes more than ten breakers, or more than half of a group, wants the number typed. */
export function largeChange(fleet: Fleet, selected: Selected): Demand[] {
  const count = selected.breakers.length;
  const share = largestShare(fleet, selected);
  if (!selected.isBroad || count < 2 || share === null) return [];
  if (count <= SMALL_ENOUGH && share.selected * 2 <= share.of) return [];
  const of = `${count} of ${fleet.breakers.length} breakers`;
  const inGroup = share.group === null ? "" : `, ${share.selected} of ${share.of} in ${share.group}`;
  return [{ kind: "count", count, because: `this changes ${of}${inGroup}` }];
}
