import * as v from "valibot";
import { withHint } from "./shape.ts";
import { complain } from "./vocabulary.ts";

/** The address of a service. Credentials never stand in it: they would be printed with it. */
export const serviceUrl = v.pipe(v.string(), complain(wrongUrl));

/** An address that paths are added to: a prefix is kept, a query would be lost. */
export const baseUrl = v.pipe(
  v.string(),
  complain(
    (typed: string) =>
      wrongUrl(typed) ?? (/[?#]/.test(typed) ? "must end with its path, without ? or #" : null),
  ),
);

function wrongUrl(typed: string): string | null {
  const url = URL.canParse(typed) ? new URL(typed) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    return withHint(
      "must be an http or https URL",
      /^[\w.-]+(:\d+)?(\/|$)/.test(typed) ? `write http://${typed}` : undefined,
    );
  }
  if (url.username === "" && url.password === "") return null;
  return withHint(
    "a URL must not hold credentials",
    "name their source under auth: {basic: {user: …, password: {env: …}}}",
  );
}

/** True for an address on this machine. */
export function isLoopback(typed: string): boolean {
  const { hostname } = new URL(typed);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
