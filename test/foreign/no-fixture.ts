export const NO_FIXTURE: Record<string, string[]> = {};
