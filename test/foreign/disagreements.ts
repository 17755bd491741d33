export const DISAGREEMENTS: Record<string, string> = {};
