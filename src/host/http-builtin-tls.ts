import https, { type AgentOptions } from "node:https";

export const requestOverTls = https.request;

export function newTlsAgent(options: AgentOptions): https.Agent {
  return new https.Agent(options);
}
