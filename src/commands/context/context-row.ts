import type { ContextRow } from "../../domain/answers.ts";
import type { Auth, ContextConfig, SecretSource } from "../../domain/config.ts";

export function contextRow(name: string, context: ContextConfig, current: boolean): ContextRow {
  return {
    name,
    current,
    system: context.system,
    instances: context.instances,
    prometheus: context.prometheus?.url ?? null,
    protected: context.protected,
  };
}

/** How a context proves who asks, secrets by their source only. */
export function authWords(auth: Auth | null): string | null {
  if (auth === null) return null;
  if ("mtls" in auth) return `client certificate ${auth.mtls.cert}`;
  if ("bearer" in auth) return `bearer token from ${sourceWords(auth.bearer)}`;
  if ("basic" in auth)
    return `basic, user ${auth.basic.user}, password from ${sourceWords(auth.basic.password)}`;
  return `header ${auth.header.name} from ${sourceWords(auth.header.value)}`;
}

function sourceWords(source: SecretSource): string {
  if ("env" in source) return `environment variable ${source.env}`;
  return "file" in source ? `file ${source.file}` : `command ${source.command[0]}`;
}
