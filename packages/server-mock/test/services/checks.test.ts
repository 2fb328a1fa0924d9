// The checks before a call, on every way in: same order, same codes, same details.
import { inspect } from "node:util";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { DEVICE_HEADER, nimServices, PLATFORM_HEADER } from "@nimkit/sdk";
import { ErrorDetailSchema } from "@nimkit/sdk/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Way, ways } from "./ways.ts";

async function failure(call: Promise<unknown>) {
  const error = await call.then(
    () => {
      throw new Error("the call was to fail");
    },
    (reason: unknown) => ConnectError.from(reason),
  );
  return { error, code: error.code, detail: error.findDetails(ErrorDetailSchema)[0] };
}

describe.each(ways)("%s", (_, open) => {
  let way: Way;
  let token: string;
  const auth = () => createClient(nimServices.auth, way.transport);
  const message = () => createClient(nimServices.message, way.transport);
  const headers = () => ({ headers: { Authorization: `Bearer ${token}` } });

  beforeAll(async () => {
    way = await open({});
    const headers = { [DEVICE_HEADER]: "phone-1", [PLATFORM_HEADER]: "ios" };
    ({ accessToken: token } = await auth().login({ userId: "1001", password: "1qaz2wsx" }, { headers }));
  });
  afterAll(() => way.close());

  test.each([
    ["ios", 13],
    ["android", 408],
    ["web", 13],
  ])("without a token the %s code is %i", async (platform, expected) => {
    const { code, detail } = await failure(message().sendText({}, { headers: { [PLATFORM_HEADER]: platform } }));
    expect(code).toBe(Code.Unauthenticated);
    expect(detail?.code).toBe(expected);
    expect(detail?.textEn).not.toBe("");
    expect(detail?.textZh).toMatch(/[\u4e00-\u9fff]/);
  });

  test.each([["Bearer unknown"], ["Bearer"], ["Basic abc"], [""]])(
    "the credentials %j are nobody's, and are looked at before the request",
    async (Authorization) => {
      const { code } = await failure(message().sendText({}, { headers: { Authorization } }));
      expect(code).toBe(Code.Unauthenticated);
    },
  );

  test("a wrong password is 302", async () => {
    const { code, detail } = await failure(auth().login({ userId: "1001", password: "wrong" }));
    expect(code).toBe(Code.Unauthenticated);
    expect(detail?.code).toBe(302);
  });

  test.each([
    ["a missing argument", { content: "x" }, -1, "sessionId", "required"],
    ["a text that is too long", { sessionId: "1002", content: "x".repeat(5001) }, 405, "content", "string.max_len"],
    ["an empty id", { sessionId: "", content: "x" }, 414, "sessionId", "string.min_len"],
  ])("%s is refused with its code, its field and the rule", async (_name, request, expected, field, rule) => {
    const { error, code, detail } = await failure(message().sendText(request, headers()));
    expect(code).toBe(Code.InvalidArgument);
    expect(detail).toMatchObject({ code: expected, field });
    expect(error.findDetails(ViolationsSchema)[0]?.violations.map((violation) => violation.ruleId)).toContain(rule);
  });

  test("a request that breaks a rule of the world is refused after the rules of the schema", async () => {
    const { code, detail } = await failure(message().sendText({ sessionId: "nobody", content: "x" }, headers()));
    expect(code).toBe(Code.NotFound);
    expect(detail).toMatchObject({ code: 404, field: "sessionId" });
  });

  test("a stream that breaks a rule fails with the same details", async () => {
    const read = async () => {
      for await (const _frame of createClient(nimServices.event, way.transport).subscribe({ epoch: "e" }, headers()));
    };
    const { code, detail } = await failure(read());
    expect(code).toBe(Code.InvalidArgument);
    expect(detail?.code).toBe(414);
  });

  test("a platform that is none is refused", async () => {
    const bad = { [PLATFORM_HEADER]: "toaster" };
    const { code, detail } = await failure(auth().login({ userId: "1001", password: "1qaz2wsx" }, { headers: bad }));
    expect(code).toBe(Code.InvalidArgument);
    expect(detail?.field).toBe(PLATFORM_HEADER);
  });

  test("no error carries the token", async () => {
    const { error } = await failure(message().sendText({ content: "x" }, headers()));
    expect(inspect(error, { depth: 5 })).not.toContain(token);
  });

  test("the call that never answers on Android does so only when the policy says it", async () => {
    way.backend.control.setPolicy({ androidNeverCallsBack: true });
    const android = { headers: { [PLATFORM_HEADER]: "android" } };
    const { code } = await failure(message().fetchMessageHistory({}, { ...android, timeoutMs: 40 }));
    expect(code).toBe(Code.DeadlineExceeded);
    way.backend.control.setPolicy({ androidNeverCallsBack: false });
    expect((await failure(message().fetchMessageHistory({}, android))).code).toBe(Code.Unauthenticated);
  });
});
