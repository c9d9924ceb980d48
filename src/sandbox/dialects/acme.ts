import {
  type AdminReply,
  type Dialect,
  isRecord,
  jsonReply,
  parseJson,
  segmentsOf,
} from "../admin-exchange.ts";
import type { NamedBreaker } from "../named-breaker.ts";
import { actions } from "./acme-actions.ts";
import { limitsShown, readLimits } from "./acme-limits.ts";

/** The home-made admin API: every verb, milliseconds, and errors inside a 200. */
export function acmeDialect(breakers: readonly NamedBreaker[], apiKey: string): Dialect {
  return (request) => {
    const [root, resource, ...rest] = segmentsOf(request.path) ?? [];
    const what = `${request.method} ${rest.at(-1) ?? ""}`.trim();
    if (root !== "ops") return failed("bad_request", `no such path: ${request.path}`);
    if (resource === "health" && what === "GET") return jsonReply(200, { ok: true });
    if (request.headers["x-api-key"] !== apiKey)
      return failed("unauthorized", "X-Api-Key is missing or wrong");
    if (resource !== "breakers") return failed("bad_request", `no such path: ${request.path}`);
    if (what === "GET") return succeeded({ services: services(breakers) });
    const target = rest.slice(0, -1);
    if (what === "POST actions" && target.length !== 1) return act(request.body, select(breakers, target));
    if (what === "PUT limits" && target.length > 0) return limit(request.body, select(breakers, target));
    return failed("bad_request", `${request.method} is not possible here`);
  };
}

/** `[]` is all of them, `[service]` all of a service, `[service, id]` one. */
function select(
  breakers: readonly NamedBreaker[],
  [service, id, ...rest]: readonly string[],
): readonly NamedBreaker[] {
  if (rest.length > 0) return [];
  return breakers.filter(
    ({ name }) => (service === undefined || name.group === service) && (id === undefined || name.key === id),
  );
}

function act(body: string, targets: readonly NamedBreaker[]): AdminReply {
  const given = parseJson(body);
  const action = isRecord(given) ? actions.get(String(given.do)) : undefined;
  if (action === undefined)
    return failed("bad_request", `"do" must be one of ${[...actions.keys()].join(", ")}`);
  if (targets.length === 0) return noSuchBreaker();
  return succeeded({ changed: targets.filter(({ breaker }) => action(breaker)).length });
}

function limit(body: string, targets: readonly NamedBreaker[]): AdminReply {
  const read = readLimits(parseJson(body));
  if ("code" in read) return failed(read.code, read.text);
  if (targets.length === 0) return noSuchBreaker();
  for (const { breaker } of targets) breaker.setLimits(read.limits);
  return succeeded({ changed: targets.length });
}

function services(breakers: readonly NamedBreaker[]) {
  const names = [...new Set(breakers.map(({ name }) => name.group))];
  return names.map((service) => ({
    service,
    breakers: breakers.filter(({ name }) => name.group === service).map(shown),
  }));
}

const status = { closed: "CLOSED", open: "OPEN", half_open: "PROBING" } as const;

function shown({ name, breaker }: NamedBreaker) {
  const { mode, state, changedAt, probeAt, window } = breaker.reading();
  return {
    id: name.key,
    mode,
    status: status[state],
    changed: time(changedAt),
    next_probe: probeAt === null ? null : time(probeAt),
    window: { calls: window.calls, errors: window.errors, rejected: window.rejected },
    limits: limitsShown(breaker.limits()),
  };
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

function succeeded(data: unknown): AdminReply {
  return jsonReply(200, { ok: true, data });
}

function failed(code: string, text: string): AdminReply {
  return jsonReply(200, { ok: false, error: { code, text } });
}

function noSuchBreaker(): AdminReply {
  return failed("no_such_breaker", "no breaker of that name");
}
