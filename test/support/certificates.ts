import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** PEM texts of one throw-away authority. */
export interface Certificates {
  readonly ca: string;
  /** For 127.0.0.1. */
  readonly server: KeyPair;
  /** For the name backend.test alone. */
  readonly named: KeyPair;
  readonly client: KeyPair;
}

/** Made by the openssl program; keys are of elliptic curves, which take no time. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "cbctl-certificates-"));
  const openssl = (...argv: string[]) => execFileSync("openssl", argv, { cwd: folder, stdio: "pipe" });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

  function issue(name: string, altName: string): KeyPair {
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${altName}\n`);
    openssl("req", ...newKey, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    const signing = [
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-days",
      "2",
      "-extfile",
      `${name}.ext`,
    ];
    openssl("x509", "-req", "-in", `${name}.csr`, "-out", `${name}.pem`, ...signing);
    return { cert: read(`${name}.pem`), key: read(`${name}.key`) };
  }

  try {
    openssl(
      "req",
      "-x509",
      ...newKey,
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
      "-days",
      "2",
      "-subj",
      "/CN=test authority",
    );
    return {
      ca: read("ca.pem"),
      server: issue("server", "IP:127.0.0.1"),
      named: issue("named", "DNS:backend.test"),
      client: issue("client", "DNS:operator.test"),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
