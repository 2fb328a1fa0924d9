import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { createPushQueue, type PushQueue } from "../../src/backends/apicloud/push-queue.ts";
import { type NimServiceImpls, transportFromServices } from "../../src/index.ts";
import {
  ErrorCode,
  ErrorDetailSchema,
  type EventSchema,
  type SubscribeResponse,
  SubscribeResponseSchema,
} from "../../src/protocol.ts";

/** The services that a test answers itself. */
export type Impls = { readonly [K in keyof NimServiceImpls]?: Partial<NimServiceImpls[K]> };

/** A server that lets everybody in and knows what the test tells it. */
export interface FakeBackend {
  readonly transport: Transport;
  /** Sends an event to every open stream. */
  emit(payload: MessageInitShape<typeof EventSchema>["payload"]): void;
  /** Ends every open stream without an end frame. */
  cut(): void;
}

type FrameInit = NonNullable<MessageInitShape<typeof SubscribeResponseSchema>["frame"]>;

/** An error as the server sends it. */
export function serverError(code: ErrorCode, connectCode: Code, field = ""): ConnectError {
  const value = { code, textEn: `en ${code}`, textZh: `中文 ${code}`, ...(field === "" ? {} : { field }) };
  return new ConnectError("refused", connectCode, undefined, [{ desc: ErrorDetailSchema, value }]);
}

/** `friends` and `teams` are what the first Relations frame says. */
export function createFakeBackend(
  impls: Impls,
  relations: { readonly friends?: string[]; readonly teams?: string[] } = {},
): FakeBackend {
  const streams = new Set<PushQueue<SubscribeResponse>>();
  const sent: FrameInit[] = [];
  let offset = 0;
  const frame = (init: FrameInit): SubscribeResponse => create(SubscribeResponseSchema, { frame: init });

  const transport = transportFromServices({
    ...impls,
    auth: {
      login: async ({ userId, password }) => {
        if (password !== "secret") throw serverError(ErrorCode.INVALID_PASSWORD, Code.Unauthenticated);
        return { userId: userId.toLowerCase(), accessToken: `token-${userId}`, expiresAt: 1 };
      },
      logout: async () => ({}),
      ...impls.auth,
    },
    event: {
      async *subscribe(request, { signal }) {
        const stream = createPushQueue<SubscribeResponse>(1000);
        streams.add(stream);
        signal.addEventListener("abort", () => stream.end());
        const from = request.epoch === "" ? 0 : request.offset;
        try {
          yield frame({ case: "opened", value: { epoch: "e1", offset: from, recovered: true } });
          for (const missed of sent.slice(from)) yield frame(missed);
          const { friends = [], teams = [] } = relations;
          yield frame({ case: "relations", value: { full: true, friendsAdded: friends, teamsAdded: teams } });
          yield* stream;
        } finally {
          streams.delete(stream);
        }
      },
    },
  });

  return {
    transport,
    emit(payload) {
      offset += 1;
      const init: FrameInit = {
        case: "event",
        value: { offset, event: { payload } as MessageInitShape<typeof EventSchema> },
      };
      sent.push(init);
      for (const stream of streams) stream.push(frame(init));
    },
    cut() {
      for (const stream of streams) stream.end(new ConnectError("cut", Code.Unavailable));
    },
  };
}
