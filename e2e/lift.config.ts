import { defineConfig } from '@playwright/test';
import portal from './playwright.config.ts';

/** The same browser, looking at a stock Backstage app with the packed plugins: `./homelab test lift`. */
export default defineConfig(portal, { testDir: './lift' });
