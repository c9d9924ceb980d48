import { type Breaker, breakerName } from "../domain/breaker.ts";
import { CbctlError } from "../domain/errors.ts";
import type { Fleet } from "../domain/fleet.ts";
import { matchesGlob } from "../domain/glob.ts";
import { nearNamesHint } from "../domain/near-names.ts";

/** Which breakers a command is about: keys, `group/key` or patterns with `*`; or all of them. */
export interface Selection {
  readonly patterns: readonly string[];
  readonly all: boolean;
  readonly groups: readonly string[];
}

export interface Selected {
  readonly breakers: readonly Breaker[];
  /** Chosen by pattern or `--all`, so that a typo could select more than was meant. */
  readonly isBroad: boolean;
  /** Every breaker of the context. */
  readonly isWholeContext: boolean;
}

/** @throws CbctlError `unknown-name` with near names, `usage` when a plain key stands in more than one group. */
export function selectBreakers(fleet: Fleet, { patterns, all, groups }: Selection): Selected {
  const inGroups = fleet.breakers.filter(({ group }) => groups.length === 0 || groups.includes(group ?? ""));
  if (groups.length > 0 && inGroups.length === 0) throw unknownGroup(fleet, groups);
  const chosen =
    patterns.length === 0 && all
      ? inGroups
      : patterns.flatMap((pattern) => matching(fleet, inGroups, pattern));
  const isChosen = new Set(chosen);
  const breakers = fleet.breakers.filter((breaker) => isChosen.has(breaker));
  return {
    breakers,
    isBroad: all || groups.length > 0 || patterns.some((pattern) => pattern.includes("*")),
    isWholeContext: breakers.length === fleet.breakers.length && all,
  };
}

function matching(fleet: Fleet, breakers: readonly Breaker[], pattern: string): readonly Breaker[] {
  if (pattern.includes("*")) {
    const found = breakers.filter(
      (breaker) => matchesGlob(pattern, breakerName(breaker)) || matchesGlob(pattern, breaker.key),
    );
    if (found.length === 0) throw unknownBreaker(fleet, `no breaker matches "${pattern}"`, pattern);
    return found;
  }
  const exact = breakers.filter((breaker) => breakerName(breaker) === pattern);
  const found = exact.length > 0 ? exact : breakers.filter(({ key }) => key === pattern);
  if (found.length === 0) throw unknownBreaker(fleet, `no breaker "${pattern}"`, pattern);
  if (found.length === 1) return found;
  throw new CbctlError("usage", `"${pattern}" stands in more than one group`, {
    reason: found.map(breakerName).join(", "),
    hint: "name the group as well: group/key",
  });
}

function unknownBreaker(fleet: Fleet, message: string, sought: string): CbctlError {
  const unread = fleet.errors.length;
  const names = fleet.breakers.flatMap((breaker) => [...new Set([breakerName(breaker), breaker.key])]);
  const partly = unread > 0 ? `${unread} of ${fleet.readings.length} instances could not be read` : undefined;
  const none =
    names.length === 0
      ? "no breakers are registered yet; some systems know none until traffic has come"
      : undefined;
  return new CbctlError("unknown-name", message, {
    reason: partly ?? none,
    hint: nearNamesHint(sought, names) ?? "cbctl status lists the breakers",
  });
}

function unknownGroup(fleet: Fleet, groups: readonly string[]): CbctlError {
  const known = [...new Set(fleet.breakers.flatMap(({ group }) => (group === null ? [] : [group])))];
  return new CbctlError("unknown-name", `no group "${groups.join('", "')}"`, {
    hint:
      nearNamesHint(groups[0] ?? "", known) ?? (known.length > 0 ? `known: ${known.join(", ")}` : undefined),
  });
}

/** Exactly one breaker. @throws CbctlError `usage` when a pattern matches several. */
export function selectOne(fleet: Fleet, pattern: string): Breaker {
  const { breakers } = selectBreakers(fleet, { patterns: [pattern], all: false, groups: [] });
  const [only] = breakers;
  if (only && breakers.length === 1) return only;
  throw new CbctlError("usage", `"${pattern}" matches ${breakers.length} breakers`, {
    reason: breakers.map(breakerName).join(", "),
    hint: "name one of them",
  });
}
