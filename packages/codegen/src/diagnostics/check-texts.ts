import type { Check } from './check-model.ts';

/** Placeholder. */
export const checkTexts: Check = () => [];
