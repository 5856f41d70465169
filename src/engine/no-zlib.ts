/** Stands in for `node:zlib` in browsers: the shell's commands that need it are left out (hosts/terminal/shell). */
const missing = (): never => {
  throw new Error('compression is not available');
};

export const gzipSync = missing;
export const gunzipSync = missing;
export const constants = {};
