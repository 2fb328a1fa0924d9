import { Buffer } from "node:buffer";
import type { NodeResponse } from "./guard-response.ts";

/** Sends a whole short answer. */
export function sendText(
  response: NodeResponse,
  status: number,
  text: string,
  type = "text/plain; charset=utf-8",
): void {
  const body = Buffer.from(text, "utf8");
  response.statusCode = status;
  response.setHeader("Content-Type", type);
  response.setHeader("Content-Length", body.length);
  response.end(body);
}

/** Sends an error that Connect clients and people with curl can both read. */
export function sendError(response: NodeResponse, status: number, code: string, message: string): void {
  sendText(response, status, JSON.stringify({ code, message }), "application/json");
}
