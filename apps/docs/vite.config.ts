import { nimkitMockWorker } from "@nimkit/server-mock/vite";
import { defineConfig } from "vite";

// Relative addresses: the built page works below any path.
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [nimkitMockWorker()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    sourcemap: true,
    // The page's own mock is a whole backend, fetched only when the page runs it.
    chunkSizeWarningLimit: 1200,
  },
});
