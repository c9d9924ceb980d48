import type { Auth, SecretSource } from "../../domain/config.ts";
import { pathFrom } from "../../domain/file-path.ts";
import type { Secrets } from "../../host/host.ts";

/** Headers that prove who asks; relative secret files are looked up from `folder`. */
export async function readCredentials(
  auth: Auth | null,
  folder: string,
  secrets: Secrets,
): Promise<Readonly<Record<string, string>>> {
  const read = (source: SecretSource) => secrets.read(resolveFile(source, folder));
  if (auth === null || "mtls" in auth) return {};
  if ("bearer" in auth) return { Authorization: `Bearer ${await read(auth.bearer)}` };
  if ("header" in auth) return { [auth.header.name]: await read(auth.header.value) };
  const pair = `${auth.basic.user}:${await read(auth.basic.password)}`;
  const encoded = Buffer.from(pair).toString("base64");
  secrets.register(encoded);
  return { Authorization: `Basic ${encoded}` };
}

function resolveFile(source: SecretSource, folder: string): SecretSource {
  return "file" in source ? { file: pathFrom(folder, source.file) } : source;
}

/** The credentials as curl options, with the secret left to a variable. */
export function shownCredentials(auth: Auth | null): string[] {
  if (auth === null) return [];
  if ("mtls" in auth) return ["--cert", auth.mtls.cert, "--key", auth.mtls.key];
  const variable = (source: SecretSource, usual: string) => `$${"env" in source ? source.env : usual}`;
  if ("basic" in auth) return ["-u", `"${auth.basic.user}:${variable(auth.basic.password, "CB_PASSWORD")}"`];
  if ("bearer" in auth) return ["-H", `"Authorization: Bearer ${variable(auth.bearer, "CB_TOKEN")}"`];
  return ["-H", `"${auth.header.name}: ${variable(auth.header.value, "CB_TOKEN")}"`];
}
