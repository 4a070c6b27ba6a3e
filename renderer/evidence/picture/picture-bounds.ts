/** Pixels of the longer side and quality of a small picture, tried in this order until the bytes are few enough. The contract's `pictureLimit` bounds both. */
export const attempts = [
  { pixels: 320, quality: 0.7 },
  { pixels: 320, quality: 0.4 },
  { pixels: 160, quality: 0.5 },
] as const;

export const mostBytes = 20 * 1024;
