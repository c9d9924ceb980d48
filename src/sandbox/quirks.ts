/** What a system can be made to do besides, and which one does it. */
export const quirks = {
  "stale-gauge":
    "updog, service-metrics, router-policy: the series of states that a breaker has left are never cleared",
  "backoff-jitter": "updog: each wait varies by 30 %",
  "guide-prefix": "updog: the admin routes are at /admin/circuit, where its integration guide has them",
  "bare-states": "updog: a state is a bare word, without its numbers",
  "flat-states": "updog: the answer is the map of words itself",
  "empty-stats": "updog: the numbers beside a state are missing",
  "error-in-200": "router-extensions: the router's error comes with status 200",
  "backend-down": "router-extensions: what stands behind the gateway does not answer",
  "caching-proxy":
    "agent-breakers: a proxy repeats answers as long as they allow, unless asked for fresh ones",
  "reload-fails": "router-policy: a reload answers 500 and the old policies stay in force",
} as const;

export type Quirk = keyof typeof quirks;
