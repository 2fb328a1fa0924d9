/** Why a server did not start. */
export type MockServerErrorCode = "port-in-use" | "port-forbidden" | "wide-bind" | "bad-option" | "listen-failed";

/** A server that could not start. The message names the reason and the fix. */
export class MockServerError extends Error {
  override readonly name = "MockServerError";
  /** The reason, for programs. */
  readonly code: MockServerErrorCode;

  constructor(code: MockServerErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
