import { isRecord, parseJson } from "../admin-exchange.ts";
import type { PolicyId, PolicyTable } from "../policies/policy-table.ts";

/** One policy as listings show it: `active`, or `pending` while what is stored is not yet in force. */
export function policyInfo(table: PolicyTable, id: PolicyId) {
  const stored = table.stored(id);
  const read = parseJson(stored?.text ?? "");
  const policy = isRecord(read) ? read : {};
  return {
    tenant_id: id.tenant,
    policy_id: id.policy,
    version: String(policy.version ?? ""),
    status: table.isInForce(id) ? "active" : "pending",
    created_at: new Date(stored?.createdAt ?? 0).toISOString(),
    updated_at: new Date(stored?.updatedAt ?? 0).toISOString(),
    provider_count: Array.isArray(policy.providers) ? policy.providers.length : 0,
    has_fallbacks: policy.fallback !== undefined || policy.fallbacks !== undefined,
    has_extensions: ["pre", "validators", "post"].some((name) => policy[name] !== undefined),
  };
}

export function policyDetails(table: PolicyTable, id: PolicyId) {
  const policy = parseJson(table.stored(id)?.text ?? "");
  return {
    info: policyInfo(table, id),
    policy_json: policy ?? null,
    metadata: isRecord(policy) ? (policy.metadata ?? {}) : {},
  };
}
