import type {
  AuditList,
  BreakerList,
  BreakerLists,
  ChangeAnswer,
  ContextList,
  GroupList,
  InstanceList,
  SystemList,
} from "../../domain/answers.ts";
import { breakerName } from "../../domain/breaker.ts";

/** Each breaker by the name that other commands take, a line each. */
export function breakerNames({ breakers }: BreakerList): string[] {
  return breakers.map(breakerName);
}

/** The breakers of all contexts; equal names of two contexts stay two lines. */
export function breakerNamesOfLists({ items }: BreakerLists): string[] {
  return items.flatMap(breakerNames);
}

/** Breakers without a group have no line. */
export function groupNames({ groups }: GroupList): string[] {
  return groups.flatMap(({ group }) => (group === null ? [] : [group]));
}

export function instanceNames({ instances }: InstanceList): string[] {
  return instances.map(({ instance }) => instance);
}

/** The breakers that a change was about, each once. */
export function changedNames({ results }: ChangeAnswer): string[] {
  return [...new Set(results.map(breakerName))];
}

export function contextNames({ contexts }: ContextList): string[] {
  return contexts.map(({ name }) => name);
}

export function systemNames({ systems }: SystemList): string[] {
  return systems.map(({ name }) => name);
}

export function journalIds({ entries }: AuditList): string[] {
  return entries.map(({ intent }) => intent.id);
}
