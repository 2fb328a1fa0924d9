/** A value that does not fit its field. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
  /** Path of the value in the spelling of the caller, such as `remoteRect.x` or `users[1]`. */
  readonly path: string;
  /** What was expected there, in English. */
  readonly expected: string;
  /** True for a number that is of the right kind but outside of what the field can hold. */
  readonly outOfRange: boolean;

  constructor(path: string, expected: string, outOfRange = false) {
    super(`${path} must be ${expected}`);
    this.path = path;
    this.expected = expected;
    this.outOfRange = outOfRange;
  }
}
