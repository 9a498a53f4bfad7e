import { z } from 'zod';

/** A table or view that a query may read. */
export const catalogueTableSchema = z.object({
  schema: z.string(),
  name: z.string(),
  /** The time column of a hypertable; null for others. */
  timeColumn: z.string().nullable(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
});

/** The answer of `GET /databases/{database}/catalogue`. */
export const catalogueResponseSchema = z.object({
  now: z.iso.datetime(),
  tables: z.array(catalogueTableSchema),
});

export type CatalogueTable = z.infer<typeof catalogueTableSchema>;
export type CatalogueResponse = z.infer<typeof catalogueResponseSchema>;
