/** What an upstream does with a call. Milliseconds are real ones: only waits are scaled, never the work. */
export type Behaviour =
  | { readonly kind: "ok" }
  | { readonly kind: "fail"; readonly status: number }
  /** The connection breaks without an answer. */
  | { readonly kind: "drop" }
  | { readonly kind: "slow"; readonly ms: number }
  /** So many successes, then so many failures, over and over; counted per caller. */
  | { readonly kind: "flaky"; readonly oks: number; readonly fails: number; readonly broken: Behaviour };

export const ok: Behaviour = { kind: "ok" };

/** Reads a behaviour that came as JSON; a word stands for the kind with its usual numbers. Null: it is none. */
export function readBehaviour(value: unknown): Behaviour | null {
  const given = typeof value === "string" ? { kind: value } : value;
  if (typeof given !== "object" || given === null || !("kind" in given)) return null;
  const number = (name: string, usual: number) => {
    const found = new Map(Object.entries(given)).get(name);
    return typeof found === "number" && Number.isFinite(found) && found >= 0 ? found : usual;
  };
  switch (given.kind) {
    case "ok":
    case "drop":
      return { kind: given.kind };
    case "fail":
      return { kind: "fail", status: number("status", 503) };
    case "slow":
      return { kind: "slow", ms: number("ms", 1500) };
    case "flaky":
      return {
        kind: "flaky",
        fails: number("fails", 3),
        oks: number("oks", 2),
        broken: { kind: "fail", status: 503 },
      };
    default:
      return null;
  }
}
