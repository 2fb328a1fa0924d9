import { describe, it } from 'vitest';

describe('parity with the callback module', () => {
  it.todo('matches every entry of the module');
});
