/** Pixels of a video whose size nobody knows. */
const DEFAULT_SIZE = { width: 640, height: 360 } as const;

/** A picture that stands for a video: a frame of its size with a sign to play it. The mock decodes no videos. */
export function videoCover({ width, height }: { readonly width?: number; readonly height?: number }): Blob {
  const [w, h] = width && height ? [width, height] : [DEFAULT_SIZE.width, DEFAULT_SIZE.height];
  const [x, y, r] = [w / 2, h / 2, Math.min(w, h) / 6];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}"><rect width="${w}" height="${h}" fill="#334"/><path d="M${x - r * 0.8} ${y - r}L${x + r} ${y}L${x - r * 0.8} ${y + r}z" fill="#fff"/></svg>`;
  return new Blob([svg], { type: "image/svg+xml" });
}
