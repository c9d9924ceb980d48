import type { Auth, Tls } from "../../domain/config.ts";
import { CbctlError } from "../../domain/errors.ts";
import { pathFrom } from "../../domain/file-path.ts";
import type { Files } from "../../host/host.ts";
import type { HttpTls } from "../../host/http.ts";

/** TLS settings with their PEM files read; relative ones are looked up from `folder`. Null: the usual authorities. */
export async function readTls(
  { tls, auth }: { readonly tls: Tls | null; readonly auth: Auth | null },
  folder: string,
  files: Files,
): Promise<HttpTls | null> {
  const pem = async (path: string): Promise<string> => {
    const absolute = pathFrom(folder, path);
    const text = await files.readText(absolute);
    if (text !== null) return text;
    throw new CbctlError("usage", `there is no file ${absolute}`, {
      hint: "check tls: and auth: of the context",
      where: absolute,
    });
  };
  const mtls = auth !== null && "mtls" in auth ? auth.mtls : null;
  if (tls === null && mtls === null) return null;
  return {
    ...(tls?.serverName !== undefined && { serverName: tls.serverName }),
    ...(tls?.insecure !== undefined && { insecure: tls.insecure }),
    ...(tls?.ca !== undefined && { ca: await pem(tls.ca) }),
    ...(mtls && { cert: await pem(mtls.cert), key: await pem(mtls.key) }),
  };
}
