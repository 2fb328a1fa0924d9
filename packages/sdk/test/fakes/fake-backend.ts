import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext, type Interceptor, type Transport } from "@connectrpc/connect";
import { transportFromServices } from "../../src/index.ts";
import {
  type EndReason,
  type ErrorCode,
  ErrorDetailSchema,
  type EventSchema,
  type SendTextRequest,
  type SubscribeRequest,
  type SubscribeResponseSchema,
} from "../../src/protocol.ts";

type Frame = NonNullable<MessageInitShape<typeof SubscribeResponseSchema>["frame"]>;

/** The frames of one stream. A returning script is a stream cut without an end. */
export type Script = (request: SubscribeRequest, context: HandlerContext) => AsyncIterable<Frame>;

export const opened = (epoch: string, offset: number, recovered = true): Frame => ({
  case: "opened",
  value: { epoch, offset, recovered },
});
export const heartbeat = (): Frame => ({ case: "heartbeat", value: { time: 0 } });
export const relations = (friendsAdded: string[] = [], teamsAdded: string[] = []): Frame => ({
  case: "relations",
  value: { full: true, friendsAdded, teamsAdded },
});
export const relationsChanged = (friendsRemoved: string[], teamsAdded: string[]): Frame => ({
  case: "relations",
  value: { full: false, friendsRemoved, teamsAdded },
});
export const event = (offset: number, payload: MessageInitShape<typeof EventSchema>["payload"]): Frame => ({
  case: "event",
  value: { offset, event: payload === undefined ? {} : { payload } },
});
/** An event that a test can tell by its number. */
export const numbered = (offset: number, n = offset): Frame =>
  event(offset, { case: "teamRemoved", value: { team: { teamId: `${n}` } } });
export const end = (reason: EndReason, offset = 0): Frame => ({ case: "end", value: { reason, epoch: "e", offset } });

/** An error as the server makes it. */
export function serverError(code: ErrorCode, connect: Code, field?: string): ConnectError {
  return new ConnectError("refused", connect, undefined, [
    {
      desc: ErrorDetailSchema,
      value: { code, textEn: `text of ${code}`, textZh: `${code} 的说明`, ...(field === undefined ? {} : { field }) },
    },
  ]);
}

/** Waits for the end of the call, as a stream with nothing to say does. */
export function untilAborted(context: HandlerContext): Promise<void> {
  return new Promise((resolve) => {
    if (context.signal.aborted) resolve();
    else context.signal.addEventListener("abort", () => resolve());
  });
}

/** Opens, gives the relations and stays silent. */
export const quiet: Script = async function* (_request, context) {
  yield opened("e", 0);
  yield relations();
  await untilAborted(context);
};

export interface FakeBackend {
  readonly transport: Transport;
  /** What Subscribe does, one script per stream; the last one stays. */
  scripts: Script[];
  /** Fails the next logins, one each. */
  loginErrors: ConnectError[];
  /** Delays logins until it resolves. */
  loginGate: Promise<void>;
  logoutError: ConnectError | undefined;
  /** Fails the next sends, one each. */
  sendErrors: unknown[];
  readonly logins: string[];
  readonly subscribes: SubscribeRequest[];
  readonly sends: SendTextRequest[];
  /** `method authorization device platform` of every call. */
  readonly headers: string[];
  token: string;
  /** Streams that are open now. */
  open: number;
}

/** A server whose every move a test writes down. */
export function createFakeBackend(): FakeBackend {
  const record: Interceptor = (next) => (request) => {
    const header = (name: string): string => request.header.get(name) ?? "-";
    fake.headers.push(
      [request.method.localName, header("Authorization"), header("Nimkit-Device"), header("Nimkit-Platform")].join(" "),
    );
    return next(request);
  };
  const transport = transportFromServices(
    {
      auth: {
        async login(request) {
          fake.logins.push(request.userId);
          await fake.loginGate;
          const error = fake.loginErrors.shift();
          if (error !== undefined) throw error;
          return { userId: request.userId.toLowerCase(), accessToken: fake.token, expiresAt: 1 };
        },
        logout() {
          if (fake.logoutError !== undefined) throw fake.logoutError;
          return {};
        },
      },
      message: {
        sendText(request) {
          fake.sends.push(request);
          if (fake.sendErrors.length > 0) throw fake.sendErrors.shift();
          return {};
        },
      },
      event: {
        async *subscribe(request, context) {
          fake.subscribes.push(request);
          const script = fake.scripts.length > 1 ? fake.scripts.shift() : fake.scripts[0];
          fake.open += 1;
          context.signal.addEventListener("abort", () => {
            fake.open -= 1;
          });
          for await (const frame of script?.(request, context) ?? []) yield { frame };
          // Over a network a cut looks like this; a bare return would be a proper end of the call.
          throw new ConnectError("cut", Code.InvalidArgument);
        },
      },
    },
    { interceptors: [record] },
  );
  const fake: FakeBackend = {
    transport,
    scripts: [quiet],
    loginErrors: [],
    loginGate: Promise.resolve(),
    logoutError: undefined,
    sendErrors: [],
    logins: [],
    subscribes: [],
    sends: [],
    headers: [],
    token: "secret",
    open: 0,
  };
  return fake;
}
