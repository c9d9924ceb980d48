import * as v from "valibot";
import type { Config, ContextConfig } from "../domain/config.ts";
import { auth } from "./secrets.ts";
import { asList, mapOf, oneOrMany, shape } from "./shape.ts";
import { status } from "./system/answers.ts";
import { baseUrl, serviceUrl } from "./url.ts";
import { optional, scalar, text } from "./vocabulary.ts";

const anyMap = mapOf(v.unknown());

/** Settings that other parts of cbctl read from the same entry; their shape is theirs to check. */
const ofOtherParts = {
  kubernetes: optional(anyMap),
  logs: optional(anyMap),
  metrics: optional(mapOf(text)),
  alerts: optional(mapOf(anyMap)),
  expect: optional(v.array(anyMap)),
  notify: optional(mapOf(v.array(v.unknown()))),
  contacts: optional(mapOf(text)),
};

const tls = shape({ ca: optional(text), serverName: optional(text), insecure: optional(v.boolean()) });

const prometheus = shape({
  url: baseUrl,
  match: optional(mapOf(v.string())),
  auth: optional(auth),
  tls: optional(tls),
  headers: optional(mapOf(text)),
});

const context = shape({
  system: text,
  instances: optional(oneOrMany(baseUrl)),
  inputs: optional(mapOf(scalar)),
  auth: optional(auth),
  tls: optional(tls),
  prometheus: optional(prometheus),
  alertmanager: optional(shape({ url: baseUrl })),
  upstreams: optional(
    mapOf(shape({ health: serviceUrl, expect: optional(status), statusPage: optional(serviceUrl) })),
  ),
  store: optional(shape({ file: text })),
  protected: optional(v.boolean()),
  sandbox: optional(
    shape({ timeScale: v.pipe(v.number(), v.finite(), v.minValue(1, "must be at least 1")) }),
  ),
  ...ofOtherParts,
});

/** The user's config file as it is written. */
export const configSchema = shape({
  apiVersion: v.literal("cbctl.dev/v1"),
  kind: v.literal("Config"),
  "current-context": optional(v.nullable(text)),
  contexts: optional(v.nullable(mapOf(context))),
});

/** An entry under `contexts:`, as it is written. */
export type WrittenContext = v.InferInput<typeof context>;

/** What a written config means. */
export function configOf(written: v.InferOutput<typeof configSchema>): Config {
  const contexts = Object.entries(written.contexts ?? {});
  return {
    currentContext: written["current-context"] ?? null,
    contexts: Object.fromEntries(contexts.map(([name, entry]) => [name, contextOf(entry)])),
  };
}

function contextOf(written: v.InferOutput<typeof context>): ContextConfig {
  return {
    system: written.system,
    instances: asList(written.instances),
    inputs: written.inputs ?? {},
    auth: written.auth ?? null,
    tls: written.tls ?? null,
    prometheus: written.prometheus ?? null,
    alertmanager: written.alertmanager ?? null,
    upstreams: written.upstreams ?? {},
    store: written.store ?? null,
    protected: written.protected ?? false,
    timeScale: written.sandbox?.timeScale ?? 1,
  };
}
