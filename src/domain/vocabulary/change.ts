/** What cbctl can do to a breaker. How, is the business of the System document. */
export const VERBS = ["reset", "trip", "release", "enable", "disable", "patch"] as const;

export type Verb = (typeof VERBS)[number];

/** The breakers that one change touches: one `breaker`, all that share a label (`group`, `policy` …), or `all`. */
export type Reach = string;

/** How long a forced state lasts. */
export const HOLDS = ["until-released", "until-restart", "open-duration"] as const;

export type Holds = (typeof HOLDS)[number];
