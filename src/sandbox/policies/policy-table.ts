import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { BreakerMode } from "../breaker-policy.ts";
import type { NamedBreaker } from "../named-breaker.ts";
import { type Policy, readPolicy } from "./policy.ts";

export interface PolicyId {
  readonly tenant: string;
  readonly policy: string;
}

interface StoredPolicy {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The policies of one router: as they are stored, and as it has loaded them. */
export interface PolicyTable {
  ids(): PolicyId[];
  /** Null: there is no such file. */
  stored(id: PolicyId): StoredPolicy | null;
  /** Replaces the file as a whole; nothing is loaded. */
  store(id: PolicyId, text: string): void;
  /** True when what is stored is what is in force. */
  isInForce(id: PolicyId): boolean;
  /** Puts a stored policy in force, or says why it does not; then the old one stays. */
  load(id: PolicyId): string | null;
  /** All breakers off until the router starts again. */
  disableAll(): void;
  /** Forgets everything and loads every policy. */
  restart(): void;
}

export interface PolicyTableSetup {
  readonly folder: string;
  readonly breakers: readonly NamedBreaker[];
  readonly strict: boolean;
  /** What a breaker is in whose policy is not enabled. */
  readonly disabled: Extract<BreakerMode, "off" | "bypassed">;
}

export function createPolicyTable({ folder, breakers, strict, disabled }: PolicyTableSetup): PolicyTable {
  const loaded = new Map<string, string>();
  let allDisabled = false;
  const fileOf = ({ tenant, policy }: PolicyId) => path.join(folder, tenant, `${policy}.json`);

  function ids(): PolicyId[] {
    const tenants = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return tenants.flatMap(({ name: tenant }) =>
      readdirSync(path.join(folder, tenant))
        .filter((file) => isName(file) && file.endsWith(".json"))
        .map((file) => ({ tenant, policy: file.slice(0, -".json".length) })),
    );
  }

  function stored(id: PolicyId): StoredPolicy | null {
    if (!isName(id.tenant) || !isName(id.policy)) return null;
    try {
      const { birthtimeMs, mtimeMs } = statSync(fileOf(id));
      return { text: readFileSync(fileOf(id), "utf8"), createdAt: birthtimeMs, updatedAt: mtimeMs };
    } catch {
      return null;
    }
  }

  function apply({ tenant }: PolicyId, { providers, enabled, limits }: Policy): void {
    for (const { name, breaker } of breakers) {
      if (name.group !== tenant || !providers.includes(name.key)) continue;
      breaker.setLimits(limits);
      breaker.setMode(enabled && !allDisabled ? "auto" : disabled);
    }
  }

  function load(id: PolicyId): string | null {
    const found = stored(id);
    if (found === null) return "no such policy";
    const read = readPolicy(found.text, strict);
    if ("problem" in read) return read.problem;
    loaded.set(fileOf(id), found.text);
    apply(id, read);
    return null;
  }

  const table: PolicyTable = {
    ids,
    stored,
    store(id, text) {
      const file = fileOf(id);
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
    },
    isInForce: (id) => loaded.get(fileOf(id)) === stored(id)?.text,
    load,
    disableAll() {
      allDisabled = true;
      for (const { breaker } of breakers) breaker.setMode(disabled);
    },
    restart() {
      allDisabled = false;
      for (const id of ids()) load(id);
    },
  };
  table.restart();
  return table;
}

function isName(text: string): boolean {
  return /^[\w-][\w.-]*$/.test(text);
}
