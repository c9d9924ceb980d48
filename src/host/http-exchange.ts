import { CbctlError } from "../domain/errors.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "./http.ts";
import { startDeadline } from "./http-deadline.ts";
import { badRedirect, explainFailure } from "./http-errors.ts";
import { nextHop } from "./http-redirect.ts";
import type { Hop, Transport } from "./http-transport.ts";

const MOST_REDIRECTS = 5;

/** What every client does alike, whichever transport sends: redirects, one deadline for all of it, and errors in words. */
export function httpClient(transport: Transport): HttpClient {
  return {
    exchange: (request) => exchange(transport, request),
    close: () => transport.close(),
  };
}

async function exchange(transport: Transport, request: HttpRequest): Promise<HttpAnswer> {
  const first = firstHop(request);
  const deadline = startDeadline(request.timeoutMs, request.signal);
  let hop: Hop = { ...first, signal: deadline.signal };
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const answer = await transport.send(hop);
      const next = nextHop(hop, answer, request.headers);
      if (next === null) return { ...answer, url: hop.url.href };
      hop = next;
    }
    throw badRedirect(hop.url, `it redirects more than ${MOST_REDIRECTS} times`);
  } catch (error) {
    throw deadline.explain(hop.url) ?? explainFailure(error, hop.url);
  } finally {
    deadline.end();
  }
}

function firstHop(request: HttpRequest): Omit<Hop, "signal"> {
  const { method, body, maxBytes, tls } = request;
  const headers = { ...request.headers, ...request.credentials };
  for (const [name, value] of Object.entries(headers)) refuseBadHeader(name, value);
  return { method, url: checkedUrl(request.url), headers, body, maxBytes, tls };
}

function checkedUrl(text: string): URL {
  const hint = "write it as https://host:port/path";
  if (!URL.canParse(text)) throw new CbctlError("usage", "an address is not a URL", { hint });
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new CbctlError("usage", `an address begins with ${url.protocol}, which is not HTTP`, { hint });
  }
  if (url.username !== "" || url.password !== "") {
    throw new CbctlError("usage", `the address of ${url.host} holds a user or password`, {
      hint: "take them out, and name where they come from under auth: in the context",
    });
  }
  return url;
}

/** Never quotes the value: it may be a secret that was pasted with its line break. */
function refuseBadHeader(name: string, value: string): void {
  if (/^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !/[^\t\x20-\x7e\x80-\xff]/.test(value)) return;
  throw new CbctlError("usage", `the header ${JSON.stringify(name)} cannot be sent`, {
    reason: "it holds a character that HTTP does not allow, a line break for one",
    hint: "check the document or the secret that it comes from",
  });
}
