import type { StoredFile } from "./attachment.ts";

/**
 * What addresses of files begin with inside the mock. The service layer puts one in their place that the caller can
 * open: only there is it known by which way he came.
 */
export const FILE_SCHEME = "nimkit-mock:";

/** Where the bytes of a file are. */
export function fileAddress({ attachmentId, name }: Pick<StoredFile, "attachmentId" | "name">): string {
  return `${FILE_SCHEME}/attachments/${attachmentId}/${encodeURIComponent(name.toWellFormed())}`;
}

const ADDRESS = new RegExp(`^${FILE_SCHEME}/attachments/([0-9a-f]{32})/`);

/** The attachment whose address it is; undefined for any other path. */
export function attachmentAt(path: string): string | undefined {
  return ADDRESS.exec(path)?.[1];
}

/** Where a picture that stands for a video is. */
export function coverAddress({ attachmentId }: Pick<StoredFile, "attachmentId">): string {
  return `${FILE_SCHEME}/attachments/${attachmentId}/cover/cover.svg`;
}

/** A file's name without the folders of any system. */
export function baseName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return name === "" || name === "." || name === ".." ? "file" : name;
}
