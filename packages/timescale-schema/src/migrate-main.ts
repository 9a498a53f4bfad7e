import { migrate } from './migrate.ts';
import { MigrationError } from './read-migrations.ts';

/** One-shot process: brings the database that the `PG*` variables name to the schema. */
async function main(): Promise<void> {
  try {
    const { applied, alreadyThere } = await migrate({
      logger: { info: (_fields, message) => console.log(message) },
    });
    console.log(
      `The schema is up to date: ${applied.length} migrations applied, ${alreadyThere.length} were there.`,
    );
  } catch (error) {
    // Our own errors are sentences for people; anything else is a defect and needs its stack.
    console.error(error instanceof MigrationError ? error.message : error);
    process.exitCode = 1;
  }
}

void main();
