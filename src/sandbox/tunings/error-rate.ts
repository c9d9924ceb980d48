import { asSet, type TuningFactory } from "./tuning.ts";

/**
 * Opens by failures in a row, or when the error rate within the window reaches its threshold. With `needsVolume` the
 * rate counts from as many calls on as the failure threshold; without it, one call is enough.
 */
export function errorRate(needsVolume: boolean): TuningFactory {
  return () => {
    let calls: { readonly ok: boolean; readonly at: number }[] = [];
    return {
      ...asSet(),
      shouldOpen(set, failures) {
        if (failures >= set.failureThreshold) return true;
        if (set.errorRate === undefined || calls.length < (needsVolume ? set.failureThreshold : 1))
          return false;
        const last = calls.at(-1)?.at ?? 0;
        const recent = calls.filter(({ at }) => at > last - (set.errorWindowMs ?? Number.POSITIVE_INFINITY));
        return recent.filter(({ ok }) => !ok).length / recent.length >= set.errorRate;
      },
      recorded(ok, at) {
        calls = [...calls, { ok, at }].slice(-1000);
      },
      changed(to) {
        if (to === "closed") calls = [];
      },
    };
  };
}
