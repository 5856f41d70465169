/** The accounts of a world's file as the directory that its mail servers share. */
import { AccountBook } from '../../mail/index.ts';
import type { WorldFile } from '../world-schema.ts';

export function accountBook(file: WorldFile): AccountBook {
  return new AccountBook(
    file.accounts.map(({ address, password, blocked, quota, greylist }) => ({
      address,
      password,
      blocked,
      greylist,
      ...(quota === undefined ? {} : { quota }),
    })),
  );
}
