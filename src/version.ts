declare const CBCTL_VERSION: string | undefined;

/** The version of this build, set by the bundler; sources that run unbuilt call themselves so. */
export const VERSION: string = typeof CBCTL_VERSION === "undefined" ? "0.0.0-source" : CBCTL_VERSION;
