import { badRedirect, showUrl } from "./http-errors.ts";
import { type Hop, type HopAnswer, isReading } from "./http-transport.ts";

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const SECRET_HEADERS: ReadonlySet<string> = new Set(["authorization", "cookie", "proxy-authorization"]);

/**
 * The hop that an answer asks for; null when it is the answer. A hop to another origin carries no credentials and no client
 * certificate, and neither does any hop after it.
 */
export function nextHop(hop: Hop, answer: HopAnswer, openHeaders: Hop["headers"]): Hop | null {
  const location = answer.headers.location;
  if (!isReading(hop.method) || !REDIRECTS.has(answer.status) || location === undefined) return null;
  const url = targetOf(hop.url, location);
  if (url.origin === hop.url.origin) return { ...hop, url };
  const headers = Object.fromEntries(
    Object.entries(openHeaders).filter(([name]) => !SECRET_HEADERS.has(name.toLowerCase())),
  );
  return { ...hop, url, headers, tls: hop.tls === null ? null : { ca: hop.tls.ca } };
}

function targetOf(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href))
    throw badRedirect(from, "it redirects to something that is not a URL");
  const target = new URL(location, from);
  if (target.protocol !== "http:" && target.protocol !== "https:") {
    throw badRedirect(from, `it redirects to ${target.protocol}, which is not HTTP`);
  }
  if (from.protocol === "https:" && target.protocol === "http:") {
    throw badRedirect(from, `it redirects from https to ${showUrl(target)}, which is not encrypted`);
  }
  target.username = "";
  target.password = "";
  return target;
}
