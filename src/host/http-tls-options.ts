import type { HttpTls } from "./http.ts";

/** Under the names that the runtime's TLS sockets take; what is not given is absent. */
export function tlsOptions(tls: HttpTls | null) {
  const { ca, cert, key, serverName, insecure } = tls ?? {};
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(serverName !== undefined && { servername: serverName }),
    ...(insecure === true && { rejectUnauthorized: false }),
  };
}
