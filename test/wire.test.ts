// Tools that know nothing of this project call the server: curl, and buf's own Go implementation of the three protocols.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { fromBinary } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { ErrorCode, type ErrorDetail, ErrorDetailSchema } from "@nimkit/sdk/protocol";
import { type MockServer, startMockServer } from "@nimkit/server-mock/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "./house/source-files.ts";

const run = promisify(execFile);
const buf = join(root, "node_modules/.bin/buf");
const LOGIN = "nim.v1.AuthService/Login";
const SEND = "nim.v1.MessageService/SendText";
const LONG_ACCOUNT = JSON.stringify({ userId: "x".repeat(33), password: "x" });
const credentials = JSON.stringify({ userId: "1001", password: "1qaz2wsx" });

let server: MockServer;
beforeAll(async () => {
  server = await startMockServer({ port: 0 });
});
afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function curl(path: string, ...args: string[]): Promise<Answer> {
  const { stdout } = await run("curl", ["-s", "-w", "\n%{http_code}", `${server.url}/${path}`, ...args]);
  const end = stdout.lastIndexOf("\n");
  const text = stdout.slice(0, end);
  return {
    status: Number(stdout.slice(end + 1)),
    body: text.startsWith("{") ? (JSON.parse(text) as Answer["body"]) : { text },
  };
}
const json = (body: string) => ["-H", "content-type: application/json", "-d", body];

/** The ErrorDetail of a Connect error, decoded. */
function detail({ body }: Answer): ErrorDetail | undefined {
  const details = (body.details ?? []) as { readonly type: string; readonly value: string }[];
  const found = details.find(({ type }) => type === ErrorDetailSchema.typeName);
  return found && fromBinary(ErrorDetailSchema, base64Decode(found.value));
}

describe("curl", () => {
  test("logs in and sends with the token", async () => {
    const login = await curl(LOGIN, ...json(credentials));
    expect(login).toMatchObject({ status: 200, body: { userId: "1001", accessToken: expect.any(String) } });
    const sent = await curl(
      SEND,
      ...json('{"sessionId":"1002","content":"你好"}'),
      "-H",
      `authorization: Bearer ${login.body.accessToken}`,
    );
    expect(sent).toMatchObject({ status: 200, body: { message: { text: "你好", from: "1001" } } });
  });

  test.each([
    ["a wrong password", LOGIN, '{"userId":"1001","password":"no"}', 401, ErrorCode.INVALID_PASSWORD, ""],
    ["no token", SEND, '{"sessionId":"1002","content":"x"}', 401, ErrorCode.NOT_LOGGED_IN, ""],
    ["a missing field", LOGIN, '{"userId":"1001"}', 400, ErrorCode.MISSING_ARGUMENT, "password"],
    ["a field that is too long", LOGIN, LONG_ACCOUNT, 400, ErrorCode.PARAMETER_TOO_LONG, "userId"],
  ])("%s is a typed error", async (_, path, body, status, code, field) => {
    const answer = await curl(path, ...json(body));
    expect(answer.status).toBe(status);
    expect(detail(answer)).toMatchObject({
      code,
      field,
      textEn: expect.stringMatching(/./),
      textZh: expect.stringMatching(/./),
    });
  });

  test.each([
    ["malformed JSON", LOGIN, '{"userId":', 400],
    ["an unknown rpc", "nim.v1.AuthService/Nothing", "{}", 404],
    ["a path that is no rpc", "nothing", "{}", 404],
  ])("%s is a clean error", async (_, path, body, status) => {
    const answer = await curl(path, ...json(body));
    expect(answer).toMatchObject({ status, body: { code: expect.any(String), message: expect.any(String) } });
  });

  test("a wrong content type is refused", async () => {
    expect((await curl(LOGIN, "-H", "content-type: text/plain", "-d", credentials)).status).toBe(415);
  });

  test("an oversized body is refused, and the server lives on", async () => {
    const sizeLimit = 4 * 1024 * 1024;
    const folder = mkdtempSync(join(tmpdir(), "nimkit-wire-"));
    const file = join(folder, "body.json");
    writeFileSync(file, JSON.stringify({ userId: "1001", password: "x".repeat(sizeLimit + 1) }));
    const answer = await curl(LOGIN, "-H", "content-type: application/json", "--data-binary", `@${file}`);
    rmSync(folder, { recursive: true });
    expect(answer).toMatchObject({ status: 429, body: { code: "resource_exhausted" } });
    expect((await curl("healthz")).status).toBe(200);
  });
});

describe("buf curl", () => {
  test.each(["connect", "grpc", "grpcweb"])("logs in over %s", async (protocol) => {
    const { stdout } = await run(
      buf,
      [
        "curl",
        "--schema",
        ".",
        "--protocol",
        protocol,
        "--http2-prior-knowledge",
        "-d",
        credentials,
        `${server.url}/${LOGIN}`,
      ],
      { cwd: root },
    );
    expect(JSON.parse(stdout)).toMatchObject({ userId: "1001" });
  });

  test("sees a wrong password as unauthenticated", async () => {
    const call = run(
      buf,
      [
        "curl",
        "--schema",
        ".",
        "--protocol",
        "grpc",
        "--http2-prior-knowledge",
        "-d",
        '{"userId":"1001","password":"no"}',
        `${server.url}/${LOGIN}`,
      ],
      { cwd: root },
    );
    await expect(call).rejects.toMatchObject({ code: 16 * 8 });
  });
});
