import type { Member } from "./instance.ts";

export interface Traffic {
  stop(): void;
}

/** Calls every breaker again and again, each one only when its last call has come back. Milliseconds are real ones. */
export function startTraffic(
  members: readonly Member[],
  everyMs: number,
  isQuiet: (member: Member) => boolean,
): Traffic {
  const busy = new Set<Member>();
  async function fire(member: Member): Promise<void> {
    busy.add(member);
    await member.fire();
    busy.delete(member);
  }
  const timer = setInterval(() => {
    for (const member of members) if (!busy.has(member) && !isQuiet(member)) void fire(member);
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}
