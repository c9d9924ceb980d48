import { randomBytes } from "node:crypto";
import {
  type AdminReply,
  type Dialect,
  isRecord,
  jsonReply,
  parseJson,
  segmentsOf,
} from "./admin-exchange.ts";
import { startAdminServer } from "./admin-server.ts";
import type { RunningServer } from "./http-server.ts";

export interface FeatureFlags {
  /** What `POST` needs: `Authorization: Bearer …`. */
  readonly token: string;
  readonly answer: Dialect;
  /** True for every flag that nobody has switched off. */
  isEnabled(name: string): boolean;
}

/** A feature-flag server: `GET` and `POST /api/v1/flags/<name>`, the latter with `{"enabled": false}` and a token. */
export function createFeatureFlags(): FeatureFlags {
  const token = randomBytes(16).toString("hex");
  const disabled = new Set<string>();
  const shown = (name: string): AdminReply => jsonReply(200, { name, enabled: !disabled.has(name) });

  function set(name: string, authorization: unknown, body: string): AdminReply {
    if (authorization !== `Bearer ${token}`) return jsonReply(401, { error: "unauthorized" });
    const given = parseJson(body);
    if (!isRecord(given) || typeof given.enabled !== "boolean")
      return jsonReply(400, { error: '"enabled" must be true or false' });
    if (given.enabled) disabled.delete(name);
    else disabled.add(name);
    return shown(name);
  }

  return {
    token,
    isEnabled: (name) => !disabled.has(name),
    answer({ method, path, headers, body }) {
      const [api, version, flags, name, ...rest] = segmentsOf(path) ?? [];
      const isFlag = api === "api" && version === "v1" && flags === "flags" && rest.length === 0;
      if (!isFlag || !name) return jsonReply(404, { error: "no such path" });
      if (method === "GET") return shown(name);
      return method === "POST"
        ? set(name, headers.authorization, body)
        : jsonReply(405, { error: "not allowed" });
    },
  };
}

export interface FlagServer extends RunningServer, Omit<FeatureFlags, "answer"> {}

/** Starts it on loopback; it counts its requests like any admin API. */
export async function startFlagServer(): Promise<FlagServer> {
  const { answer, token, isEnabled } = createFeatureFlags();
  const server = await startAdminServer({
    dialect: answer,
    metricsPage: async () => "",
    metricsPath: "/metrics",
    controls: {},
  });
  return { ...server, token, isEnabled };
}
