export const walkthrough = {} as const;
