import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

const outDir = join(import.meta.dirname, 'dist');
const server = `http://127.0.0.1:${process.env.WEB_PORT ?? 7010}`;

export default defineConfig({
  root: join(import.meta.dirname, 'src/web'),
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      onLog(level, log, report) {
        // Material UI marks its modules for servers that render them, which this is not.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
      input: {
        main: join(import.meta.dirname, 'src/web/index.html'),
        'service-worker': join(
          import.meta.dirname,
          'src/web/offline/service-worker.ts',
        ),
      },
      output: {
        // A worker keeps its address; what it caches is named in its text.
        entryFileNames: chunk =>
          chunk.name === 'service-worker'
            ? '[name].js'
            : 'assets/[name]-[hash].js',
      },
    },
  },
  resolve: {
    dedupe: ['react', 'react-dom', '@emotion/react', '@mui/material'],
    alias: [
      // The icons are CommonJS, whose default export a module of Node's kind does not get.
      {
        find: /^@mui\/icons-material\/(?!esm\/)/,
        replacement: '@mui/icons-material/esm/',
      },
    ],
  },
  server: {
    proxy: {
      '/session': server,
      '/api': { target: server, ws: true },
    },
  },
  plugins: [listFilesForWorker(), compressFiles()],
});

const listMarker = '__FILES_OF_THE_PAGE__';

/** Tells the service worker which files the page is made of, and names their version. */
function listFilesForWorker(): Plugin {
  return {
    name: 'list-files-for-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['service-worker.js'];
      if (worker?.type !== 'chunk') throw new Error('There is no worker.');
      const names = Object.keys(bundle).filter(
        name => name.startsWith('assets/') && !name.endsWith('.map'),
      );
      const version = createHash('sha256')
        .update(names.join('\n'))
        .update(
          String(
            bundle['index.html']?.type === 'asset'
              ? bundle['index.html'].source
              : '',
          ),
        )
        .digest('hex')
        .slice(0, 12);
      const list = JSON.stringify(
        JSON.stringify({ version, files: names.map(name => `/${name}`) }),
      );
      if (!worker.code.includes(listMarker))
        throw new Error('The worker does not read the list of files.');
      worker.code = worker.code.replace(
        new RegExp(`["'\`]${listMarker}["'\`]`),
        list,
      );
    },
  };
}

const compressible = /\.(js|css|html|svg|webmanifest|json)$/;

/** Writes compressed copies beside each text, which the server sends as they are. */
function compressFiles(): Plugin {
  return {
    name: 'compress-files',
    apply: 'build',
    // Once everything is written: other plugins change the texts until then.
    async closeBundle() {
      const names = await readdir(outDir, { recursive: true });
      for (const name of names.filter(one => compressible.test(one))) {
        const path = join(outDir, name);
        const text = await readFile(path);
        const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
        await writeFile(`${path}.br`, brotliCompressSync(text, brotli));
        await writeFile(`${path}.gz`, gzipSync(text, { level: 9 }));
      }
    },
  };
}
