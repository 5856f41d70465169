#!/usr/bin/env node
/** The `estafeta` command: runs src/cli/main.ts through tsx, so that a clone needs no build step for it. */
import { register } from 'tsx/esm/api';

register();
await import('../src/cli/main.ts');
