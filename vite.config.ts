import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  // Any folder of any static server will do.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  resolve: {
    alias: {
      // just-bash reaches for it in gzip and tar, which our shell leaves out.
      'node:zlib': fileURLToPath(new URL('./src/engine/no-zlib.ts', import.meta.url)),
    },
  },
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 1500 },
});
