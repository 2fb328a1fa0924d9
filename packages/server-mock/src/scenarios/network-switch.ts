import { Code, ConnectError, type Transport } from "@connectrpc/connect";

/** The network of one client, to be cut and mended. */
export interface NetworkSwitch {
  readonly transport: Transport;
  cut(): void;
  mend(): void;
}

/** Wraps a transport so that a test can take the network away, whatever is behind it. */
export function createNetworkSwitch(inner: Transport): NetworkSwitch {
  let broken = new AbortController();
  const lost = () => new ConnectError("the network is cut", Code.Unavailable);
  const within = (signal: AbortSignal | undefined) =>
    signal ? AbortSignal.any([signal, broken.signal]) : broken.signal;

  return {
    cut: () => broken.abort(lost()),
    mend: () => {
      broken = new AbortController();
    },
    transport: {
      async unary(method, signal, timeoutMs, header, input, contextValues) {
        if (broken.signal.aborted) throw lost();
        return inner.unary(method, within(signal), timeoutMs, header, input, contextValues);
      },
      async stream(method, signal, timeoutMs, header, input, contextValues) {
        const { signal: cut } = broken;
        if (cut.aborted) throw lost();
        const response = await inner.stream(method, within(signal), timeoutMs, header, input, contextValues);
        const messages = response.message;
        return {
          ...response,
          message: (async function* () {
            try {
              yield* messages;
            } catch (error) {
              throw cut.aborted ? lost() : error;
            }
          })(),
        };
      },
    },
  };
}
