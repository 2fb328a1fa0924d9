/** Runs a callback of the app; what it throws goes to `report` and stops nobody else. */
export function isolate(callback: () => void, report: (error: unknown) => void): void {
  try {
    callback();
  } catch (error) {
    report(error);
  }
}
