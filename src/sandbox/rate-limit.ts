import type { AdminReply } from "./admin-exchange.ts";

export interface RateLimit {
  /** Counts a request. `refusal` is null while there are some left. */
  take(): { readonly headers: Readonly<Record<string, string>>; readonly refusal: AdminReply | null };
}

export interface RateLimitSetup {
  readonly limit: number;
  /** Simulated milliseconds, from the first request on. */
  readonly windowMs: number;
  readonly timeScale: number;
  readonly now: () => number;
}

/** So many requests in a fixed window, told by the `RateLimit-*` headers and `Retry-After`, in simulated seconds. */
export function createRateLimit({ limit, windowMs, timeScale, now }: RateLimitSetup): RateLimit {
  let endsAt = 0;
  let used = 0;
  return {
    take() {
      if (now() >= endsAt) [endsAt, used] = [now() + windowMs / timeScale, 0];
      used++;
      const seconds = String(Math.ceil(((endsAt - now()) * timeScale) / 1000));
      const headers = {
        "RateLimit-Policy": `${limit};w=${windowMs / 1000}`,
        "RateLimit-Limit": String(limit),
        "RateLimit-Remaining": String(Math.max(0, limit - used)),
        "RateLimit-Reset": seconds,
      };
      if (used <= limit) return { headers, refusal: null };
      const body = "Too many requests from this IP, please try again later";
      const told = { ...headers, "Retry-After": seconds, "content-type": "text/html; charset=utf-8" };
      return { headers, refusal: { status: 429, headers: told, body } };
    },
  };
}
