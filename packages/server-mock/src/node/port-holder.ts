import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** State of a listening socket in /proc/net/tcp. */
const LISTEN = "0A";

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Another system, or another user's process.
    return "";
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** Inodes of the sockets that listen on a port. */
function listenersOf(port: number): Set<string> {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const rows = [...read("/proc/net/tcp").split("\n"), ...read("/proc/net/tcp6").split("\n")];
  const inodes = rows
    .map((row) => row.trim().split(/\s+/))
    .filter((cells) => cells[1]?.endsWith(`:${hex}`) && cells[3] === LISTEN)
    .map((cells) => cells[9] ?? "");
  return new Set(inodes);
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

/** The process that listens on a port, as "name (pid 42)"; undefined where the system does not tell (only Linux does). */
export function findPortHolder(port: number): string | undefined {
  const inodes = listenersOf(port);
  if (inodes.size === 0) return undefined;
  for (const pid of list("/proc").filter((name) => /^\d+$/.test(name))) {
    for (const fd of list(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${fd}`))?.[1];
      if (inode !== undefined && inodes.has(inode)) return `${read(`/proc/${pid}/comm`).trim()} (pid ${pid})`;
    }
  }
  return undefined;
}
