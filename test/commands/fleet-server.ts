import { CbctlError } from "../../src/domain/errors.ts";
import type { HttpRequest } from "../../src/host/http.ts";
import type { Serve } from "../support/fake-host.ts";

/** One breaker of the key-breakers dialect. */
export function keyBreaker(key: string, state = "closed", provider = "deepseek") {
  return {
    key_id: key,
    provider,
    state,
    failure_count: state === "open" ? 5 : 0,
    success_count: 0,
    config: { failure_threshold: 5, success_threshold: 2, timeout: 60 },
  };
}

export type KeyBreaker = ReturnType<typeof keyBreaker>;

/** Instances that speak key-breakers, by host; null: nothing listens there. */
export function keyBreakers(byHost: Readonly<Record<string, KeyBreaker[] | null>>): Serve {
  return (request) => {
    const { host, pathname } = new URL(request.url);
    const breakers = byHost[host];
    if (!breakers) {
      throw new CbctlError("unreachable", `cannot reach http://${host}`, { reason: "connection refused" });
    }
    const path = pathname.replace("/api/v1/circuit-breaker", "");
    if (path === "/stats") return { body: breakers };
    return carryOut(path, request, breakers);
  };
}

function carryOut(path: string, { method, body }: HttpRequest, breakers: KeyBreaker[]): ReturnType<Serve> {
  const [, first = "", second] = path.split("/");
  const key = second === undefined ? null : decodeURIComponent(first);
  const found = key === null ? breakers : breakers.filter(({ key_id }) => key_id === key);
  if (found.length === 0)
    return { status: 404, body: { detail: `Circuit breaker for key ${key} not found` } };
  for (const breaker of found) {
    if (method === "PATCH") Object.assign(breaker.config, JSON.parse(body ?? "{}"));
    else breaker.state = "closed";
  }
  return { body: { status: "success" } };
}

/** The flags that lead to one or more of these instances. */
export const at = (...hosts: string[]) => [
  "--system",
  "key-breakers",
  ...hosts.flatMap((host) => ["--admin-url", `http://${host}`]),
];
