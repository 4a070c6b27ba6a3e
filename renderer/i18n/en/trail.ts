export const trail = {} as const;
