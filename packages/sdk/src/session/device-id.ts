/** Key of `sessionStorage` that keeps a browser tab's device id over a reload. */
export const DEVICE_ID_KEY = "nimkit.deviceId";

function tabStorage(): Storage | undefined {
  try {
    // Node has the name too, but there every client is its own device.
    return typeof document === "undefined" ? undefined : globalThis.sessionStorage;
  } catch {
    // A page in a sandbox may not even ask for it.
    return undefined;
  }
}

/** The id of this device: the tab's own in a browser, elsewhere a new one per client. */
export function defaultDeviceId(ids: () => string, storage: Storage | undefined = tabStorage()): string {
  try {
    const kept = storage?.getItem(DEVICE_ID_KEY);
    if (kept) return kept;
    const id = ids();
    storage?.setItem(DEVICE_ID_KEY, id);
    return id;
  } catch {
    // The storage is full or switched off.
    return ids();
  }
}
