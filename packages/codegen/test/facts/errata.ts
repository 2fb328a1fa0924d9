/** Where the schema reads the module's document otherwise than it is written. Being written. */
export const errata = [];
