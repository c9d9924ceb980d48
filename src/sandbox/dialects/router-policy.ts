import {
  type AdminReply,
  type AdminRequest,
  type Dialect,
  isRecord,
  jsonReply,
  parseJson,
  segmentsOf,
} from "../admin-exchange.ts";
import { readPolicy } from "../policies/policy.ts";
import type { PolicyId, PolicyTable } from "../policies/policy-table.ts";
import { gatewayError, routeNotFound, routerError } from "./c-gateway.ts";
import { policyDetails, policyInfo } from "./router-policy-fields.ts";

export interface RouterPolicyOptions {
  readonly apiKey: string;
  readonly failsReload: boolean;
}

/** The administration that its documents promise: policies to read, put and reload, and one switch for all breakers. */
export function routerPolicyDialect(
  table: PolicyTable,
  { apiKey, failsReload }: RouterPolicyOptions,
): Dialect {
  function answer({ method, path, target, body }: AdminRequest): AdminReply {
    const [root, ...rest] = segmentsOf(path) ?? [];
    const what = `${method} ${root}/${rest.slice(0, root === "api" ? 3 : 1).join("/")}`;
    const [tenant, policy, verb, ...more] = rest.slice(root === "api" ? 3 : 1);
    if (what === "POST admin/circuit-breaker") {
      if (tenant !== "disable" || policy !== undefined) return routeNotFound();
      table.disableAll();
      return jsonReply(200, { enabled: false });
    }
    if (what === "GET api/v1/admin/policies" && tenant === undefined) return list(target);
    if (tenant === undefined || policy === undefined || more.length > 0) return routeNotFound();
    const id = { tenant, policy };
    if (what === "POST admin/policies" && verb === "reload") return reload(id);
    if (what === "GET api/v1/admin/policies" && verb === undefined) return get(id);
    if (what === "PUT api/v1/admin/policies" && verb === undefined) return put(id, body);
    return routeNotFound();
  }

  function list(target: string): AdminReply {
    const query = new URLSearchParams(target.split("?")[1] ?? "");
    const [limit, offset] = [Number(query.get("limit") ?? 100), Number(query.get("offset") ?? 0)];
    const found = table
      .ids()
      .filter(
        ({ tenant, policy }) =>
          (query.get("tenant_id") ?? tenant) === tenant && (query.get("policy_id") ?? policy) === policy,
      );
    const shown = found.slice(offset, offset + limit).map((id) => policyInfo(table, id));
    return jsonReply(200, { policies: shown, total: found.length, limit, offset });
  }

  function get(id: PolicyId): AdminReply {
    return table.stored(id) === null ? unknownPolicy(id) : jsonReply(200, policyDetails(table, id));
  }

  function put(id: PolicyId, body: string): AdminReply {
    const stored = table.stored(id);
    if (stored === null) return unknownPolicy(id);
    const given = parseJson(body);
    if (!isRecord(given) || !isRecord(given.policy_json))
      return routerError(400, "INVALID_ARGUMENT", "policy_json is required");
    const text = `${JSON.stringify(given.policy_json, null, 2)}\n`;
    const read = readPolicy(text, true);
    if ("problem" in read) return routerError(400, "INVALID_ARGUMENT", read.problem);
    const previous = policyInfo(table, id);
    if (given.version !== undefined && given.version !== previous.version)
      return routerError(409, "VERSION_CONFLICT", `the stored version is ${previous.version}`);
    if (given.dry_run !== true) table.store(id, text);
    return jsonReply(200, {
      success: true,
      new_version: read.version,
      previous_version: previous.version,
      updated_at: policyInfo(table, id).updated_at,
    });
  }

  function reload(id: PolicyId): AdminReply {
    if (table.stored(id) === null) return unknownPolicy(id);
    if (failsReload) return routerError(500, "INTERNAL_ERROR", "policy store is not available");
    const problem = table.load(id);
    if (problem !== null) return routerError(400, "INVALID_ARGUMENT", problem);
    return jsonReply(200, policyInfo(table, id));
  }

  return (request) => {
    const { authorization } = request.headers;
    const isKnown = request.headers["x-api-key"] === apiKey || authorization === `Bearer ${apiKey}`;
    if (!isKnown) return gatewayError(401, "UNAUTHENTICATED", "missing or invalid API key");
    return answer(request);
  };
}

function unknownPolicy({ tenant, policy }: PolicyId): AdminReply {
  return routerError(404, "POLICY_NOT_FOUND", `no policy ${tenant}/${policy}`);
}
