import type { Check } from './check-model.ts';

/** Placeholder. */
export const checkFields: Check = () => [];
