import type { Config, ContextConfig } from "../../domain/config.ts";
import { nearNamesHint } from "../../domain/near-names.ts";
import { isLoopback } from "../url.ts";
import { error, nameError, type Rule, warning } from "./rule.ts";

/** The current context is one of those that follow. */
export const currentContextExists: Rule<Config> = ({ currentContext, contexts }) =>
  currentContext === null || Object.hasOwn(contexts, currentContext)
    ? []
    : [
        warning(
          ["current-context"],
          `there is no context "${currentContext}"`,
          nearNamesHint(currentContext, Object.keys(contexts)),
        ),
      ];

/** A clock that runs faster is for practice on this machine; real waits are never shortened. */
export const timeScaleIsLocal: Rule<Config> = ({ contexts }) =>
  Object.entries(contexts)
    .filter(([, context]) => context.timeScale !== 1 && !addressesOf(context).every(isLoopback))
    .map(([name]) =>
      error(
        ["contexts", name, "sandbox"],
        "only a sandbox on this machine may scale time",
        "remove it, or use loopback instances",
      ),
    );

/** A system runs where its instances are; one that has no admin API is where its metrics are. */
export const placeIsTold: Rule<Config> = ({ contexts }) =>
  Object.entries(contexts)
    .filter(([, context]) => addressesOf(context).length === 0)
    .map(([name]) =>
      nameError(
        ["contexts", name],
        "it does not say where the system runs",
        "add instances: URL; or prometheus: {url: …}, for a system that is read from its metrics",
      ),
    );

/** Headers are printed with the config; credentials have their own place. */
export const headersAreNoSecrets: Rule<Config> = ({ contexts }) =>
  Object.entries(contexts).flatMap(([context, { prometheus }]) =>
    Object.keys(prometheus?.headers ?? {})
      .filter((name) => /^(authorization|proxy-authorization|cookie)$/i.test(name))
      .map((name) =>
        nameError(
          ["contexts", context, "prometheus", "headers", name],
          "a secret is never written in the config",
          "say under prometheus: auth: where it is, such as {bearer: {env: NAME}}",
        ),
      ),
  );

function addressesOf({ instances, prometheus }: ContextConfig): string[] {
  return [...instances, ...(prometheus === null ? [] : [prometheus.url])];
}
