/** Bounds of a virtual disk, so that no program and no script can fill the memory of a browser tab. */
import type { Octets } from '../../core/index.ts';

/** All files of one host together. */
export const DISK_SIZE: Octets = 64 * 1024 * 1024;
/** Files and directories of one host. */
export const MAX_NODES = 20_000;
/** As Linux's PATH_MAX and NAME_MAX. */
export const MAX_PATH = 4096;
export const MAX_NAME = 255;
