import { httpClient } from "../../src/host/http-exchange.ts";
import { undiciTransport } from "../../src/host/http-undici.ts";
import { makeCertificates } from "../support/certificates.ts";
import { httpContract } from "./http-contract.ts";
import { redirectContract } from "./http-redirect-contract.ts";
import { tlsContract } from "./http-tls-contract.ts";

const newClient = () => httpClient(undiciTransport({}));

httpContract("undici", newClient);
redirectContract("undici", newClient);
tlsContract("undici", newClient, makeCertificates());
