import { create, type DescMessage, type Message, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";
import type { Interceptor } from "@connectrpc/connect";
import { overridePaths, type RpcOverrides } from "../gen/overrides.ts";
import { rpcPath } from "../services/authenticate.ts";
import { toWireError } from "../services/wire-error.ts";

/** What a resolver is given of a call. */
export interface OverrideCall<Request extends Message, Response extends DescMessage> {
  /** The request. Its rules and its token have not been checked: an override takes the whole call. */
  readonly request: Request;
  /** Request headers. */
  readonly headers: Headers;
  /** Aborts when the caller goes away or its deadline passes. */
  readonly signal: AbortSignal;
  /**
   * What the backend answers, with all its checks and effects: the response, or for a stream its responses. It may be
   * returned as it is, or changed first. Rejects with the backend's `ConnectError`.
   */
  passthrough(): Promise<MessageShape<Response> & AsyncIterable<MessageShape<Response>>>;
}

/** An answer: the fields of the response; for a stream also several of them, at once or one after the other. */
export type OverrideAnswer<Response extends DescMessage> =
  | MessageInitShape<Response>
  | Iterable<MessageInitShape<Response>>
  | AsyncIterable<MessageInitShape<Response>>;

/** Answers one rpc in the backend's place. A `NimError` or `ConnectError` that it throws reaches the caller. */
export type OverrideResolver<Request extends Message, Response extends DescMessage> = (
  call: OverrideCall<Request, Response>,
) => OverrideAnswer<Response> | Promise<OverrideAnswer<Response>>;

/** Options of an override. */
export interface OverrideOptions {
  /** True: only the next call. */
  readonly once?: boolean;
}
