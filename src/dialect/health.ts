import { compilePath } from "../domain/path.ts";
import type { HealthCall } from "../domain/system.ts";
import type { Answer } from "../domain/vocabulary/call.ts";

/** What one instance tells of the whole; null is "not told". */
export interface ToldHealth {
  readonly ready: boolean;
  readonly degraded: readonly string[] | null;
}

/** Reads an answer to the health call; null when it is none. A 503 that the document accepts is an answer like any other. */
export function healthOf({ accept, ready, degraded }: HealthCall, answer: Answer): ToldHealth | null {
  const isAnswer = accept?.includes(answer.status) ?? (answer.status >= 200 && answer.status < 300);
  const isReady = isAnswer ? compilePath(ready)(answer.value) : undefined;
  if (typeof isReady !== "boolean") return null;
  const names = degraded === undefined ? undefined : compilePath(degraded)(answer.value);
  return {
    ready: isReady,
    degraded: Array.isArray(names) ? names.filter((name) => typeof name === "string") : null,
  };
}
