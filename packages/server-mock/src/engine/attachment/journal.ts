/** Facts about uploads and stored files. */
export type AttachmentEvent = never;
