/** Steps of zooming, and where between them a free zoom ends. */
export const zoomSteps = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6, 8] as const;

/** The next smaller step, or null at the end. A hair of difference is the same step. */
export function smallerStep(scale: number, steps: readonly number[] = zoomSteps): number | null {
  return steps.filter((step) => step < scale - 0.005).at(-1) ?? null;
}

/** The next larger step, or null at the end. */
export function largerStep(scale: number, steps: readonly number[] = zoomSteps): number | null {
  return steps.find((step) => step > scale + 0.005) ?? null;
}

/** What a turn of the wheel makes of a scale, within the steps. */
export function wheelZoom(scale: number, deltaY: number, steps: readonly number[] = zoomSteps): number {
  const least = steps[0] ?? scale;
  const most = steps.at(-1) ?? scale;
  return Math.min(Math.max(scale * Math.exp(-deltaY * 0.0015), Math.min(least, scale)), Math.max(most, scale));
}
